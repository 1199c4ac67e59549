package org.pgreel.scenarios.fuzz;

import java.util.Arrays;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.protocol.message.FrontendMessageDecoder;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.PasswordKind;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageWriter;

/** Single messages, a type byte and a body: what is decoded encodes to the same bytes, and so does its line in the notation. */
final class MessagesTarget {
    private MessagesTarget() {}

    /** Type and body. */
    static void backend(byte[] input) {
        if (input.length < 1) {
            return;
        }
        Message message;
        try {
            message = BackendMessageDecoder.decode(input[0], input, 1, input.length);
        } catch (MalformedMessageException refused) {
            return;
        }
        returns(Direction.BACKEND, message, typed(input[0], input, 1));
    }

    /** How a password is to be read, type, and body. */
    static void frontend(byte[] input) {
        if (input.length < 2) {
            return;
        }
        PasswordKind kind = PasswordKind.values()[input[0] & 3];
        Message message;
        try {
            message = FrontendMessageDecoder.decode(input[1], input, 2, input.length, kind);
        } catch (MalformedMessageException refused) {
            return;
        }
        returns(Direction.FRONTEND, message, typed(input[1], input, 2));
    }

    /** A body. */
    static void untyped(byte[] input) {
        Message message;
        try {
            message = FrontendMessageDecoder.decodeUntyped(input, 0, input.length);
        } catch (MalformedMessageException refused) {
            return;
        }
        Bytes wire = new MessageWriter()
                .beginUntyped()
                .writeBytes(input, 0, input.length)
                .end()
                .toBytes();
        returns(Direction.FRONTEND, message, wire);
    }

    private static Bytes typed(byte type, byte[] input, int bodyFrom) {
        return new MessageWriter()
                .begin(type)
                .writeBytes(input, bodyFrom, input.length)
                .end()
                .toBytes();
    }

    private static void returns(Direction direction, Message message, Bytes wire) {
        var out = new MessageWriter();
        message.encode(out);
        FuzzTarget.same(message.name() + " encoded", wire.hex(), out.toBytes().hex());
        var line = new StringBuilder();
        TranscriptWriter.showingSecrets(line).message(direction, message);
        Bytes read = TranscriptParser.parse(line.toString()).bytes(direction);
        FuzzTarget.same("the bytes of " + line, wire.hex(), read.hex());
        TranscriptWriter.line(direction, message);
        FuzzTarget.same("hash", message.hashCode(), message.hashCode());
        if (Arrays.asList(message.toString(), message.name()).contains("")) {
            throw new AssertionError("a message without a name");
        }
    }
}
