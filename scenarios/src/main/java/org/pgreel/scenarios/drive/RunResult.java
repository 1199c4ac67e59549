package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.PlayedConnection;
import org.pgreel.scenarios.file.Scenario;

/**
 * What one run of a scenario has come to.
 *
 * @param problems why it has not passed, the most telling first; empty when it has
 * @param heard all that our client told its application, as {@code @} and {@code <} lines
 * @param transcript what was said on the wire and told, for a person
 * @param observed which reasons, failures and states were seen
 * @param cuts where a single cut of the server's streams divides what arrived whole, if the wire was watched
 * @param received the most bytes that one connection brought
 */
public record RunResult(
        List<String> problems,
        List<String> heard,
        String transcript,
        Observed observed,
        Set<Long> cuts,
        long received) {
    /** What each login brings a dozen times, so that a person's transcript is shorter without it. */
    private static final String QUIET = "@ pgParameterStatus";

    /** Copies the lists. */
    public RunResult {
        problems = List.copyOf(problems);
        heard = List.copyOf(heard);
    }

    /** Tells whether the run has passed. */
    public boolean passed() {
        return problems.isEmpty();
    }

    static RunResult of(
            Scenario scenario,
            ToldScript script,
            Driver driver,
            PlayReport report,
            List<String> leaks,
            String password,
            Set<String> states,
            Set<Long> cuts,
            long received) {
        var problems = new ArrayList<String>();
        Mismatch mismatch = first(report);
        if (mismatch != null) {
            problems.add(mismatch.sentence());
        }
        problems.addAll(driver.problems());
        if (script.wire()) {
            report.problems().stream()
                    .filter(problem -> mismatch == null || !problem.equals(mismatch.sentence()))
                    .forEach(problems::add);
        }
        problems.addAll(leaks);
        List<Heard> told = driver.told();
        problems.addAll(said(scenario, driver, password));
        List<String> heard = told.stream().map(Heard::toString).toList();
        return new RunResult(
                problems, heard, transcript(report, mismatch, heard), Observed.of(driver, states), cuts, received);
    }

    private static @Nullable Mismatch first(PlayReport report) {
        return report.connections().stream()
                .map(PlayedConnection::mismatch)
                .filter(mismatch -> mismatch != null)
                .findFirst()
                .orElse(null);
    }

    /** Nothing secret and nothing hidden stands in what the application could print. */
    private static List<String> said(Scenario scenario, Driver driver, String password) {
        var problems = new ArrayList<String>();
        for (DrivenSession session : driver.sessions()) {
            for (String words : session.words()) {
                if (words.contains(password)) {
                    problems.add("the password stands in a failure of our client");
                }
                for (String hidden : new HashSet<>(scenario.hidden())) {
                    if (words.contains(hidden)) {
                        problems.add("\"" + hidden + "\" stands in a failure of our client: " + words);
                    }
                }
            }
        }
        return problems;
    }

    private static String transcript(PlayReport report, @Nullable Mismatch mismatch, List<String> heard) {
        var text = new StringBuilder();
        if (mismatch != null) {
            text.append(mismatch.text());
        }
        for (PlayedConnection connection : report.connections()) {
            if (connection.mismatch() == null) {
                text.append("  connection ").append(connection.number()).append(":\n");
                connection
                        .transcript()
                        .forEach(line -> text.append("    ").append(line).append('\n'));
            }
        }
        text.append("  the application was told:\n");
        heard.stream()
                .filter(line -> !line.startsWith(QUIET))
                .forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }
}
