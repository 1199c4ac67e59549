package org.pgreel.scenarios.sweep;

import java.util.List;
import org.pgreel.protocol.wire.Direction;

/**
 * One of each message that may be put into a stream, in the notation: those that may come at any time, and the others,
 * which are illegal nearly everywhere. The numbers in them are no golden session's.
 */
final class InsertedMessages {
    private static final List<String> BACKEND = List.of(
            "NoticeResponse NOTICE 01000 \"inserted\"",
            "NotificationResponse 77 \"inserted\" \"inserted\"",
            "ParameterStatus \"inserted\" \"on\"",
            "ErrorResponse ERROR XX000 \"inserted\"",
            "ErrorResponse FATAL 57P01 \"inserted\"",
            "ReadyForQuery I",
            "ReadyForQuery T",
            "RowDescription n:int4",
            "DataRow \"1000000\"",
            "CommandComplete \"SELECT 1000000\"",
            "EmptyQueryResponse",
            "PortalSuspended",
            "ParseComplete",
            "BindComplete",
            "CloseComplete",
            "NoData",
            "ParameterDescription",
            "CopyInResponse text [text]",
            "CopyOutResponse text [text]",
            "CopyBothResponse text [text]",
            "CopyData \"1000000\\n\"",
            "CopyDone",
            "FunctionCallResponse \"1000000\"",
            "BackendKeyData 77 x\"00000077\"",
            "NegotiateProtocolVersion 3.0",
            "AuthenticationOk",
            "AuthenticationCleartextPassword",
            "AuthenticationMD5Password x\"01020304\"",
            "AuthenticationSASL \"SCRAM-SHA-256\"",
            "AuthenticationSASLContinue \"r=inserted,s=AAAA,i=1\"",
            "AuthenticationSASLFinal \"v=AAAA\"",
            "AuthenticationGSS",
            "raw x\"7e0000000831303030\"");

    private static final List<String> FRONTEND = List.of(
            "Query \"select 1000000\"",
            "Parse \"\" \"select 1000000\"",
            "Bind",
            "Describe P",
            "Execute",
            "Close S \"inserted\"",
            "Flush",
            "Sync",
            "FunctionCall 77",
            "CopyData \"1000000\\n\"",
            "CopyDone",
            "CopyFail \"inserted\"",
            "PasswordMessage \"inserted\"",
            "Terminate",
            "raw x\"7e0000000831303030\"");

    private InsertedMessages() {}

    /** Returns the messages of that direction, without its letter. */
    static List<String> of(Direction direction) {
        return direction == Direction.BACKEND ? BACKEND : FRONTEND;
    }
}
