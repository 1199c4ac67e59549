package org.pgreel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Says by which command one of the runs of a command is repeated alone. */
final class Again {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./#-]+");

    private Again() {}

    /**
     * Returns the command line as it was given, for a shell, but with one option more.
     *
     * @param spec the command that runs
     * @param option the option that chooses the run
     * @param value its value
     * @param without options with a value that are left out
     */
    static String command(CommandSpec spec, String option, String value, Set<String> without) {
        List<String> given = spec.root().commandLine().getParseResult().originalArgs();
        var words = new ArrayList<String>(List.of("pgreel"));
        int at = 0;
        while (at < given.size() && !given.get(at).equals("--")) {
            String word = given.get(at);
            int equals = word.indexOf('=');
            boolean dropped = without.contains(equals > 0 ? word.substring(0, equals) : word);
            if (!dropped) {
                words.add(word);
            }
            at += dropped && equals < 0 ? 2 : 1;
        }
        words.add(option);
        words.add(value);
        words.addAll(given.subList(Math.min(at, given.size()), given.size()));
        return words.stream().map(Again::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
