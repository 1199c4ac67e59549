package org.pgreel.protocol.transcript;

import static org.pgreel.protocol.transcript.Slot.optional;
import static org.pgreel.protocol.transcript.Slot.required;
import static org.pgreel.protocol.transcript.Slot.spread;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationGSS;
import org.pgreel.protocol.message.AuthenticationGSSContinue;
import org.pgreel.protocol.message.AuthenticationKerberosV5;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.AuthenticationSSPI;
import org.pgreel.protocol.message.AuthenticationUnknown;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyBothResponse;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FunctionCallResponse;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.UnknownMessage;

/** The messages of the backend and their fields. */
final class BackendForms {
    /** By the message's name. */
    static final Map<String, MessageForm<?>> ALL = new LinkedHashMap<>();

    private static final ValueType<List<Integer>> FORMATS = ValueType.group(SpreadType.FORMATS);

    static {
        authentication();
        results();
        copies();
        add(MessageForm.of(
                "BackendKeyData",
                required("pid", ValueType.INT32, BackendKeyData::processId),
                required("key", ValueType.BYTES, BackendKeyData::secretKey)
                        .secret(message -> Secrets.all(message.secretKey())),
                BackendKeyData::new));
        add(MessageForm.of(
                "ErrorResponse", spread("fields", SpreadType.ERROR_FIELDS, ErrorResponse::fields), ErrorResponse::new));
        add(MessageForm.of(
                "NoticeResponse",
                spread("fields", SpreadType.ERROR_FIELDS, NoticeResponse::fields),
                NoticeResponse::new));
        add(MessageForm.of(
                "NotificationResponse",
                required("pid", ValueType.INT32, NotificationResponse::processId),
                required("channel", ValueType.TEXT, NotificationResponse::channel),
                optional("payload", ValueType.TEXT, "", NotificationResponse::payload),
                NotificationResponse::new));
        add(MessageForm.of(
                "ParameterStatus",
                required("name", ValueType.TEXT, ParameterStatus::parameter),
                required("value", ValueType.TEXT, ParameterStatus::value),
                ParameterStatus::new));
        add(MessageForm.of(
                "NegotiateProtocolVersion",
                required("newest", ValueType.VERSION, NegotiateProtocolVersion::newestVersion),
                spread("options", SpreadType.TEXTS, NegotiateProtocolVersion::unrecognizedOptions),
                NegotiateProtocolVersion::new));
        add(MessageForm.of(
                "FunctionCallResponse",
                required(
                        "value",
                        ValueType.NULLABLE_BYTES,
                        (FunctionCallResponse message) -> Optional.ofNullable(message.value())),
                value -> new FunctionCallResponse(value.orElse(null))));
        add(MessageForm.of(
                "Unknown",
                required("type", ValueType.BYTE, UnknownMessage::type),
                required("body", ValueType.BYTES, UnknownMessage::body),
                UnknownMessage::new));
    }

    private BackendForms() {}

    private static void authentication() {
        add(MessageForm.of("SSLResponse", required("byte", ValueType.BYTE, SSLResponse::answer), SSLResponse::new));
        add(MessageForm.of(
                "GSSENCResponse", required("byte", ValueType.BYTE, GSSENCResponse::answer), GSSENCResponse::new));
        add(MessageForm.of("AuthenticationOk", AuthenticationOk::new));
        add(MessageForm.of("AuthenticationKerberosV5", AuthenticationKerberosV5::new));
        add(MessageForm.of("AuthenticationCleartextPassword", AuthenticationCleartextPassword::new));
        add(MessageForm.of(
                "AuthenticationMD5Password",
                required("salt", ValueType.BYTES, AuthenticationMD5Password::salt),
                AuthenticationMD5Password::new));
        add(MessageForm.of("AuthenticationGSS", AuthenticationGSS::new));
        add(MessageForm.of(
                "AuthenticationGSSContinue",
                required("data", ValueType.BYTES, AuthenticationGSSContinue::data)
                        .secret(message -> Secrets.all(message.data())),
                AuthenticationGSSContinue::new));
        add(MessageForm.of("AuthenticationSSPI", AuthenticationSSPI::new));
        add(MessageForm.of(
                "AuthenticationSASL",
                spread("mechanisms", SpreadType.TEXTS, AuthenticationSASL::mechanisms),
                AuthenticationSASL::new));
        add(MessageForm.of(
                "AuthenticationSASLContinue",
                required("data", ValueType.BYTES, AuthenticationSASLContinue::data)
                        .secret(Secrets::of),
                AuthenticationSASLContinue::new));
        add(MessageForm.of(
                "AuthenticationSASLFinal",
                required("data", ValueType.BYTES, AuthenticationSASLFinal::data).secret(Secrets::of),
                AuthenticationSASLFinal::new));
        add(MessageForm.of(
                "AuthenticationUnknown",
                required("code", ValueType.INT32, AuthenticationUnknown::code),
                required("data", ValueType.BYTES, AuthenticationUnknown::data)
                        .secret(message -> Secrets.all(message.data())),
                AuthenticationUnknown::new));
    }

    private static void results() {
        add(MessageForm.of(
                "ReadyForQuery",
                required("status", ValueType.STATUS, ReadyForQuery::transactionStatus),
                ReadyForQuery::new));
        add(MessageForm.of(
                "RowDescription", spread("columns", SpreadType.COLUMNS, RowDescription::columns), RowDescription::new));
        add(MessageForm.of("DataRow", spread("values", SpreadType.VALUES, DataRow::values), DataRow::new));
        add(MessageForm.of(
                "CommandComplete", required("tag", ValueType.BYTES, CommandComplete::tagBytes), CommandComplete::new));
        add(MessageForm.of("EmptyQueryResponse", EmptyQueryResponse::new));
        add(MessageForm.of("ParseComplete", ParseComplete::new));
        add(MessageForm.of("BindComplete", BindComplete::new));
        add(MessageForm.of("CloseComplete", CloseComplete::new));
        add(MessageForm.of("PortalSuspended", PortalSuspended::new));
        add(MessageForm.of("NoData", NoData::new));
        add(MessageForm.of(
                "ParameterDescription",
                spread("types", SpreadType.TYPES, ParameterDescription::types),
                ParameterDescription::new));
    }

    private static void copies() {
        add(MessageForm.of(
                "CopyInResponse",
                required("format", ValueType.FORMAT, CopyInResponse::format),
                optional("formats", FORMATS, List.of(), CopyInResponse::columnFormats),
                CopyInResponse::new));
        add(MessageForm.of(
                "CopyOutResponse",
                required("format", ValueType.FORMAT, CopyOutResponse::format),
                optional("formats", FORMATS, List.of(), CopyOutResponse::columnFormats),
                CopyOutResponse::new));
        add(MessageForm.of(
                "CopyBothResponse",
                required("format", ValueType.FORMAT, CopyBothResponse::format),
                optional("formats", FORMATS, List.of(), CopyBothResponse::columnFormats),
                CopyBothResponse::new));
        add(MessageForm.of("CopyData", required("data", ValueType.BYTES, CopyData::data), CopyData::new));
        add(MessageForm.of("CopyDone", CopyDone::new));
    }

    private static void add(MessageForm<? extends Message> form) {
        ALL.put(form.name(), form);
    }
}
