package org.pgreel.scenarios.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Scenario;

/**
 * What one run of a scenario has shown of a client.
 *
 * @param scenario what was played
 * @param login what the client was told
 * @param honest how the client ended against the scenario's healthy server
 * @param end how it ended now
 * @param report what the server saw
 * @param tampered whether somebody between the two has changed what they said, so that the report is not the client's
 */
record Observation(
        Scenario scenario, CaseLogin login, ClientEnd honest, ClientEnd end, PlayReport report, boolean tampered) {

    /** Tells whether it ended like the honest run, with the same output. */
    boolean sameAsHonest() {
        return end.status() == honest.status() && sameOutput();
    }

    private boolean sameOutput() {
        return end.output().equals(honest.output())
                || (mayPrintMore() && holds(lines(end.output()), lines(honest.output())));
    }

    /**
     * A client may print more than against the healthy server where nothing is wrong, where it is told something unasked,
     * and where one text holds several statements, of which the healthy server answers one.
     */
    private boolean mayPrintMore() {
        return scenario.outcomes().equals(EnumSet.of(Outcome.ANSWERED))
                || login.statements().stream().anyMatch(statement -> statement.matches("(?s).*;.*\\S.*"))
                || ScriptSearch.flat(scenario.script().lines()).stream()
                        .anyMatch(line -> ScriptSearch.sends(line, "NotificationResponse"));
    }

    /**
     * Returns in which of the ways that hold for any program it ended; none when it is no way that a scenario allows.
     *
     * <p>A client that ended by itself with an error can be said to have refused, to have failed cleanly, and to have
     * ended by its own timer; the scenario says which of them is right.
     */
    Set<Outcome> outcomes() {
        Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
        boolean played = tampered || report.passed();
        if (played && sameAsHonest()) {
            seen.add(Outcome.ANSWERED);
        }
        if (played && answeredInPart() && (end.status() == honest.status() || lastAnswerRight())) {
            seen.add(Outcome.RECOVERED);
        }
        if (end.status() != honest.status() || (!sameOutput() && names(scenario.shown()))) {
            seen.addAll(EnumSet.of(Outcome.CLEAN_ERROR, Outcome.REFUSED, Outcome.TIMES_OUT));
        }
        return seen;
    }

    private boolean names(List<String> texts) {
        String all = end.output() + "\n" + end.errors();
        return texts.stream().anyMatch(all::contains);
    }

    /** All that it prints is printed by the honest run too, in that order. */
    private boolean answeredInPart() {
        List<String> printed = lines(end.output());
        List<String> right = lines(honest.output());
        return holds(right, printed) && (right.isEmpty() || !printed.isEmpty());
    }

    /** Tells whether the few lines are all among the many, in that order. */
    private static boolean holds(List<String> many, List<String> few) {
        int at = 0;
        for (String line : many) {
            if (at < few.size() && few.get(at).equals(line)) {
                at++;
            }
        }
        return at == few.size();
    }

    /** Whatever it says of the first statement, the last one has its answer. */
    private boolean lastAnswerRight() {
        List<String> answers = scenario.answers();
        return !answers.isEmpty()
                && lines(end.output()).stream().anyMatch(line -> line.strip().equals(answers.get(answers.size() - 1)));
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .toList();
    }
}
