package org.pgreel.replay.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to: a value, taken at one moment and not changed afterwards.
 *
 * @param connections the connections in the order of their arrival
 * @param unplayed the recorded connections that no client asked for
 * @param cancels the cancel requests in the order of their arrival
 * @param exchanges what became of the recorded exchanges; null if connections were followed message by message
 */
public record ReplayReport(
        List<ConnectionReport> connections,
        List<UnplayedConnection> unplayed,
        List<CancelReport> cancels,
        @Nullable ExchangeReport exchanges) {

    /** Copies the lists. */
    public ReplayReport {
        connections = List.copyOf(connections);
        unplayed = List.copyOf(unplayed);
        cancels = List.copyOf(cancels);
    }

    /** The report of a replay that follows connections message by message. */
    public ReplayReport(
            List<ConnectionReport> connections, List<UnplayedConnection> unplayed, List<CancelReport> cancels) {
        this(connections, unplayed, cancels, null);
    }

    /**
     * Returns whether the recording was played to its end: each recorded connection was played to its end, and no
     * client departed, stayed or came in surplus. Logins that were refused do not count. By exchanges: every question was
     * answered, and nothing was left over.
     */
    public boolean passed() {
        return (exchanges == null || exchanges.passed())
                && unplayed.isEmpty()
                && connections.stream()
                        .allMatch(connection -> connection.outcome().good());
    }

    /** Returns the departures, in the order in which the connections arrived. */
    public List<Departure> departures() {
        var departures = new ArrayList<Departure>();
        for (ConnectionReport connection : connections) {
            if (connection.departure() != null) {
                departures.add(connection.departure());
            }
        }
        return List.copyOf(departures);
    }

    /** Returns how many connections came out so. */
    public long count(ConnectionOutcome outcome) {
        return connections.stream()
                .filter(connection -> connection.outcome() == outcome)
                .count();
    }

    /** Returns how many recorded frontend messages no client sent. */
    public long leftOver() {
        long left = exchanges == null
                ? 0
                : exchanges.leftOver().stream()
                        .mapToLong(LeftOverRun::exchanges)
                        .sum();
        for (ConnectionReport connection : connections) {
            left += connection.leftOver();
        }
        for (UnplayedConnection connection : unplayed) {
            left += connection.messages();
        }
        return left;
    }

    /** Returns the report as text for a person: one line a fact, lines end with {@code \n}. */
    public String text() {
        var text = new StringBuilder();
        for (ConnectionReport connection : connections) {
            text.append(connection.line()).append('\n');
            if (connection.departure() != null) {
                for (String line : connection.departure().transcript()) {
                    text.append("    ").append(line).append('\n');
                }
            }
        }
        cancels.forEach(cancel -> text.append(cancel.line()).append('\n'));
        unplayed.forEach(connection -> text.append(connection.line()).append('\n'));
        if (exchanges != null) {
            exchanges.lines().forEach(line -> text.append(line).append('\n'));
        }
        text.append(passed() ? "played to the end, nothing left over\n" : "not played as recorded\n");
        return text.toString();
    }
}
