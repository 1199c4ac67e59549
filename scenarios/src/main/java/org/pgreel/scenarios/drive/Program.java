package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.OperationTimedOutException;
import org.pgreel.client.QueryResults;
import org.pgreel.client.ShutdownReason;
import org.pgreel.replay.play.Standing;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Scenario;

/**
 * What our client does where the script does not say: connects, runs the scenario's statements, closes; and, where the
 * scenario may be recovered from, tries again what a broken connection has cost.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails in a callback is a mismatch of the run.
final class Program {
    private static final int ATTEMPTS_MAX = 5;

    private final Scenario scenario;
    private final Driver driver;
    private final boolean retries;
    private final List<Place> places = new ArrayList<>();

    /** One of the program's connections. */
    private static final class Place {
        private final String name;
        private final List<@Nullable String> answers = new ArrayList<>();
        private @Nullable DrivenSession session;
        private int next;
        private int attempts;
        private boolean failed;
        private boolean timedOut;
        private boolean rightAfterFailure;
        private boolean finished;

        Place(String name) {
            this.name = name;
        }
    }

    Program(Scenario scenario, Driver driver) {
        this.scenario = scenario;
        this.driver = driver;
        this.retries = scenario.outcomes().contains(Outcome.RECOVERED);
    }

    /** Connects, under the names that the script gives the sessions it watches. */
    void start(List<String> names) {
        int count = Math.max(scenario.client().connections(), names.size());
        for (int i = 0; i < count; i++) {
            String standard = i == 0 ? "" : String.valueOf(i + 1);
            places.add(new Place(i < names.size() ? names.get(i) : standard));
        }
        places.forEach(this::connect);
    }

    private void connect(Place place) {
        place.attempts++;
        place.session = null;
        driver.connect(place.name, List.of(), session -> {
            place.session = session;
            session.session().ready().whenComplete((ready, thrown) -> {
                if (thrown == null) {
                    run(place, session);
                }
            });
        });
    }

    private void run(Place place, DrivenSession session) {
        synchronized (driver) {
            if (place.next >= scenario.client().statements().size()) {
                place.rightAfterFailure |= place.failed;
                place.finished = true;
                return;
            }
            driver.query(
                    session,
                    scenario.client().statements().get(place.next),
                    (results, thrown) -> ended(place, session, results, thrown));
        }
    }

    private void ended(Place place, DrivenSession session, @Nullable QueryResults results, @Nullable Throwable thrown) {
        if (results != null && thrown == null) {
            place.rightAfterFailure |= place.failed;
            place.answers.add(Operations.singleValue(results));
            place.next++;
        } else {
            place.failed = true;
            place.timedOut |= thrown != null && Operations.cause(thrown) instanceof OperationTimedOutException;
            if (session.reason() != null) {
                return;
            }
            place.answers.add(null);
            place.next++;
        }
        run(place, session);
    }

    /** Goes on after everything that was begun has come out; tells whether there was something to do. */
    boolean goOn(List<Standing> standings) {
        List<Place> again = places.stream().filter(this::mayRetry).toList();
        if (again.isEmpty()) {
            return false;
        }
        List<DrivenSession> open = driver.open();
        boolean room = again.stream().noneMatch(Program::wasTooMany);
        if (!room && !open.isEmpty()) {
            open.forEach(session -> session.session().close());
            return true;
        }
        if (standings.size() > open.size()) {
            return false;
        }
        again.forEach(place -> {
            place.failed = true;
            connect(place);
        });
        return true;
    }

    private boolean mayRetry(Place place) {
        DrivenSession session = place.session;
        return retries && session != null && session.over() && !place.finished && place.attempts < ATTEMPTS_MAX;
    }

    private static boolean wasTooMany(Place place) {
        return place.session != null && place.session.failure() instanceof ConnectionFailureReason.TooManyConnections;
    }

    /** Returns what is wrong with how it came out; empty when that is one of the ways the scenario allows. */
    Optional<String> judge() {
        Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
        for (Place place : places) {
            if (!place.finished && (place.session == null || !place.session.over())) {
                return Optional.of("our client never ended");
            }
            Optional<String> wrong = wrongAnswer(place);
            if (wrong.isPresent()) {
                return wrong;
            }
            seen.addAll(seen(place));
        }
        boolean allAnswered = places.stream().allMatch(place -> place.finished && !place.failed);
        if (!allAnswered) {
            seen.remove(Outcome.ANSWERED);
        }
        if (scenario.outcomes().stream().anyMatch(seen::contains)) {
            return Optional.empty();
        }
        return Optional.of("our client's outcome is " + words(seen) + ", which is none of " + words(scenario.outcomes())
                + causes());
    }

    private String causes() {
        String said = places.stream()
                .map(place -> place.session)
                .filter(session -> session != null)
                .flatMap(session -> session.words().stream())
                .distinct()
                .collect(Collectors.joining("; "));
        return said.isEmpty() ? "" : " (" + said + ")";
    }

    private static String words(Set<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::word).collect(Collectors.joining(", "));
    }

    private Set<Outcome> seen(Place place) {
        Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
        boolean ended = place.session != null
                && place.session.over()
                && !(place.session.reason() instanceof ShutdownReason.SessionClosed);
        if (place.finished && !place.failed) {
            seen.add(Outcome.ANSWERED);
        }
        if (place.failed && place.rightAfterFailure) {
            seen.add(Outcome.RECOVERED);
        }
        if (place.failed || ended) {
            seen.add(Outcome.CLEAN_ERROR);
            seen.add(Outcome.REFUSED);
        }
        if (place.timedOut
                || place.session != null
                        && place.session.failure() instanceof ConnectionFailureReason.ConnectionFailedTimeout
                || place.session != null && place.session.reason() instanceof ShutdownReason.OperationTimedOut) {
            seen.add(Outcome.TIMES_OUT);
        }
        return seen;
    }

    private Optional<String> wrongAnswer(Place place) {
        List<String> answers = scenario.answers();
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < Math.min(answers.size(), place.answers.size()); i++) {
            String answer = place.answers.get(i);
            if (answer != null && !answers.get(i).equals(answer)) {
                return Optional.of(
                        "the statement \"" + scenario.client().statements().get(i) + "\" gave \"" + answer
                                + "\", expected \"" + answers.get(i) + "\"");
            }
        }
        return Optional.empty();
    }
}
