package org.pgreel.scenarios.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.MaskedSpans;
import org.pgreel.recorder.masking.SecretMasker;

/** Both halves of a connection in pieces ({@link Pieces}): the same bytes are masked however they are cut. */
final class MaskingTarget implements FuzzTarget {
    @Override
    public void take(byte[] input) {
        List<Pieces.Piece> pieces = Pieces.of(input);
        for (Direction direction : Direction.values()) {
            FuzzTarget.same("what is masked", masked(pieces, direction, false), masked(pieces, direction, true));
        }
    }

    private static String masked(List<Pieces.Piece> pieces, Direction direction, boolean single) {
        var masker = new SecretMasker();
        var spans = new MaskedSpans();
        var out = new ByteArrayOutputStream();
        for (Pieces.Piece piece : pieces) {
            byte[] bytes = piece.bytes().clone();
            int step = single ? 1 : Math.max(1, bytes.length);
            for (int at = 0; at < bytes.length; at += step) {
                spans.clear();
                masker.mask(piece.direction(), bytes, at, at + step, spans);
            }
            if (piece.direction() == direction) {
                out.writeBytes(bytes);
            }
        }
        return Bytes.wrap(out.toByteArray()).hex();
    }
}
