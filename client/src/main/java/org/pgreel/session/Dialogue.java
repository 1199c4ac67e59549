package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.RunningConversation;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.wire.Direction;

/** Follows the session's conversation and ends the session when the server says what it may not. */
final class Dialogue {

    private RunningConversation conversation = new RunningConversation();
    private int syncsUnsent;

    /** Another connection begins. */
    void restart() {
        conversation = new RunningConversation();
    }

    /** The client says something; whoever calls this knows that it may. */
    void said(FrontendMessage message) {
        Violated violation = conversation.said(message);
        if (violation != null) {
            throw new IllegalStateException(
                    "the client itself broke the protocol: " + violation.reason() + "; please report this");
        }
    }

    /** So many of the Syncs that the client has said are not on their way yet. */
    void syncsUnsent(int count) {
        syncsUnsent = count;
    }

    /** The server said something. */
    void heard(BackendMessage message) {
        if (syncsUnsent > 0
                && message instanceof ReadyForQuery
                && conversation.value().readyOwed().most() <= syncsUnsent) {
            throw SessionEnd.violation("ReadyForQuery, but the Sync that it would answer was not sent yet");
        }
        require(conversation.heard(message));
    }

    /** The server said something too large to be held. */
    void heardOversized(byte type) {
        require(conversation.oversized(Direction.BACKEND, type));
    }

    private static void require(@Nullable Violated violation) {
        if (violation != null) {
            throw SessionEnd.violation(violation.reason());
        }
    }
}
