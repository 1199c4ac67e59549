package org.pgreel.scenarios.drive;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pgreel.client.ShutdownReason;

/**
 * What of our client's vocabulary a run has made happen.
 *
 * @param connectionFailures names of reasons why a session never got ready
 * @param shutdowns names of reasons why a session ended
 * @param failures kinds of failures of operations, as their exceptions are named
 * @param sentences what each failure and reason says of itself, by its name
 * @param states states of conversations, if the wire was watched
 */
public record Observed(
        Set<String> connectionFailures,
        Set<String> shutdowns,
        Set<String> failures,
        Map<String, Set<String>> sentences,
        Set<String> states) {
    /** Copies the sets. */
    public Observed {
        connectionFailures = Set.copyOf(connectionFailures);
        shutdowns = Set.copyOf(shutdowns);
        failures = Set.copyOf(failures);
        sentences = Map.copyOf(sentences);
        states = Set.copyOf(states);
    }

    static Observed of(Driver driver, Set<String> states) {
        var connectionFailures = new TreeSet<String>();
        var shutdowns = new TreeSet<String>();
        var sentences = new TreeMap<>(driver.sentences());
        for (DrivenSession session : driver.sessions()) {
            if (session.failure() != null) {
                connectionFailures.add(session.failure().name());
                sentences
                        .computeIfAbsent(session.failure().name(), name -> new TreeSet<>())
                        .add(session.failure().sentence());
            }
            ShutdownReason reason = session.reason();
            if (reason != null) {
                shutdowns.add(reason.name());
                if (!(reason instanceof ShutdownReason.ConnectionFailed)) {
                    sentences
                            .computeIfAbsent(reason.name(), name -> new TreeSet<>())
                            .add(reason.sentence());
                }
            }
        }
        return new Observed(connectionFailures, shutdowns, driver.failures(), sentences, states);
    }
}
