package org.pgreel.scenarios.fuzz;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;

/**
 * Both halves of a connection in pieces ({@link Pieces}): decoded whole or byte by byte the same comes; whatever comes has
 * a place in the conversation, and its transcript holds the bytes that came.
 */
final class ConnectionTarget implements FuzzTarget {
    @Override
    public void take(byte[] input) {
        List<Pieces.Piece> pieces = Pieces.of(input);
        var whole = new Heard();
        var single = new Heard();
        var decoder = new WireDecoder(WireLimits.DEFAULTS);
        var slow = new WireDecoder(WireLimits.DEFAULTS);
        for (Pieces.Piece piece : pieces) {
            byte[] bytes = piece.bytes();
            decoder.feed(piece.direction(), bytes, 0, bytes.length, whole);
            for (byte one : bytes) {
                slow.feed(piece.direction(), new byte[] {one}, 0, 1, single);
            }
        }
        for (Direction direction : Direction.values()) {
            decoder.end(direction, whole);
            slow.end(direction, single);
        }
        FuzzTarget.same("what is decoded byte by byte", whole.messages, single.messages);
        if (whole.complete) {
            for (Direction direction : Direction.values()) {
                Bytes said = TranscriptParser.parse(whole.transcript.toString()).bytes(direction);
                FuzzTarget.same(
                        "the transcript's bytes",
                        Pieces.joined(pieces, direction).hex(),
                        said.hex());
            }
        }
    }

    /** Writes down what is decoded, and lets a conversation take it. */
    private static final class Heard implements WireSink {
        private final List<String> messages = new ArrayList<>();
        private final StringBuilder transcript = new StringBuilder();
        private final TranscriptWriter writer = TranscriptWriter.showingSecrets(transcript);
        private Conversation conversation = Conversation.begin();
        private final Set<Direction> lost = EnumSet.noneOf(Direction.class);
        private boolean complete = true;

        @Override
        public void message(Direction direction, Message message, long start, long end) {
            conversation = conversation.after(direction, message);
            conversation.phase();
            messages.add(direction + " " + start + ".." + end + " " + message);
            writer.message(direction, message, start, end);
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            complete = false;
            messages.add(direction + " " + start + " oversized " + type + " " + length);
            writer.oversized(direction, type, length, start);
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            // What cannot be framed any more comes as it was cut; only its beginning is compared.
            if (lost.add(direction)) {
                boolean framed = why.reason().isEmpty();
                messages.add(direction + " lost " + start + " " + why.getMessage() + framed);
            }
            writer.undecodable(direction, start, raw, why);
        }
    }
}
