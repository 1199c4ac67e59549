package org.pgreel.replay.play;

import java.util.List;

/**
 * The first thing that the client did and the script does not say.
 *
 * @param connection its number, in order of arrival
 * @param line the number of the line that comes closest; 0 when none is awaited
 * @param expected the lines that are awaited, the closest first
 * @param got what came instead, in the notation
 * @param transcript what was said before on this connection, in order
 */
public record Mismatch(int connection, int line, List<String> expected, String got, List<String> transcript) {
    /** Copies the lists. */
    public Mismatch {
        expected = List.copyOf(expected);
        transcript = transcript instanceof NotedLines.Said ? transcript : List.copyOf(transcript);
    }

    /** Returns the mismatch in one sentence. */
    public String sentence() {
        String awaited = expected.isEmpty() ? "nothing more" : expected.get(0);
        String more = expected.size() > 1 ? " (or " + (expected.size() - 1) + " other)" : "";
        return "connection " + connection + (line > 0 ? ", line " + line : "") + ": expected " + awaited + more
                + ", got " + got;
    }

    /** Returns the sentence, all that was awaited, and the transcript so far. */
    public String text() {
        var text = new StringBuilder(sentence()).append('\n');
        for (int i = 1; i < expected.size(); i++) {
            text.append("  or expected ").append(expected.get(i)).append('\n');
        }
        text.append("  so far:\n");
        transcript.forEach(line -> text.append("    ").append(line).append('\n'));
        return text.append("  > ").append(got).append('\n').toString();
    }
}
