package org.pgreel.recorder.journal;

import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionOpened;

/**
 * What the one who recorded a session knows of it when it is over, so that it need not be read to tell it.
 *
 * @param opened its first event
 * @param closed its last event
 * @param chain the checksum of its last event
 * @param user the user that it logged in as; empty if no StartupMessage came
 * @param database the database that it named; empty if it named none
 * @param statements how many Query, Execute and FunctionCall messages the frontend sent
 * @param counted whether all messages could be told apart; if not, the counts are only those of the recorder
 */
public record SessionEnd(
        SessionOpened opened,
        SessionClosed closed,
        int chain,
        String user,
        String database,
        long statements,
        boolean counted) {

    /** Returns how many messages both sides sent. */
    public long messages() {
        return closed.totals().messagesWritten() + closed.totals().messagesRead();
    }
}
