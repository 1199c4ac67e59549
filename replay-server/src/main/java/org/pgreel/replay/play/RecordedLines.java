package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.exchange.RecordedStream;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.replay.source.PlayableConnection;

/**
 * Puts around a script the lines of the recording that it is laid over. A script that says itself what happens on the wire
 * stays as it is.
 */
final class RecordedLines {
    private static final String LOGIN = "use login\n";
    private static final String END = "F end\n";

    private RecordedLines() {}

    static List<ScriptLine> around(List<ScriptLine> script, @Nullable RecordingBeside beside) {
        if (beside == null || script.stream().anyMatch(line -> onTheWire(line.step()))) {
            return script;
        }
        List<PlayableConnection> connections = beside.recording().connections().stream()
                .filter(PlayableConnection::ready)
                .toList();
        if (!beside.verbatim() || connections.isEmpty()) {
            return one(script, "");
        }
        return connections.size() == 1 ? one(script, text(connections.get(0))) : several(script, connections);
    }

    private static boolean onTheWire(@Nullable Step step) {
        return !(step == null
                || step instanceof Step.Told
                || step instanceof Step.Note
                || step instanceof Step.Never
                || step instanceof Step.FaultLine);
    }

    /** What is told stands behind the login, but for what leads up to it; faults and what must never come before it. */
    private static List<ScriptLine> one(List<ScriptLine> script, String between) {
        var lines = new ArrayList<ScriptLine>();
        var behind = new ArrayList<ScriptLine>();
        for (ScriptLine line : script) {
            boolean connects = line.step() instanceof Step.Told told
                    && told.kind() == '>'
                    && told.word().equals("connect");
            boolean tells = line.step() instanceof Step.Told && !connects;
            (tells ? behind : lines).add(line);
        }
        lines.addAll(Script.parse(LOGIN).lines());
        lines.addAll(behind);
        lines.addAll(Script.parse(between + END).lines());
        return lines;
    }

    private static List<ScriptLine> several(List<ScriptLine> script, List<PlayableConnection> connections) {
        var lines = new ArrayList<>(script);
        for (int i = 0; i < connections.size(); i++) {
            String block = "connection " + (i + 1) + " {\n" + LOGIN + text(connections.get(i)) + END + "}\n";
            lines.addAll(Script.parse(block).lines());
        }
        return lines;
    }

    /** Returns what was said behind the login, each answer behind the message that it answers. */
    private static String text(PlayableConnection connection) {
        var stream = new RecordedStream(connection);
        var text = new StringBuilder();
        int count = 0;
        for (RecordedStream.Asked asked : stream.asked()) {
            count++;
            text.append(TranscriptWriter.line(Direction.FRONTEND, asked.message()))
                    .append('\n');
            for (BackendMessage message : stream.answersTo(count)) {
                text.append(TranscriptWriter.line(Direction.BACKEND, message)).append('\n');
            }
        }
        return text.toString();
    }
}
