package org.pgreel.replay.engine;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FrontendMessageDecoder;
import org.pgreel.protocol.message.PasswordKind;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.replay.source.ExpectedMessage;

/** Says in what a message that came differs from the one that was recorded. */
final class DepartingMessage {
    /** A longer message is told by its length alone. */
    static final int BYTES_MAX = 1 << 20;

    private static final int HEADER = 5;
    private static final byte TERMINATE = 'X';

    private DepartingMessage() {}

    static boolean isTerminate(MessageBuffer came) {
        return came.type() == TERMINATE && came.total() == HEADER;
    }

    /**
     * Compares the messages field by field.
     *
     * @param expected the recorded message; null if the recording has ended
     * @param came the message that came, complete or refused
     * @return the first difference; null if every field is equal
     */
    static @Nullable MessageDifference difference(@Nullable ExpectedMessage expected, MessageBuffer came) {
        FrontendMessage got = came.complete() ? decoded(came.array(), came.length()) : null;
        if (expected == null) {
            String name = got == null ? "message" : got.name();
            return new MessageDifference(name, "nothing more, the recording ends here", told(got, came));
        }
        FrontendMessage wanted = expected.length() <= BYTES_MAX ? decoded(expected.bytes(), expected.length()) : null;
        if (wanted != null && got != null) {
            return wanted.equals(got) ? null : MessageDifference.between(wanted, got);
        }
        String told = wanted == null ? undecoded(expected.bytes()[0], expected.length()) : MessageLine.of(wanted);
        return new MessageDifference(wanted == null ? "message" : wanted.name(), told, told(got, came));
    }

    private static String told(@Nullable FrontendMessage got, MessageBuffer came) {
        return got == null ? undecoded(came.type(), came.total()) : MessageLine.of(got);
    }

    private static String undecoded(byte type, long length) {
        boolean printable = type > ' ' && type < 0x7F;
        String shown = printable ? "'" + (char) type + "'" : String.format("0x%02x", type);
        return "a message of type " + shown + " and " + length + " bytes that cannot be shown";
    }

    /** Decodes the message that the array begins with; null if it is malformed. */
    static @Nullable FrontendMessage decoded(byte[] message, int length) {
        return decoded(message, 0, length);
    }

    /** Decodes the message that lies there; null if it is malformed. It shares the array. */
    static @Nullable FrontendMessage decoded(byte[] buffer, int from, int to) {
        try {
            return FrontendMessageDecoder.decode(buffer[from], buffer, from + HEADER, to, PasswordKind.PASSWORD);
        } catch (MalformedMessageException malformed) {
            return null;
        }
    }
}
