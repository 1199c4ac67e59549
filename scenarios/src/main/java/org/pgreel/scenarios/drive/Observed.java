package org.pgreel.scenarios.drive;

import java.util.Set;
import java.util.TreeSet;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.conversation.Phase;

/**
 * What of our client's vocabulary a run has made happen.
 *
 * @param connectionFailures names of reasons why a session never got ready
 * @param shutdowns names of reasons why a session ended
 * @param failures kinds of failures of operations, as their exceptions are named
 * @param phases phases of conversations, if the wire was watched
 */
public record Observed(Set<String> connectionFailures, Set<String> shutdowns, Set<String> failures, Set<Phase> phases) {
    /** Copies the sets. */
    public Observed {
        connectionFailures = Set.copyOf(connectionFailures);
        shutdowns = Set.copyOf(shutdowns);
        failures = Set.copyOf(failures);
        phases = Set.copyOf(phases);
    }

    static Observed of(Driver driver, Set<Phase> phases) {
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
        return new Observed(connectionFailures, shutdowns, driver.failures(), phases);
    }
}
