package org.pgreel.scenarios.check;

import java.util.List;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.play.PlayOutcome;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.PlayedConnection;

/** In what way a client did not follow a script. */
enum Deviation {
    /** It followed it. */
    NONE,
    /** It did nothing for as long as the script gave it, where it had to end. */
    HUNG,
    /** It sent something where it had to end, or to be silent. */
    WENT_ON,
    /** It sent what the script forbids. */
    FORBIDDEN,
    /** It ended before the script did. */
    LEFT,
    /** It speaks the protocol in another way than the script has it, or knows another password. */
    ANOTHER_WAY,
    /** The script itself could not be played on. */
    UNPLAYABLE,
    /** Nothing is wrong, but a part of the script was not reached. */
    NOT_REACHED;

    private static final List<String> ENDS = List.of("F end", "F eof", "F reset");
    private static final List<String> LEAVES =
            List.of("F eof", "F reset", "F Terminate", "F tls fails", "the end of the stream");

    /** Returns in what way the first connection that departed did. */
    static Deviation of(PlayReport report) {
        for (PlayedConnection connection : report.connections()) {
            Mismatch mismatch = connection.mismatch();
            if (mismatch != null && connection.outcome() == PlayOutcome.DEPARTED) {
                return of(mismatch);
            }
            if (connection.outcome() == PlayOutcome.DEPARTED) {
                return UNPLAYABLE;
            }
            if (connection.outcome() == PlayOutcome.CUT_SHORT) {
                return LEFT;
            }
        }
        return report.passed() ? NONE : NOT_REACHED;
    }

    /** Returns in what way a connection departed. */
    static Deviation of(Mismatch mismatch) {
        String got = mismatch.got();
        boolean end = awaitsEnd(mismatch);
        if (!mismatch.expected().isEmpty() && mismatch.expected().get(0).startsWith("never ")) {
            return FORBIDDEN;
        }
        if (got.startsWith("nothing within")) {
            return end ? HUNG : NOT_REACHED;
        }
        if (LEAVES.stream().anyMatch(got::startsWith)) {
            return LEFT;
        }
        if (!got.startsWith("F ")) {
            return UNPLAYABLE;
        }
        return end || awaits(mismatch, List.of("F silent")) ? WENT_ON : ANOTHER_WAY;
    }

    /** Tells whether the end of the connection, or nothing at all, was awaited. */
    static boolean awaitsEnd(Mismatch mismatch) {
        return mismatch.expected().isEmpty() || awaits(mismatch, ENDS);
    }

    private static boolean awaits(Mismatch mismatch, List<String> lines) {
        return mismatch.expected().stream().anyMatch(line -> lines.stream().anyMatch(line::startsWith));
    }
}
