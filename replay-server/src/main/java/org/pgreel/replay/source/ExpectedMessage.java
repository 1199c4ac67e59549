package org.pgreel.replay.source;

import java.util.Arrays;

/** A recorded frontend message, which the client is expected to send again, byte for byte. */
public final class ExpectedMessage {
    private final long number;
    private final long recordedAt;
    private final byte[] bytes;

    ExpectedMessage(long number, long recordedAt, byte[] bytes) {
        this.number = number;
        this.recordedAt = recordedAt;
        this.bytes = bytes;
    }

    /** Returns the number of the message in its recorded session, from 1, both directions counted. */
    public long number() {
        return number;
    }

    /**
     * Returns when it was recorded, in nanoseconds since its recording began. Runs of a recorder stand one behind the other,
     * so that the messages of all connections can be put in order by it.
     */
    public long recordedAt() {
        return recordedAt;
    }

    /** Returns the message's length in bytes, type and length field included. */
    public int length() {
        return bytes.length;
    }

    /** Returns the message's bytes, which may not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Compares what came with this message from its byte {@code at} on.
     *
     * @return how many bytes are equal before the first that differs; {@code to - from}, or what is left of the
     *     message if that is less, when none differs
     */
    public int equalBytes(int at, byte[] buffer, int from, int to) {
        int compared = Math.min(to - from, bytes.length - at);
        int differs = Arrays.mismatch(bytes, at, at + compared, buffer, from, from + compared);
        return differs < 0 ? compared : differs;
    }
}
