package org.pgreel.session;

import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.wire.Direction;

/** Holds the session's {@link Conversation} and ends the session when the server says what it may not. */
final class Dialogue {

    private Conversation conversation = Conversation.begin();

    /** Another connection begins. */
    void restart() {
        conversation = Conversation.begin();
    }

    /** The client says something; whoever calls this knows that it may. */
    void said(FrontendMessage message) {
        Conversation next = conversation.after(message);
        Violated violation = next.violation();
        if (violation != null) {
            throw new IllegalStateException(
                    "the client itself broke the protocol: " + violation.reason() + "; please report this");
        }
        conversation = next;
    }

    /** The server said something. */
    void heard(BackendMessage message) {
        accept(conversation.after(message));
    }

    /** The server said something too large to be held. */
    void heardOversized(byte type) {
        accept(conversation.afterOversized(Direction.BACKEND, type));
    }

    private void accept(Conversation next) {
        Violated violation = next.violation();
        if (violation != null) {
            throw SessionEnd.violation(violation.reason());
        }
        conversation = next;
    }
}
