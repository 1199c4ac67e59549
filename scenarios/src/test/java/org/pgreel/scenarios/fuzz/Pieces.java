package org.pgreel.scenarios.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/** An input as pieces of both directions: a byte with the direction (its highest bit) and the length, then that many bytes. */
final class Pieces {
    private static final int LENGTH_MAX = 0x7F;

    /** A piece. */
    record Piece(Direction direction, byte[] bytes) {}

    private Pieces() {}

    static List<Piece> of(byte[] input) {
        var pieces = new ArrayList<Piece>();
        int at = 0;
        while (at < input.length) {
            Direction direction = input[at] < 0 ? Direction.BACKEND : Direction.FRONTEND;
            int end = Math.min(input.length, at + 1 + (input[at] & LENGTH_MAX));
            pieces.add(new Piece(direction, Arrays.copyOfRange(input, at + 1, end)));
            at = end;
        }
        return pieces;
    }

    /** Appends bytes of a direction to an input. */
    static void append(ByteArrayOutputStream input, Direction direction, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += LENGTH_MAX) {
            int length = Math.min(LENGTH_MAX, bytes.length - at);
            input.write(direction == Direction.BACKEND ? 0x80 | length : length);
            input.write(bytes, at, length);
        }
    }

    static Bytes joined(List<Piece> pieces, Direction direction) {
        var out = new ByteArrayOutputStream();
        pieces.stream().filter(piece -> piece.direction() == direction).forEach(piece -> out.writeBytes(piece.bytes()));
        return Bytes.wrap(out.toByteArray());
    }
}
