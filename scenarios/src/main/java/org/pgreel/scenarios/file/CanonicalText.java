package org.pgreel.scenarios.file;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.replay.script.Script;

/**
 * The canonical spelling of files: of their scripts, that is; the envelope around one stays as it is, to the byte.
 *
 * <p>Comments and empty lines stay. A byte order mark and the way in which lines end stay, too.
 */
public final class CanonicalText {
    private static final String MARK = "\uFEFF";

    private CanonicalText() {}

    /**
     * Returns the text of a file.
     *
     * @param bytes its content
     * @param file what failures name
     * @throws ScenarioException if it is not UTF-8
     */
    public static String decoded(byte[] bytes, String file) {
        return SourceText.of(bytes, file);
    }

    /**
     * Returns a scenario file with its script in the canonical spelling.
     *
     * @param text the file's
     * @param file what failures name
     * @throws ScenarioException if it is no scenario
     */
    public static String ofScenario(String text, String file) {
        Scenario scenario = ScenarioReader.parse(text, file);
        ScenarioSource source = scenario.source();
        List<String> lines = List.of(source.text().split("\n", -1));
        int first = source.scriptLine() - 1;
        int end = end(lines, first, source.scriptIndent());
        String indent = " ".repeat(source.scriptIndent());
        var out = new ArrayList<>(lines.subList(0, first));
        spelled(scenario.script()).lines().forEach(line -> out.add(line.isEmpty() ? "" : indent + line));
        out.addAll(lines.subList(end, lines.size()));
        String written = String.join("\n", out);
        if (!spelled(ScenarioReader.parse(written, file).script()).equals(spelled(scenario.script()))) {
            throw new IllegalStateException(file + ": its canonical spelling reads as another script");
        }
        return like(text, written);
    }

    /** Returns the line behind the last one of the script. */
    private static int end(List<String> lines, int first, int indent) {
        int end = first;
        for (int i = first; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            if (line.length() - line.stripLeading().length() < indent) {
                break;
            }
            end = i + 1;
        }
        return end;
    }

    /**
     * Returns a script or transcript that stands alone in its canonical spelling.
     *
     * @param text the file's
     * @param file what failures name
     * @throws ScenarioException if it is neither
     */
    public static String ofScript(String text, String file) {
        String lines = SourceText.checked(text, file);
        try {
            return like(text, spelled(Script.parse(lines)) + "\n");
        } catch (NotationException notAScript) {
            return like(text, transcript(lines, file, notAScript));
        }
    }

    /** What only a transcript may hold is no failure; the failure of what is neither is the script's. */
    private static String transcript(String lines, String file, NotationException notAScript) {
        try {
            return TranscriptParser.parse(lines).canonical().toString();
        } catch (NotationException neither) {
            throw new ScenarioException(file, notAScript.line(), notAScript.column(), notAScript.problem());
        }
    }

    private static String spelled(Script script) {
        return script.canonical().print().stripTrailing();
    }

    private static String like(String original, String written) {
        String ended = original.contains("\r\n") ? written.replace("\n", "\r\n") : written;
        return original.startsWith(MARK) ? MARK + ended : ended;
    }
}
