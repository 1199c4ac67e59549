package org.pgreel.scenarios.sweep;

import org.pgreel.protocol.wire.Bytes;

/**
 * What happens to a stream at a point. Immutable.
 *
 * @param word its name, unique, as {@code --effects} takes it
 * @param kind what kind it is of
 * @param mask for a corrupted byte, the bits that are turned
 * @param message for a message that is put in, its bytes
 */
public record Tamper(String word, Kind kind, int mask, Bytes message) {
    /** What it does. */
    public enum Kind {
        /** The connection is reset, at both ends. */
        RESET,
        /** The stream ends, and the other direction goes on. */
        EOF,
        /** Nothing comes for an hour, and then everything. */
        STALL,
        /** From here on each byte comes by itself. */
        BYTES,
        /** From here on what comes within 40 ms comes in one piece. */
        COALESCE,
        /** A byte has other bits. */
        CORRUPT,
        /** The message never comes. */
        OMIT,
        /** The message comes twice. */
        DUPLICATE,
        /** The message comes behind the next. */
        SWAP,
        /** Another message comes together with the one behind the boundary. */
        INSERT,
        /** Another message comes together with the one before the boundary. */
        APPEND;

        /** Tells whether it stands between messages, so that a byte inside of one is no point for it. */
        public boolean ofMessages() {
            return compareTo(OMIT) >= 0;
        }
    }

    /** The name alone. */
    @Override
    public String toString() {
        return word;
    }
}
