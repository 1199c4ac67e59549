package org.pgreel.scenarios.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.FrameSink;
import org.pgreel.protocol.wire.FrameSplitter;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;

/**
 * Frames: the first byte picks mode and direction, the second is the seed of the cuts, the rest is the stream. However it
 * is cut, the same frames come.
 */
final class FramesTarget implements FuzzTarget {
    private static final int HEAD = 2;
    private static final int SMALL = 64;

    @Override
    public void take(byte[] input) {
        if (input.length < HEAD) {
            return;
        }
        int choice = input[0] & 0xFF;
        FrameSplitter.Mode mode = FrameSplitter.Mode.values()[choice & 3];
        Direction direction = Direction.values()[choice >> 2 & 1];
        WireLimits limits = (choice & 8) == 0 ? WireLimits.DEFAULTS : WireLimits.DEFAULTS.withMessage(SMALL);
        List<String> whole = found(new FrameSplitter(direction, limits, mode), input, null);
        List<String> single = found(new FrameSplitter(direction, limits, mode), input, bound -> 1);
        var random = new Random(input[1]);
        List<String> cut = found(
                new FrameSplitter(direction, limits, mode), input, bound -> 1 + random.nextInt(Math.min(bound, 9)));
        FuzzTarget.same("frames of single bytes", whole, single);
        FuzzTarget.same("frames of pieces", whole, cut);
    }

    /** How long the next piece is. */
    private interface Cut {
        int next(int left);
    }

    private static List<String> found(
            FrameSplitter splitter, byte[] input, @org.jspecify.annotations.Nullable Cut cut) {
        var frames = new Frames(splitter);
        int at = HEAD;
        try {
            while (at < input.length) {
                int left = input.length - at;
                int piece = cut == null ? left : Math.min(left, cut.next(left));
                splitter.feed(input, at, at + piece, frames);
                at += piece;
            }
        } catch (MalformedMessageException refused) {
            frames.found.add(splitter.frameStart() + " refused: " + refused.getMessage());
        }
        if (splitter.held() > SMALL + 2 * Math.max(32 << 10, input.length)) {
            throw new AssertionError(splitter.held() + " bytes are held for " + input.length);
        }
        return frames.found;
    }

    /** Writes down what is found, an oversized frame as one. */
    private static final class Frames implements FrameSink {
        private final List<String> found = new ArrayList<>();
        private final FrameSplitter splitter;
        private final ByteArrayOutputStream oversized = new ByteArrayOutputStream();

        Frames(FrameSplitter splitter) {
            this.splitter = splitter;
        }

        private String place() {
            return splitter.frameStart() + ".." + splitter.position() + " ";
        }

        @Override
        public void frame(byte type, byte[] buffer, int bodyFrom, int bodyTo) {
            found.add(place() + type + " "
                    + Bytes.copyOf(buffer, bodyFrom, bodyTo).hex());
        }

        @Override
        public void negotiationByte(byte answer) {
            found.add(place() + "negotiation " + answer);
            splitter.expect(FrameSplitter.Mode.TYPED);
        }

        @Override
        public void oversized(byte type, long bodyLength) {
            found.add(splitter.frameStart() + " oversized " + type + " " + bodyLength);
        }

        @Override
        public void fragment(byte[] buffer, int from, int to) {
            oversized.write(buffer, from, to - from);
        }

        @Override
        public void oversizedEnd() {
            found.add(place() + "its end: "
                    + Bytes.copyOf(oversized.toByteArray()).hex());
            oversized.reset();
        }
    }
}
