package org.pgreel.recorder.tape;

import java.util.HashMap;
import java.util.Map;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.MaskedSpans;
import org.pgreel.recorder.masking.SecretMasker;

/**
 * Finds the marks of chunks again, by masking once more what is masked already. A tape holds only those marks that are
 * not found so. Writer and reader of a tape must tell it the same. Confined to one thread.
 */
final class MarkDerivation {

    private final Map<Integer, SecretMasker> maskers = new HashMap<>();
    private final MaskedSpans spans = new MaskedSpans();

    /** Returns what a recorder would have said of the connection's next chunk. */
    ChunkMarks next(Direction direction, int connection, Bytes bytes) {
        SecretMasker masker = maskers.computeIfAbsent(connection, ordinal -> new SecretMasker());
        long messagesBefore = masker.messages(direction);
        spans.clear();
        byte[] copy = bytes.toArray();
        masker.mask(direction, copy, 0, copy.length, spans);
        return new ChunkMarks(messagesBefore, masker.firstBoundary(direction), spans.toList());
    }

    /** Forgets a connection that has ended. */
    void ended(int connection) {
        maskers.remove(connection);
    }

    /** Returns how many connections are not ended. */
    int connections() {
        return maskers.size();
    }
}
