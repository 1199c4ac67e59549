package org.pgreel.recorder.diff;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * One difference between two sessions.
 *
 * @param kind what differs
 * @param what what differs, as a sentence for people
 * @param left the message of the one session; null if it has none there
 * @param right the message of the other; null if it has none there
 */
public record Difference(
        Kind kind,
        String what,
        @Nullable RecordedMessage left,
        @Nullable RecordedMessage right) {

    /** What differs, and whether that is behaviour. */
    public enum Kind {
        /** A process id. */
        PID(true),
        /** A secret key of a backend. */
        KEY(true),
        /** What a login draws anew each time: nonce, salt, proof, signature. */
        NONCE(true),
        /** An OID that a database gives out by itself, from 16384 on. */
        OID(true),
        /** The name of a prepared statement or portal, if all its uses differ in the same way. */
        NAME(true),
        /** Where in the server's source a message comes from. */
        SOURCE(true),
        /** Values that are declared to differ from run to run, and stand for each other. */
        BOUND(true),
        /** How long what both did took. */
        TIMING(true),
        /** The SQLSTATE or severity of an error or notice. */
        SQLSTATE(false),
        /** The value of a row, a parameter or anything else that both sessions have. */
        VALUE(false),
        /** A round trip that one session has and the other has not. */
        ROUND_TRIP(false),
        /** A message within a round trip that one session has and the other has not. */
        MESSAGE(false),
        /** A whole session that one recording has and the other has not. */
        SESSION(false);

        private final boolean benign;

        Kind(boolean benign) {
            this.benign = benign;
        }

        /** Returns whether it changes from run to run by itself. */
        public boolean benign() {
            return benign;
        }
    }
}
