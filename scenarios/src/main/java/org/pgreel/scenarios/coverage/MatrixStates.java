package org.pgreel.scenarios.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;

/**
 * The rows of the matrix: the states of {@link Conversation}, with each content of what is owed that decides which
 * messages are legal. Rows of {@code docs/conversation-matrix.md} that allow the same messages in the same state are one
 * row here, by the first one's name.
 */
public final class MatrixStates {
    private static final String LOGIN =
            "> StartupMessage < AuthenticationOk ParameterStatus BackendKeyData ReadyForQuery(I)";

    private static final Map<Look, Row> ROWS = rows();

    /** What can be told of a state without its history: its name, and a bit for each message that is legal in it. */
    private record Look(String state, long frontend, long backend) {}

    /** A message on the way to a state. */
    record Said(Direction from, String message) {}

    /**
     * A row.
     *
     * @param name what the state is
     * @param path a session that leads to it
     */
    record Row(String name, List<Said> path) {
        Conversation fold() {
            Conversation at = Conversation.begin();
            for (Said said : path) {
                at = at.after(
                        said.from(),
                        MatrixMessages.sample(said.from(), said.message()).message());
            }
            return at;
        }
    }

    private MatrixStates() {}

    private static Map<Look, Row> rows() {
        Map<Look, Row> rows = new LinkedHashMap<>();
        for (String line : MatrixFiles.lines("states.txt")) {
            int equals = line.indexOf(" =");
            String script = line.substring(equals + " =".length()).replace(" login", " " + LOGIN);
            var row = new Row(line.substring(0, equals), path(script));
            rows.putIfAbsent(look(row.fold()), row);
        }
        return rows;
    }

    private static List<Said> path(String script) {
        var path = new ArrayList<Said>();
        Direction from = Direction.FRONTEND;
        var words = new StringTokenizer(script);
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (word.equals(">")) {
                from = Direction.FRONTEND;
            } else if (word.equals("<")) {
                from = Direction.BACKEND;
            } else {
                path.add(new Said(from, word));
            }
        }
        return path;
    }

    private static Look look(Conversation at) {
        return new Look(at.stateName(), legal(at, Direction.FRONTEND), legal(at, Direction.BACKEND));
    }

    private static long legal(Conversation at, Direction from) {
        long bits = 0;
        long bit = 1;
        for (MatrixMessages.Sample sample : MatrixMessages.of(from).values()) {
            bits |= at.after(from, sample.message()).isViolated() ? 0 : bit;
            bit <<= 1;
        }
        return bits;
    }

    /** Returns the rows in the matrix's order. */
    static Collection<Row> all() {
        return Collections.unmodifiableCollection(ROWS.values());
    }

    /** Returns the names of the rows, in the matrix's order. */
    public static List<String> names() {
        return ROWS.values().stream().map(Row::name).toList();
    }

    /**
     * Returns the name of the row in which a conversation is; where the matrix has no such row, the state's name behind
     * {@code other}.
     */
    public static String name(Conversation at) {
        Row row = ROWS.get(look(at));
        return row == null ? "other " + at.stateName() : row.name();
    }

    /**
     * Tells whether the message can be said at all in that state. Before and during start-up messages have no type, the
     * answer to SSLRequest is one byte, and what a {@code p} means is decided by the method: other bytes there would be
     * another message.
     */
    static boolean sayable(Row row, Direction from, String message) {
        var decoder = new WireDecoder(WireLimits.DEFAULTS);
        for (Said said : row.path()) {
            feed(decoder, said.from(), said.message(), NOBODY);
        }
        var names = new ArrayList<String>();
        feed(decoder, from, message, new Names(names));
        return names.equals(List.of(message));
    }

    private static void feed(WireDecoder decoder, Direction from, String message, WireSink sink) {
        byte[] bytes = MatrixMessages.sample(from, message).message().toBytes().toArray();
        decoder.feed(from, bytes, 0, bytes.length, sink);
    }

    private static final WireSink NOBODY = new Names(new ArrayList<>());

    /** Hears what was said. */
    private record Names(List<String> names) implements WireSink {
        @Override
        public void message(Direction direction, Message message, long start, long end) {
            names.add(MatrixMessages.name(message));
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            names.add("");
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            names.add("");
        }
    }
}
