package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageReader;

/** Makes messages of the bodies of frames that the backend sent; every body must be used up to its last byte. */
public final class BackendMessageDecoder {
    private BackendMessageDecoder() {}

    /**
     * Decodes a message, which shares the buffer.
     *
     * @param type the type byte
     * @param from where the body begins, behind type and length
     * @param to where it ends (exclusive)
     * @throws MalformedMessageException when the body is not what the type demands
     */
    public static BackendMessage decode(byte type, byte[] buffer, int from, int to) {
        return switch (type) {
            case DataRow.TYPE -> row(buffer, from, to);
            case CommandComplete.TYPE -> completion(buffer, from, to);
            case ReadyForQuery.TYPE -> ready(buffer, from, to);
            case BindComplete.TYPE -> bound(buffer, from, to);
            case CopyData.TYPE -> copied(buffer, from, to);
            default -> other(type, buffer, from, to);
        };
    }

    // The frequent ones each on their own: so small that the reader need not be made at all.

    private static DataRow row(byte[] buffer, int from, int to) {
        MessageReader body = new MessageReader("DataRow", buffer, from, to);
        DataRow message = DataRow.decode(body);
        body.requireExhausted();
        return message;
    }

    private static CommandComplete completion(byte[] buffer, int from, int to) {
        MessageReader body = new MessageReader("CommandComplete", buffer, from, to);
        CommandComplete message = CommandComplete.decode(body);
        body.requireExhausted();
        return message;
    }

    private static ReadyForQuery ready(byte[] buffer, int from, int to) {
        MessageReader body = new MessageReader("ReadyForQuery", buffer, from, to);
        ReadyForQuery message = ReadyForQuery.decode(body);
        body.requireExhausted();
        return message;
    }

    private static BindComplete bound(byte[] buffer, int from, int to) {
        MessageReader body = new MessageReader("BindComplete", buffer, from, to);
        BindComplete message = BindComplete.decode(body);
        body.requireExhausted();
        return message;
    }

    private static CopyData copied(byte[] buffer, int from, int to) {
        MessageReader body = new MessageReader("CopyData", buffer, from, to);
        CopyData message = CopyData.decode(body);
        body.requireExhausted();
        return message;
    }

    private static BackendMessage other(byte type, byte[] buffer, int from, int to) {
        MessageReader body = new MessageReader(nameOf(type), buffer, from, to);
        BackendMessage message = decode(type, body);
        body.requireExhausted();
        return message;
    }

    private static BackendMessage decode(byte type, MessageReader body) {
        return switch (type) {
            case ParseComplete.TYPE -> ParseComplete.decode(body);
            case RowDescription.TYPE -> RowDescription.decode(body);
            case AuthenticationRequest.TYPE -> AuthenticationRequest.decode(body);
            case BackendKeyData.TYPE -> BackendKeyData.decode(body);
            case CloseComplete.TYPE -> CloseComplete.decode(body);
            case CopyInResponse.TYPE -> CopyInResponse.decode(body);
            case CopyOutResponse.TYPE -> CopyOutResponse.decode(body);
            case CopyBothResponse.TYPE -> CopyBothResponse.decode(body);
            case CopyDone.TYPE -> CopyDone.decode(body);
            case EmptyQueryResponse.TYPE -> EmptyQueryResponse.decode(body);
            case ErrorResponse.TYPE -> ErrorResponse.decode(body);
            case FunctionCallResponse.TYPE -> FunctionCallResponse.decode(body);
            case NegotiateProtocolVersion.TYPE -> NegotiateProtocolVersion.decode(body);
            case NoData.TYPE -> NoData.decode(body);
            case NoticeResponse.TYPE -> NoticeResponse.decode(body);
            case NotificationResponse.TYPE -> NotificationResponse.decode(body);
            case ParameterDescription.TYPE -> ParameterDescription.decode(body);
            case ParameterStatus.TYPE -> ParameterStatus.decode(body);
            case PortalSuspended.TYPE -> PortalSuspended.decode(body);
            default -> new UnknownMessage(type, body.readRest());
        };
    }

    private static String nameOf(byte type) {
        return switch (type) {
            case ParseComplete.TYPE -> "ParseComplete";
            case RowDescription.TYPE -> "RowDescription";
            case AuthenticationRequest.TYPE -> "Authentication";
            case BackendKeyData.TYPE -> "BackendKeyData";
            case CloseComplete.TYPE -> "CloseComplete";
            case CopyInResponse.TYPE -> "CopyInResponse";
            case CopyOutResponse.TYPE -> "CopyOutResponse";
            case CopyBothResponse.TYPE -> "CopyBothResponse";
            case CopyDone.TYPE -> "CopyDone";
            case EmptyQueryResponse.TYPE -> "EmptyQueryResponse";
            case ErrorResponse.TYPE -> "ErrorResponse";
            case FunctionCallResponse.TYPE -> "FunctionCallResponse";
            case NegotiateProtocolVersion.TYPE -> "NegotiateProtocolVersion";
            case NoData.TYPE -> "NoData";
            case NoticeResponse.TYPE -> "NoticeResponse";
            case NotificationResponse.TYPE -> "NotificationResponse";
            case ParameterDescription.TYPE -> "ParameterDescription";
            case ParameterStatus.TYPE -> "ParameterStatus";
            case PortalSuspended.TYPE -> "PortalSuspended";
            default -> "Unknown";
        };
    }
}
