package org.pgreel.replay.source;

import org.pgreel.replay.report.RecordedConnectionId;

/** Something besides the client's own messages for which recorded bytes wait when they are played. */
public sealed interface Gate {

    /**
     * The bytes are the answer to a cancelled statement: they wait for the client's own CancelRequest.
     *
     * @param cancels how many CancelRequests must have come for this connection
     */
    record Cancelled(int cancels) implements Gate {}

    /**
     * The bytes are a notification that another recorded connection sent: they wait for its NOTIFY.
     *
     * @param sender who sent it
     * @param messages how many frontend messages the sender must have sent, those of its login not counted
     */
    record Notified(RecordedConnectionId sender, int messages) implements Gate {}
}
