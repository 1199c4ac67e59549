package org.pgreel.replay.source;

import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.wire.Direction;

/**
 * Tells for each recorded backend message which frontend messages it answers, by folding the conversation.
 *
 * <p>Where a recorded conversation breaks the protocol, its causes cannot be known: from there to the next
 * ReadyForQuery the order of the recording holds.
 */
final class CausalOrder {
    private Conversation conversation = Conversation.begin();

    void after(FrontendMessage message) {
        conversation = conversation.after(message);
    }

    /** Returns how many frontend messages, from the connection's first on, must come before this answer. */
    long after(BackendMessage message) {
        long answers = conversation.answers(message);
        conversation = conversation.after(message);
        if (message instanceof ReadyForQuery ready && conversation instanceof Violated violated) {
            conversation = violated.resumedAt(ready);
        }
        return answers;
    }

    /** A message that is too long to be decoded was sent by the frontend. */
    void afterOversizedFrontend(byte type) {
        conversation = conversation.afterOversized(Direction.FRONTEND, type);
    }

    /** As {@link #after(BackendMessage)}, for a message that is too long to be decoded. */
    long afterOversizedBackend(byte type) {
        long answers = conversation.answersOversized(type);
        conversation = conversation.afterOversized(Direction.BACKEND, type);
        return answers;
    }
}
