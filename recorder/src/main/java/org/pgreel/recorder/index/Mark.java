package org.pgreel.recorder.index;

import org.pgreel.recorder.verify.SessionCheck;

/**
 * A place behind a record of a session from which reading and folding can go on.
 *
 * @param position where that record lies
 * @param messages how many messages of the session were complete behind it
 * @param check where the check of the session's chain stands
 * @param snapshotAt where in the index its snapshot lies
 * @param snapshotLength how long that is
 * @param checksum CRC32C of the snapshot
 */
record Mark(
        long position, long messages, SessionCheck.Snapshot check, long snapshotAt, int snapshotLength, int checksum) {}
