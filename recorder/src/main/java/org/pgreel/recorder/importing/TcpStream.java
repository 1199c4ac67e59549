package org.pgreel.recorder.importing;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One direction of a connection, put together again: what comes twice counts once, what comes early waits. Confined to
 * one thread.
 */
final class TcpStream {

    /** The largest window that TCP has; more than that cannot be on its way. */
    private static final long AHEAD_BYTES_MAX = 1L << 30;

    private static final long WAITING_BYTES_MAX = 64L * 1024 * 1024;

    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private final long first;
    private long waitingBytes;
    private long position;
    private long end = Long.MAX_VALUE;

    /** Begins behind the SYN whose sequence number is given. */
    TcpStream(long synSequence) {
        this.first = synSequence + 1;
    }

    /** Returns the offset in the stream of a sequence number near the position: the numbers go round at 2^32. */
    private long offset(long sequence) {
        return position + (int) (sequence - (first + position));
    }

    /** Takes a segment's data and gives on what is in order now. */
    void data(long sequence, byte[] data, Consumer<byte[]> taker) {
        long at = offset(sequence);
        if (data.length == 0 || at + data.length <= position || at - position > AHEAD_BYTES_MAX) {
            return;
        }
        byte[] before = waiting.get(at);
        if (before == null || before.length < data.length) {
            waiting.put(at, data);
            waitingBytes += data.length - (before == null ? 0 : before.length);
        }
        if (waitingBytes > WAITING_BYTES_MAX) {
            throw new ImportException("More than " + WAITING_BYTES_MAX
                    + " bytes were captured behind a segment that was not; capture anew, with a larger buffer.");
        }
        drain(taker);
    }

    private void drain(Consumer<byte[]> taker) {
        for (Map.Entry<Long, byte[]> next = waiting.firstEntry();
                next != null && next.getKey() <= position;
                next = waiting.firstEntry()) {
            waiting.remove(next.getKey());
            byte[] bytes = next.getValue();
            waitingBytes -= bytes.length;
            int from = (int) Math.min(bytes.length, position - next.getKey());
            if (from < bytes.length) {
                position += bytes.length - from;
                taker.accept(from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length));
            }
        }
    }

    /** Notes where the stream ends: at the FIN behind a segment's data. */
    void fin(long sequence, int length) {
        end = offset(sequence) + length;
    }

    /** Tells whether all has come up to the FIN. */
    boolean ended() {
        return position >= end;
    }

    /** Tells whether something was captured behind bytes that were not. */
    boolean gap() {
        return !waiting.isEmpty() || (end != Long.MAX_VALUE && position < end);
    }
}
