package org.pgreel.recorder.tape;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.Line;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;

/**
 * Turns the bytes of one connection into lines that give exactly these bytes when they are read: messages where that is
 * so, {@code raw} elsewhere. Confined to one thread.
 */
final class ConnectionText {

    /** So many bytes of others may stand between the parts of one message; then what came of it is written as it is. */
    private static final int OTHERS_BYTES_MAX = 16 * 1024 * 1024;

    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final Map<Direction, Half> halves = new EnumMap<>(Direction.class);

    /**
     * Takes the next chunk.
     *
     * @param lines where the lines go that it completes
     * @return how many bytes of the chunk, and of those before it, do not stand in any line yet
     */
    long chunk(Direction direction, Bytes chunk, List<String> lines) {
        byte[] bytes = chunk.toArray();
        Half half = half(direction);
        half.others = 0;
        half.take(bytes);
        decoder.feed(direction, bytes, 0, bytes.length, half.into(lines));
        half.raw(half.rawTo);
        return half.end - half.written;
    }

    /** Writes what belongs to no complete message. */
    void flush(Direction direction, List<String> lines) {
        Half half = half(direction);
        half.into(lines);
        half.raw(half.end);
    }

    /** Hears of a chunk of someone else, and tells whether too much came in the midst of a message. */
    boolean othersPass(@Nullable Direction own, int bytes) {
        boolean much = false;
        for (Map.Entry<Direction, Half> entry : halves.entrySet()) {
            Half half = entry.getValue();
            if (entry.getKey() != own && half.end > half.written) {
                half.others += bytes;
                much |= half.others > OTHERS_BYTES_MAX;
            }
        }
        return much;
    }

    private Half half(Direction direction) {
        return halves.computeIfAbsent(direction, Half::new);
    }

    /** One direction. Offsets count the bytes of its stream. */
    private static final class Half implements WireSink {

        private final Direction direction;
        private byte[] held = new byte[0];
        private int heldFrom;
        private long written;
        private long end;
        private long rawTo;
        private long others;
        private List<String> lines = List.of();

        Half(Direction direction) {
            this.direction = direction;
        }

        Half into(List<String> taker) {
            lines = taker;
            return this;
        }

        void take(byte[] bytes) {
            int before = (int) (end - written);
            if (heldFrom + before + bytes.length > held.length) {
                byte[] larger = before + bytes.length > held.length
                        ? new byte[Math.max(2 * held.length, before + bytes.length)]
                        : held;
                System.arraycopy(held, heldFrom, larger, 0, before);
                held = larger;
                heldFrom = 0;
            }
            System.arraycopy(bytes, 0, held, heldFrom + before, bytes.length);
            end += bytes.length;
        }

        private void passTo(long offset) {
            heldFrom += (int) (offset - written);
            written = offset;
        }

        @Override
        public void message(Direction of, Message message, long start, long messageEnd) {
            String line = start == written ? exact(message, messageEnd) : null;
            if (line == null) {
                raw(messageEnd);
            } else {
                passTo(messageEnd);
                lines.add(line);
            }
        }

        /** Returns the line of a message if it reads back as the message's own bytes; otherwise null. */
        private @Nullable String exact(Message message, long messageEnd) {
            int length = (int) (messageEnd - written);
            try {
                String line =
                        Line.of(MessageForms.write(direction, message, false)).toString();
                byte[] back = TranscriptParser.parse(line).bytes(direction).toArray();
                return Arrays.equals(back, 0, back.length, held, heldFrom, heldFrom + length) ? line : null;
            } catch (NotationException | IllegalArgumentException | MalformedMessageException e) {
                return null;
            }
        }

        @Override
        public void oversized(Direction of, byte type, long length, long start) {
            rawTo = start + length;
            raw(rawTo);
        }

        @Override
        public void undecodable(Direction of, long start, Bytes raw, MalformedMessageException why) {
            raw(start + raw.length());
        }

        /** Writes the bytes up to an offset as they are, as far as they came. */
        void raw(long offset) {
            long to = Math.min(offset, end);
            if (to > written) {
                int from = heldFrom;
                passTo(to);
                Value bytes = Value.of(Bytes.copyOf(held, from, heldFrom));
                lines.add(Line.of(new Item.EventItem(direction, "raw", List.of(Field.of(bytes)), 0))
                        .toString());
            }
        }
    }
}
