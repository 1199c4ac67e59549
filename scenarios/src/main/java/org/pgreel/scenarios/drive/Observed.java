package org.pgreel.scenarios.drive;

import java.util.Set;
import java.util.TreeSet;
import org.pgreel.client.ShutdownReason;

/**
 * What of our client's vocabulary a run has made happen.
 *
 * @param connectionFailures names of reasons why a session never got ready
 * @param shutdowns names of reasons why a session ended
 * @param failures kinds of failures of operations, as their exceptions are named
 * @param states states of conversations, if the wire was watched
 */
public record Observed(
        Set<String> connectionFailures, Set<String> shutdowns, Set<String> failures, Set<String> states) {
    /** Copies the sets. */
    public Observed {
        connectionFailures = Set.copyOf(connectionFailures);
        shutdowns = Set.copyOf(shutdowns);
        failures = Set.copyOf(failures);
        states = Set.copyOf(states);
    }

    static Observed of(Driver driver, Set<String> states) {
        var connectionFailures = new TreeSet<String>();
        var shutdowns = new TreeSet<String>();
        for (DrivenSession session : driver.sessions()) {
            if (session.failure() != null) {
                connectionFailures.add(session.failure().name());
            }
            ShutdownReason reason = session.reason();
            if (reason != null) {
                shutdowns.add(reason.name());
            }
        }
        return new Observed(connectionFailures, shutdowns, driver.failures(), states);
    }
}
