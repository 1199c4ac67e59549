package org.pgreel.replay.script;

import java.util.List;
import java.util.Set;
import org.pgreel.protocol.transcript.FileSource;

/**
 * A script: what a server says and awaits, line by line, as {@code docs/notation.md} specifies. Immutable.
 *
 * @param lines the lines outside of all blocks, blocks being one line with bodies
 */
public record Script(List<ScriptLine> lines) {
    /** Copies the list. */
    public Script {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a script.
     *
     * @throws org.pgreel.protocol.transcript.NotationException if it is none: one sentence with line, column and the
     *     nearest valid word
     */
    public static Script parse(String text) {
        return checked(ScriptParser.parse(text, null), Set.of());
    }

    /**
     * Reads a script with the files that it names.
     *
     * @param files where {@code file"NAME"} comes from
     * @throws org.pgreel.protocol.transcript.NotationException if it is none, or a file cannot be read
     */
    public static Script parse(String text, FileSource files) {
        return checked(ScriptParser.parse(text, files), Set.of());
    }

    /**
     * Reads a script whose run is told more than the script says.
     *
     * @param signals the labels that are signalled from outside, so that {@code await} and {@code never after} may name
     *     them
     * @throws org.pgreel.protocol.transcript.NotationException if it is none, as {@link #parse(String)}
     */
    public static Script parse(String text, Set<String> signals) {
        return checked(ScriptParser.parse(text, null), signals);
    }

    private static Script checked(List<ScriptLine> lines, Set<String> signals) {
        Script script = new Script(lines);
        ScriptChecks.check(script, signals);
        return script;
    }

    /**
     * Returns the script with each message in its one spelling: fields by position, defaults left out. Messages with
     * wildcards, files or repetitions stay as they are.
     */
    public Script canonical() {
        return new Script(CanonicalLines.of(lines));
    }

    /** Returns the script in its canonical spelling; parsing that gives a script that prints the same. */
    public String print() {
        return ScriptPrinter.print(lines);
    }
}
