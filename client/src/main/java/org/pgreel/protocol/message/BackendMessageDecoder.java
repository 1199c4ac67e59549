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
        if (type == DataRow.TYPE) {
            // On its own so that the reader does not escape: rows outnumber all other messages.
            MessageReader row = new MessageReader("DataRow", buffer, from, to);
            DataRow message = DataRow.decode(row);
            row.requireExhausted();
            return message;
        }
        MessageReader body = new MessageReader(nameOf(type), buffer, from, to);
        BackendMessage message = decode(type, body);
        body.requireExhausted();
        return message;
    }

    private static BackendMessage decode(byte type, MessageReader body) {
        return switch (type) {
            case CommandComplete.TYPE -> CommandComplete.decode(body);
            case ReadyForQuery.TYPE -> ReadyForQuery.decode(body);
            case BindComplete.TYPE -> BindComplete.decode(body);
            case ParseComplete.TYPE -> ParseComplete.decode(body);
            case RowDescription.TYPE -> RowDescription.decode(body);
            case CopyData.TYPE -> CopyData.decode(body);
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
            case CommandComplete.TYPE -> "CommandComplete";
            case ReadyForQuery.TYPE -> "ReadyForQuery";
            case BindComplete.TYPE -> "BindComplete";
            case ParseComplete.TYPE -> "ParseComplete";
            case RowDescription.TYPE -> "RowDescription";
            case CopyData.TYPE -> "CopyData";
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
