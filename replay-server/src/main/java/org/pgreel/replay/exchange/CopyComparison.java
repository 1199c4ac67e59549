package org.pgreel.replay.exchange;

import java.util.List;
import org.pgreel.protocol.wire.Bytes;

/** Compares the data of a COPY with recorded data, wherever either is cut. Confined to one thread. */
final class CopyComparison {

    private final List<Bytes> pieces;
    private long came;
    private int piece;
    private long pieceStart;
    private boolean differs;

    CopyComparison(List<Bytes> pieces) {
        this.pieces = pieces;
    }

    void came(Bytes data) {
        long from = came;
        came += data.length();
        while (piece < pieces.size() && pieceStart < came) {
            Bytes recorded = pieces.get(piece);
            long end = pieceStart + recorded.length();
            long lower = Math.max(from, pieceStart);
            long upper = Math.min(came, end);
            if (lower < upper) {
                Bytes theirs = recorded.slice((int) (lower - pieceStart), (int) (upper - pieceStart));
                differs |= !theirs.equals(data.slice((int) (lower - from), (int) (upper - from)));
            }
            if (end > came) {
                return;
            }
            pieceStart = end;
            piece++;
        }
    }

    long recorded() {
        return pieces.stream().mapToLong(Bytes::length).sum();
    }

    long cameBytes() {
        return came;
    }

    boolean equal() {
        return !differs && recorded() == came;
    }
}
