package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageReader;

/** Makes messages of the bodies of frames that the frontend sent; every body must be used up to its last byte. */
public final class FrontendMessageDecoder {
    private FrontendMessageDecoder() {}

    /**
     * Decodes a message that has a type byte; it shares the buffer.
     *
     * @param from where the body begins, behind type and length
     * @param to where it ends (exclusive)
     * @param passwordKind how to read the type {@code 'p'}
     * @throws MalformedMessageException when the body is not what the type demands
     */
    public static FrontendMessage decode(byte type, byte[] buffer, int from, int to, PasswordKind passwordKind) {
        MessageReader body = new MessageReader(nameOf(type, passwordKind), buffer, from, to);
        FrontendMessage message = type == PasswordMessage.TYPE ? decode(passwordKind, body) : decode(type, body);
        body.requireExhausted();
        return message;
    }

    /**
     * Decodes a message without a type byte, one of those that begin a connection; it shares the buffer.
     *
     * @param from where the body begins, behind the length
     * @param to where it ends (exclusive)
     * @throws MalformedMessageException when it is none of them
     */
    public static FrontendMessage decodeUntyped(byte[] buffer, int from, int to) {
        MessageReader header = MessageReader.untyped("StartupMessage", buffer, from, to);
        int code = header.readInt32();
        MessageReader body = header.named(untypedNameOf(code));
        FrontendMessage message = decodeUntyped(code, body);
        body.requireExhausted();
        return message;
    }

    private static FrontendMessage decodeUntyped(int code, MessageReader body) {
        return switch (code) {
            case SSLRequest.CODE -> SSLRequest.decode(body);
            case GSSENCRequest.CODE -> GSSENCRequest.decode(body);
            case CancelRequest.CODE -> CancelRequest.decode(body);
            default -> {
                body.require(code >>> 16 == 3, "protocol " + (code >>> 16) + "." + (code & 0xFFFF) + " is not known");
                yield StartupMessage.decode(code, body);
            }
        };
    }

    private static String untypedNameOf(int code) {
        return switch (code) {
            case SSLRequest.CODE -> "SSLRequest";
            case GSSENCRequest.CODE -> "GSSENCRequest";
            case CancelRequest.CODE -> "CancelRequest";
            default -> "StartupMessage";
        };
    }

    private static FrontendMessage decode(PasswordKind kind, MessageReader body) {
        return switch (kind) {
            case PASSWORD -> PasswordMessage.decode(body);
            case SASL_INITIAL -> SASLInitialResponse.decode(body);
            case SASL -> SASLResponse.decode(body);
            case GSS -> GSSResponse.decode(body);
        };
    }

    private static FrontendMessage decode(byte type, MessageReader body) {
        return switch (type) {
            case Bind.TYPE -> Bind.decode(body);
            case Execute.TYPE -> Execute.decode(body);
            case Sync.TYPE -> Sync.decode(body);
            case Query.TYPE -> Query.decode(body);
            case Parse.TYPE -> Parse.decode(body);
            case Describe.TYPE -> Describe.decode(body);
            case CopyData.TYPE -> CopyData.decode(body);
            case Close.TYPE -> Close.decode(body);
            case Flush.TYPE -> Flush.decode(body);
            case FunctionCall.TYPE -> FunctionCall.decode(body);
            case CopyDone.TYPE -> CopyDone.decode(body);
            case CopyFail.TYPE -> CopyFail.decode(body);
            case Terminate.TYPE -> Terminate.decode(body);
            default -> new UnknownMessage(type, body.readRest());
        };
    }

    private static String nameOf(byte type, PasswordKind kind) {
        return switch (type) {
            case Bind.TYPE -> "Bind";
            case Execute.TYPE -> "Execute";
            case Sync.TYPE -> "Sync";
            case Query.TYPE -> "Query";
            case Parse.TYPE -> "Parse";
            case Describe.TYPE -> "Describe";
            case CopyData.TYPE -> "CopyData";
            case Close.TYPE -> "Close";
            case Flush.TYPE -> "Flush";
            case FunctionCall.TYPE -> "FunctionCall";
            case CopyDone.TYPE -> "CopyDone";
            case CopyFail.TYPE -> "CopyFail";
            case Terminate.TYPE -> "Terminate";
            case PasswordMessage.TYPE ->
                switch (kind) {
                    case PASSWORD -> "PasswordMessage";
                    case SASL_INITIAL -> "SASLInitialResponse";
                    case SASL -> "SASLResponse";
                    case GSS -> "GSSResponse";
                };
            default -> "Unknown";
        };
    }
}
