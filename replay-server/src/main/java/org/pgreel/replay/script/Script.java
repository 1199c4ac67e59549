package org.pgreel.replay.script;

import java.util.List;

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
        Script script = new Script(ScriptParser.parse(text));
        ScriptChecks.check(script);
        return script;
    }

    /** Returns the script in its canonical spelling; parsing that gives a script that prints the same. */
    public String print() {
        return ScriptPrinter.print(lines);
    }
}
