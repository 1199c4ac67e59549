package org.pgreel.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Phase;
import org.pgreel.scenarios.file.Scenario;
import picocli.CommandLine.Option;

/** Which scenarios a command is about. */
final class ScenarioFilter {

    @Option(
            names = "--origin",
            paramLabel = "X",
            description = "Those that come from X: pony, proxysql, CVE, \"clients a.6\" …")
    private @Nullable String origin;

    @Option(names = "--phase", paramLabel = "X", description = "Those of one phase: connect, tls, query …")
    private @Nullable String phase;

    @Option(names = "--outcome", paramLabel = "X", description = "Those that may end so: refused, recovered …")
    private @Nullable String outcome;

    /** Tells whether all fit. */
    boolean isEmpty() {
        return origin == null && phase == null && outcome == null;
    }

    /** Returns those that fit, in their order. */
    List<Scenario> of(List<Scenario> scenarios) {
        Phase inPhase = word("phase", phase, Phase.values(), Phase::word);
        Outcome withOutcome = word("outcome", outcome, Outcome.values(), Outcome::word);
        return scenarios.stream()
                .filter(scenario -> inPhase == null || scenario.phase() == inPhase)
                .filter(scenario -> withOutcome == null || scenario.outcomes().contains(withOutcome))
                .filter(scenario -> origin == null || !origins(scenario).isEmpty())
                .toList();
    }

    private static <E> @Nullable E word(String what, @Nullable String word, E[] all, Function<E, String> spelled) {
        if (word == null) {
            return null;
        }
        for (E one : all) {
            if (spelled.apply(one).equals(word)) {
                return one;
            }
        }
        List<String> words = Arrays.stream(all).map(spelled).toList();
        throw CommandFailedException.usage("--" + what + ": "
                + NotationException.unknownWord(1, 1, word, what, words).problem());
    }

    /** Tells whether scenarios are chosen by where they come from. */
    boolean byOrigin() {
        return origin != null;
    }

    /** Returns the origins of the scenario that were asked for; all if none was. */
    List<String> origins(Scenario scenario) {
        if (origin == null) {
            return scenario.origin();
        }
        String wanted = origin.toLowerCase(Locale.ROOT);
        return scenario.origin().stream()
                .filter(from -> from.toLowerCase(Locale.ROOT).startsWith(wanted))
                .toList();
    }
}
