package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.ReadyOwed;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.WireText;
import org.pgreel.recorder.projection.ConnectionFacts;
import org.pgreel.recorder.projection.ConnectionState;
import org.pgreel.recorder.projection.Connections;
import org.pgreel.recorder.projection.Request;
import org.pgreel.recorder.projection.ServerObjects;
import org.pgreel.recorder.projection.Violation;

/** Prints where a session stands, for people: one fact a line, its name in front. */
final class StateText {

    private static final int SQL_MAX = 100;

    private final PrintWriter out;

    StateText(PrintWriter out) {
        this.out = out;
    }

    /** Prints the connection that the last message came on in full, and one line for each other. */
    void print(int session, Connections state, String line) {
        long messages = state.counts().messages();
        out.println("session " + session + " behind message " + messages + (line.isEmpty() ? "" : ": " + cut(line)));
        state.byOrdinal().forEach((ordinal, connection) -> {
            if (ordinal == state.current()) {
                if (state.byOrdinal().size() > 1) {
                    fact("connection", ordinal.toString());
                }
                print(connection);
            }
        });
        state.byOrdinal().forEach((ordinal, connection) -> {
            if (ordinal != state.current()) {
                fact("connection " + ordinal, summary(connection));
            }
        });
        fact("so far", messages + " messages, " + state.counts().bytes() + " bytes");
    }

    private static String summary(ConnectionState connection) {
        String end = connection.facts().end();
        return end.isEmpty() ? StateDocument.word(connection.conversation().phase()) : "ended: " + end;
    }

    private void print(ConnectionState connection) {
        ConnectionFacts facts = connection.facts();
        fact("phase", StateDocument.word(connection.conversation().phase()));
        fact("transaction", status(connection.conversation().transactionStatus()));
        String copy = StateDocument.copy(connection.conversation());
        fact("copy", copy == null ? "none" : copy);
        fact("owed", owed(connection.conversation().readyOwed()));
        if (!facts.user().isEmpty()) {
            fact("login", facts.user() + " to " + facts.database());
        }
        print(connection.objects());
        for (Request request : connection.pending()) {
            fact("pending", pending(request));
        }
        if (facts.errorMessage() > 0) {
            fact("last error", facts.sqlState() + " " + facts.errorText() + ", message " + facts.errorMessage());
        }
        Violation violation = connection.violation();
        if (violation != null) {
            fact(
                    "violations",
                    connection.violations() + ", the last at message " + violation.message() + ": "
                            + violation.reason());
        }
        if (!facts.end().isEmpty()) {
            fact("ended", facts.end());
        }
    }

    private void print(ServerObjects objects) {
        objects.parameters().forEach((name, value) -> fact("parameter", name + " = " + value));
        objects.statements()
                .forEach((name, statement) ->
                        fact("statement", named(name) + statement.sql() + ", since message " + statement.message()));
        objects.portals()
                .forEach((name, portal) ->
                        fact("portal", named(name) + portal.sql() + ", since message " + portal.message()));
        objects.channels().forEach(channel -> fact("channel", channel));
    }

    private static String named(String name) {
        return (name.isEmpty() ? "unnamed" : name) + ": ";
    }

    private static String pending(Request request) {
        String name = request.name().isEmpty() ? "" : " " + request.name();
        String sql = request.sql().isEmpty() ? "" : " " + request.sql();
        return StateDocument.word(request.kind()) + name + sql + ", message " + request.message();
    }

    private static String status(@Nullable TransactionStatus status) {
        if (status == null) {
            return "none yet";
        }
        return switch (status) {
            case IDLE -> "none (I)";
            case IN_BLOCK -> "in a block (T)";
            case FAILED -> "failed (E)";
        };
    }

    private static String owed(ReadyOwed owed) {
        if (owed.most() == 0) {
            return "no ReadyForQuery";
        }
        return owed.least() == owed.most()
                ? owed.least() + " ReadyForQuery"
                : owed.least() + " to " + owed.most() + " ReadyForQuery";
    }

    private void fact(String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-12s  %s", name, cut(value)));
    }

    private static String cut(String text) {
        String printable = WireText.printable(text).replace('\n', ' ');
        return printable.length() <= SQL_MAX
                ? printable
                : printable.substring(0, SQL_MAX) + " … (" + printable.length() + " characters)";
    }
}
