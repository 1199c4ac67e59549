package org.pgreel.recorder.projection;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * Where the conversation of one connection stands after a message. A violation is noted, and the conversation goes on at
 * the next ReadyForQuery, so that what lies behind a pooler's deviation has a state too.
 *
 * @param conversation the conversation
 * @param violation the last message that broke the protocol; null if none did
 * @param violations how many did
 */
record ConversationFold(Conversation conversation, @Nullable Violation violation, long violations) {

    static final ConversationFold BEGIN = new ConversationFold(Conversation.begin(), null, 0);

    ConversationFold after(RecordedMessage message) {
        Conversation next = next(message);
        Violated violated = next.violation();
        if (violated == null) {
            return next == conversation ? this : new ConversationFold(next, violation, violations);
        }
        ConversationFold noted = conversation.isViolated()
                ? new ConversationFold(next, violation, violations)
                : new ConversationFold(next, noted(message, violated), violations + 1);
        return noted.resumed(message, violated);
    }

    private Conversation next(RecordedMessage message) {
        if (message.content() instanceof RecordedMessage.Decoded decoded) {
            return conversation.after(message.direction(), decoded.message());
        }
        if (message.content() instanceof RecordedMessage.Oversized oversized) {
            return conversation.afterOversized(message.direction(), oversized.type());
        }
        return conversation;
    }

    private static Violation noted(RecordedMessage message, Violated violated) {
        return new Violation(
                message.number(),
                message.connection(),
                violated.direction(),
                violated.messageName(),
                violated.reason(),
                0);
    }

    private ConversationFold resumed(RecordedMessage message, Violated violated) {
        Violation last = violation;
        return last != null
                        && message.content() instanceof RecordedMessage.Decoded decoded
                        && decoded.message() instanceof ReadyForQuery ready
                ? new ConversationFold(violated.resumedAt(ready), last.resumed(message.number()), violations)
                : this;
    }
}
