package org.pgreel.scenarios.coverage;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/**
 * Drives the engine to each state of the matrix and then says each message there, legal or not. What the frontend says is
 * said by these lines, since no client says all of it; a scripted server must send what its script says, byte for byte, and
 * must depart from its script where the frontend says what it does not await.
 */
public final class MatrixPlay {
    /** What no edge is. */
    private static final String ANOTHER = "F FunctionCall 4242\nF end\n";

    private final EdgeCounts counts;
    private final List<String> problems = new ArrayList<>();
    private int runs;

    /** @param counts hears of the edges */
    public MatrixPlay(EdgeCounts counts) {
        this.counts = counts;
    }

    /** Plays all edges, and returns what went wrong, a sentence each. */
    public List<String> run() {
        for (MatrixStates.Row row : MatrixStates.all()) {
            for (Edge edge : Matrix.of(row.name())) {
                String problem = edge.from() == Direction.BACKEND ? sent(row, edge) : said(row, edge);
                if (problem != null) {
                    problems.add(edge + ": " + problem);
                }
            }
        }
        return problems;
    }

    /** Returns how many runs there were. */
    public int runs() {
        return runs;
    }

    /** The server says it behind the way to the state. */
    private @Nullable String sent(MatrixStates.Row row, Edge edge) {
        String script = lines(row.path()) + line(edge.from(), edge.message()) + "F end\n";
        var frontend = begin(script, row);
        frontend.end();
        byte[] wanted = wire(row, edge);
        if (!Arrays.equals(frontend.heard(), wanted)) {
            return "the server sent " + Bytes.wrap(frontend.heard()).hex() + " and not "
                    + Bytes.wrap(wanted).hex();
        }
        return frontend.report().passed() ? null : frontend.report().text();
    }

    private static byte[] wire(MatrixStates.Row row, Edge edge) {
        var wire = new ByteArrayOutputStream();
        for (MatrixStates.Said said : row.path()) {
            if (said.from() == Direction.BACKEND) {
                wire.writeBytes(bytes(said.from(), said.message()));
            }
        }
        wire.writeBytes(bytes(edge.from(), edge.message()));
        return wire.toByteArray();
    }

    /** The frontend says it where the server awaits it, and where the server awaits something else. */
    private @Nullable String said(MatrixStates.Row row, Edge edge) {
        var awaited = begin(lines(row.path()) + line(edge.from(), edge.message()) + "F end\n", row);
        awaited.say(bytes(edge.from(), edge.message()));
        awaited.end();
        if (!awaited.report().passed()) {
            return awaited.report().text();
        }
        var unawaited = begin(lines(row.path()) + ANOTHER, row);
        unawaited.say(bytes(edge.from(), edge.message()));
        unawaited.end();
        return unawaited.report().passed() ? "the server awaits something else and takes it" : null;
    }

    private ScriptedFrontend begin(String script, MatrixStates.Row row) {
        runs++;
        boolean cancels = script.startsWith("F CancelRequest");
        var frontend = new ScriptedFrontend(cancels ? "connection cancel {\n" + script + "}\n" : script, counts);
        for (MatrixStates.Said said : row.path()) {
            if (said.from() == Direction.FRONTEND) {
                frontend.say(bytes(said.from(), said.message()));
            }
        }
        return frontend;
    }

    private static byte[] bytes(Direction from, String message) {
        return MatrixMessages.sample(from, message).message().toBytes().toArray();
    }

    /** TLS comes up where it was agreed on, before anything else is said. */
    private static String lines(List<MatrixStates.Said> path) {
        var lines = new StringBuilder();
        for (MatrixStates.Said said : path) {
            lines.append(line(said.from(), said.message()));
        }
        return lines.toString();
    }

    private static String line(Direction from, String message) {
        String line = from.letter() + " " + MatrixMessages.sample(from, message).line() + "\n";
        return message.equals("SSLResponse(S)") ? line + "F tls\n" : line;
    }
}
