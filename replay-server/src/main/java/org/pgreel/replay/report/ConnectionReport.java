package org.pgreel.replay.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one connection to the replay server.
 *
 * @param number the connection's place in the order of arrival, from 1; cancel requests are not counted
 * @param client the client's address
 * @param startup the parameters of its StartupMessage; empty if it sent none
 * @param recorded the recorded connection that it was given; null if none
 * @param played how many of the recorded frontend messages it sent, those of the login not counted
 * @param total how many frontend messages were recorded, those of the login not counted
 * @param outcome how it came out
 * @param detail one sentence that says more, or an empty string
 * @param departure where it left the recording; null unless the outcome is {@link ConnectionOutcome#DEPARTED}
 */
public record ConnectionReport(
        int number,
        String client,
        Map<String, String> startup,
        @Nullable RecordedConnectionId recorded,
        long played,
        long total,
        ConnectionOutcome outcome,
        String detail,
        @Nullable Departure departure) {

    /** Copies the parameters. */
    public ConnectionReport {
        startup = Map.copyOf(startup);
    }

    /** Returns how many recorded frontend messages were not sent. */
    public long leftOver() {
        return total - played;
    }

    /** Returns the report as one line. */
    public String line() {
        var line = new StringBuilder("connection ").append(number);
        if (recorded != null) {
            line.append(" played ")
                    .append(recorded)
                    .append(": ")
                    .append(played)
                    .append(" of ")
                    .append(total);
            line.append(total == 1 ? " message, " : " messages, ");
        } else {
            line.append(": ");
        }
        line.append(outcome.words());
        if (!detail.isEmpty()) {
            line.append(": ").append(detail);
        }
        return line.toString();
    }
}
