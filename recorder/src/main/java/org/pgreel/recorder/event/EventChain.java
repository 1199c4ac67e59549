package org.pgreel.recorder.event;

import java.util.zip.CRC32C;

/** The chain of checksums that ties the events of a session together. */
final class EventChain {

    private EventChain() {}

    /**
     * Returns the checksum of an event.
     *
     * @param checksum what to compute with; reset before use
     * @param previous the checksum of the session's previous event, 0 for its first
     * @param buffer the array that holds the event
     * @param from index of its first byte
     * @param to index behind its body
     */
    static int next(CRC32C checksum, int previous, byte[] buffer, int from, int to) {
        checksum.reset();
        checksum.update(previous >>> 24);
        checksum.update(previous >>> 16);
        checksum.update(previous >>> 8);
        checksum.update(previous);
        checksum.update(buffer, from, to - from);
        return (int) checksum.getValue();
    }
}
