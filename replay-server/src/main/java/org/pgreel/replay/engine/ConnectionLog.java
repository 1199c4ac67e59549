package org.pgreel.replay.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.report.ConnectionOutcome;
import org.pgreel.replay.report.ConnectionReport;
import org.pgreel.replay.report.Departure;
import org.pgreel.replay.report.RecordedConnectionId;

/** What is noted about one connection while it lasts. */
final class ConnectionLog {
    private final String client;
    private int number;
    private Map<String, String> startup = Map.of();
    private ConnectionOutcome outcome = ConnectionOutcome.OPEN;
    private String detail = "";
    private @Nullable Departure departure;

    ConnectionLog(String client) {
        this.client = client;
    }

    /** Returns where the client is, host and port. */
    String client() {
        return client;
    }

    void number(int newNumber) {
        number = newNumber;
    }

    int number() {
        return number;
    }

    void startup(Map<String, String> parameters) {
        startup = parameters;
    }

    Map<String, String> startup() {
        return startup;
    }

    /** Notes how the connection came out; only the first outcome counts. */
    void outcome(ConnectionOutcome newOutcome, String newDetail) {
        if (outcome == ConnectionOutcome.OPEN) {
            outcome = newOutcome;
            detail = newDetail;
        }
    }

    void departed(Departure newDeparture) {
        departure = newDeparture;
        outcome(ConnectionOutcome.DEPARTED, newDeparture.sentence());
    }

    ConnectionReport report() {
        return report(null, 0, 0);
    }

    ConnectionReport report(@Nullable RecordedConnectionId recorded, long played, long total) {
        return new ConnectionReport(number, client, startup, recorded, played, total, outcome, detail, departure);
    }
}
