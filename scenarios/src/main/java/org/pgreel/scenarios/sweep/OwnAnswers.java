package org.pgreel.scenarios.sweep;

import java.util.Optional;
import java.util.Set;

/** No operation is given another's answer. */
final class OwnAnswers implements Invariant {
    @Override
    public String name() {
        return "own-answers";
    }

    @Override
    public String sentence() {
        return "No operation is told a number that is another's: each golden statement has its own, which comes back in every"
                + " row, tag and error. (Not asked where the fault changes what the client says: a server answers what it reads; nor where"
                + " two faults may make up a whole answer.)";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        // An answer does not name its question: the server answers what it was asked.
        if (!trace.askedAsSaid() || !trace.answersKnowable()) {
            return Optional.empty();
        }
        for (Trace.Entry entry : trace.entries()) {
            if (entry instanceof Trace.Entry.Answer answer
                    && !quotesTheScript(answer)
                    && (trace.errorsSeparate() || !isFailure(answer))) {
                Set<String> own = subject.numbers(answer.to());
                for (String number : Numbers.in(Trace.words(answer))) {
                    if (!own.contains(number) && subject.allNumbers().contains(number)) {
                        return Optional.of(
                                "the operation of line " + answer.to().line() + " (part "
                                        + answer.to().part() + ") is told " + number + ", which is another's");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * An ErrorResponse names no statement, and one behind a completion is legally that of its commit: where the ReadyForQuery
     * between two answers is taken away, nobody can tell whose it is.
     */
    private static boolean isFailure(Trace.Entry.Answer answer) {
        return answer.results().stream().allMatch(heard -> heard.word().equals("failed"));
    }

    /** The played server says RP002 of what departs from its script, and quotes that. */
    private static boolean quotesTheScript(Trace.Entry.Answer answer) {
        return answer.words().contains("RP002");
    }
}
