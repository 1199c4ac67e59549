package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.pgreel.replay.report.Resend;

/**
 * What clients asked for and never learnt the outcome of, and what of it was asked for again. A transaction that broke off
 * before its last statement was not applied, so that it may be sent again; one that broke off behind it may have been.
 */
final class ResendLedger {
    /** Tags of what does harm when it is done twice; an UPDATE to constants would not, but that cannot be known. */
    private static final Pattern CHANGES = Pattern.compile("(?:INSERT|UPDATE|DELETE|MERGE|CALL|DO|NOTIFY)\\b.*");

    private record Lost(RecordedExchange exchange, int connection) {}

    private final List<Lost> lost = new ArrayList<>();
    private final List<Resend> resent = new ArrayList<>();

    /** The connection broke before the client learnt what became of the run, whose last statement it had sent. */
    void lost(RecordedRun run, int connection) {
        for (RecordedExchange exchange : run.exchanges) {
            if (changes(exchange)) {
                lost.add(new Lost(exchange, connection));
            }
        }
    }

    private static boolean changes(RecordedExchange exchange) {
        return !exchange.copied.isEmpty() || CHANGES.matcher(exchange.tag()).matches();
    }

    /** A question was asked, and is answered. */
    void asked(RecordedExchange found, ExchangeKey key, int connection, Questions questions) {
        if (lost.isEmpty() || !changes(found)) {
            return;
        }
        for (Lost before : lost) {
            if (questions.same(before.exchange.key, key)) {
                resent.add(new Resend(connection, key.sql(), before.exchange.place(), before.connection));
                return;
            }
        }
    }

    List<Resend> resent() {
        return List.copyOf(resent);
    }

    void clear() {
        lost.clear();
        resent.clear();
    }
}
