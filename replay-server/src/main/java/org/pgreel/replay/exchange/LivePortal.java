package org.pgreel.replay.exchange;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/** A portal of the client, or its simple query: a question, the exchange that answers it, and how far that was sent. */
final class LivePortal {

    private static final Set<String> FATAL = Set.of("FATAL", "PANIC");

    /** Why no more was sent. */
    enum Stop {
        COMPLETE,
        SUSPENDED,
        COPY,
        CUT
    }

    final List<Integer> formats;
    private final boolean simple;
    ExchangeKey key;

    /** The same question with its values as the client sent them, which may be from a redacted tape already. */
    @Nullable
    ExchangeKey asSent;

    private @Nullable RecordedExchange exchange;
    private int at;
    private boolean suspended;
    private @Nullable CopyComparison copied;
    private @Nullable CopyComparison copiedAsSent;
    private long bulkSent;

    LivePortal(ExchangeKey key, List<Integer> formats, boolean simple) {
        this.key = key;
        this.formats = formats;
        this.simple = simple;
    }

    void asked(TransactionStatus status, String state) {
        if (key.status() == status && key.state().equals(state)) {
            return;
        }
        key = new ExchangeKey(key.sql(), key.types(), key.parameters(), status, state);
        if (asSent != null) {
            asSent = new ExchangeKey(asSent.sql(), asSent.types(), asSent.parameters(), status, state);
        }
    }

    /** Returns what answers the question, redacted first and as it was sent then; null if nothing does. */
    @Nullable
    RecordedExchange found(ExchangeLibrary library, ConnectionScope scope) {
        RecordedExchange found = library.answer(scope, key);
        return found == null && asSent != null ? library.answer(scope, asSent) : found;
    }

    void answeredBy(RecordedExchange found) {
        if (found.several && !simple) {
            throw new NotRecordedException("several statements in one are answered as a simple query only");
        }
        exchange = found;
    }

    boolean answered() {
        return exchange != null;
    }

    RecordedExchange exchange() {
        return Objects.requireNonNull(exchange);
    }

    /**
     * Sends what comes next.
     *
     * @param maxRows after how many rows to stop; 0 for never
     * @param columns the description of the rows; null if there is none
     * @param processId the process id of this connection
     */
    Stop play(ExchangeClient client, int maxRows, @Nullable RowDescription columns, @Nullable Integer processId) {
        RecordedExchange answer = exchange();
        if (maxRows == 0 && at == 0 && client.takesBytes() && asRecorded(columns)) {
            byte[] bytes = answer.bytes();
            if (bytes != null) {
                client.send(bytes);
                at = answer.items.size();
                return answer.complete ? Stop.COMPLETE : Stop.CUT;
            }
        }
        int rows = 0;
        while (at < answer.items.size()) {
            rows = bulk(client, maxRows, columns, rows);
            if (maxRows > 0 && rows == maxRows) {
                suspended = true;
                client.send(new PortalSuspended());
                return Stop.SUSPENDED;
            }
            BackendMessage item = answer.items.get(at++);
            bulkSent = 0;
            if (item instanceof DataRow row) {
                client.send(answer.several ? row : Formats.row(row, columns, answer.formats, formats));
                rows++;
                if (maxRows > 0 && rows == maxRows) {
                    suspended = true;
                    client.send(new PortalSuspended());
                    return Stop.SUSPENDED;
                }
            } else if (item instanceof CopyInResponse) {
                client.send(item);
                return Stop.COPY;
            } else if (item instanceof CommandComplete complete) {
                boolean counts = suspended && complete.tag().startsWith(Tags.SELECT);
                client.send(counts ? new CommandComplete(Tags.SELECT + rows) : complete);
            } else {
                client.send(current(item, processId));
            }
        }
        return answer.complete ? Stop.COMPLETE : Stop.CUT;
    }

    /** Sends the many rows that come before the next item; returns how many rows were sent in all. */
    private int bulk(ExchangeClient client, int maxRows, @Nullable RowDescription columns, int before) {
        RecordedExchange answer = exchange();
        Bulk bulk = answer.bulks.isEmpty() ? null : answer.bulks.get(at);
        if (bulk == null) {
            return before;
        }
        if (maxRows == 0 && bulkSent == 0 && (answer.several || !bulk.rows() || asRecorded(columns))) {
            client.stream(bulk);
            bulkSent = bulk.bytes().length();
            return (int) (before + bulk.count());
        }
        int rows = before;
        while (bulkSent < bulk.bytes().length() && (maxRows == 0 || rows < maxRows)) {
            BackendMessage message = bulk.at(bulkSent);
            bulkSent += bulk.lengthAt(bulkSent);
            client.send(
                    message instanceof DataRow row && !answer.several
                            ? Formats.row(row, columns, answer.formats, formats)
                            : message);
            rows++;
        }
        return rows;
    }

    private boolean asRecorded(@Nullable RowDescription columns) {
        int count = columns == null ? 0 : columns.columns().size();
        for (int i = 0; i < count; i++) {
            if (Formats.of(exchange().formats, i) != Formats.of(formats, i)) {
                return false;
            }
        }
        return count > 0 || exchange().formats.equals(formats);
    }

    /** Returns a message with what belongs to the present: a notification of its own bears the own process id. */
    BackendMessage current(BackendMessage item, @Nullable Integer processId) {
        if (item instanceof NotificationResponse notification
                && processId != null
                && Objects.equals(exchange().processId, notification.processId())) {
            return new NotificationResponse(processId, notification.channel(), notification.payload());
        }
        return item;
    }

    /** Tells the tracking what was completed or failed. */
    void completed(TransactionTracking tracking) {
        for (BackendMessage item : exchange().endings()) {
            if (item instanceof CommandComplete complete) {
                tracking.completed(complete.tag(), exchange().key.sql());
            } else if (item instanceof ErrorResponse) {
                tracking.failed();
            }
        }
    }

    boolean fatal() {
        for (BackendMessage item : exchange().endings()) {
            if (item instanceof ErrorResponse error && FATAL.contains(error.severity())) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the recorded server ended the connection behind a complete answer. */
    boolean endsConnection() {
        return exchange().endsConnection;
    }

    /**
     * Compares what the client copies with what was recorded.
     *
     * @param data redacted, as the recorded data may be
     * @param sent the message as it came, which may be from a redacted tape already
     */
    void copied(CopyData data, FrontendMessage sent) {
        copied(data.data(), sent instanceof CopyData came ? came.data() : Bytes.EMPTY);
    }

    private void copied(Bytes data, Bytes sent) {
        CopyComparison redacted = copied == null ? new CopyComparison(exchange().copied) : copied;
        CopyComparison asItCame = copiedAsSent == null ? new CopyComparison(exchange().copied) : copiedAsSent;
        redacted.came(data);
        asItCame.came(sent);
        copied = redacted;
        copiedAsSent = asItCame;
    }

    /** Returns in what the COPY differs from the recorded one; empty if in nothing. */
    String copyDifference(boolean failed) {
        RecordedExchange answer = exchange();
        copied(Bytes.EMPTY, Bytes.EMPTY);
        CopyComparison redacted = copied;
        CopyComparison asItCame = copiedAsSent;
        copied = null;
        copiedAsSent = null;
        if (failed != answer.copyFailed) {
            return "the COPY was " + (answer.copyFailed ? "given up" : "completed") + " where it was recorded";
        }
        if (failed || redacted == null || redacted.equal() || asItCame == null || asItCame.equal()) {
            return "";
        }
        return WireText.printable("the data of the COPY differs from the recorded one: " + redacted.recorded()
                + " bytes were recorded, " + redacted.cameBytes() + " came");
    }
}
