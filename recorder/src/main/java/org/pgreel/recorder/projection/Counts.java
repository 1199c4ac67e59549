package org.pgreel.recorder.projection;

import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * How much was said, in whole messages.
 *
 * @param frontendMessages messages of the frontend
 * @param backendMessages messages of the backend
 * @param frontendBytes their bytes; of one that is oversized all, also those that come behind it in the journal
 * @param backendBytes the same of the backend
 * @param statements how many of the frontend's messages are Query, Execute and FunctionCall
 */
public record Counts(
        long frontendMessages, long backendMessages, long frontendBytes, long backendBytes, long statements) {

    /** Nothing was said. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts and(RecordedMessage message) {
        long bytes = message.end() - message.start();
        if (message.direction() == Direction.BACKEND) {
            return new Counts(frontendMessages, backendMessages + 1, frontendBytes, backendBytes + bytes, statements);
        }
        int statement = message.content() instanceof RecordedMessage.Decoded decoded && asks(decoded.message()) ? 1 : 0;
        return new Counts(
                frontendMessages + 1, backendMessages, frontendBytes + bytes, backendBytes, statements + statement);
    }

    private static boolean asks(Message message) {
        return message instanceof Query || message instanceof Execute || message instanceof FunctionCall;
    }

    /** Returns the messages of both sides. */
    public long messages() {
        return frontendMessages + backendMessages;
    }

    /** Returns the bytes of both sides. */
    public long bytes() {
        return frontendBytes + backendBytes;
    }
}
