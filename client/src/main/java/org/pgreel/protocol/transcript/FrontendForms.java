package org.pgreel.protocol.transcript;

import static org.pgreel.protocol.transcript.Slot.named;
import static org.pgreel.protocol.transcript.Slot.optional;
import static org.pgreel.protocol.transcript.Slot.required;
import static org.pgreel.protocol.transcript.Slot.spread;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.GSSResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.message.UnknownMessage;
import org.pgreel.protocol.message.Values;

/** The messages of the frontend and their fields. */
final class FrontendForms {
    /** By the message's name. */
    static final Map<String, MessageForm<?>> ALL = new LinkedHashMap<>();

    private static final ValueType<List<Integer>> FORMATS = ValueType.group(SpreadType.FORMATS);
    private static final ValueType<List<Integer>> TYPES = ValueType.group(SpreadType.TYPES);
    private static final ValueType<Values> VALUES = ValueType.group(SpreadType.VALUES);

    static {
        add(MessageForm.of(
                "StartupMessage",
                required("version", ValueType.VERSION, StartupMessage::version),
                spread("parameters", SpreadType.PARAMETERS, StartupMessage::parameters),
                StartupMessage::new));
        add(MessageForm.of("SSLRequest", SSLRequest::new));
        add(MessageForm.of("GSSENCRequest", GSSENCRequest::new));
        add(MessageForm.of(
                "CancelRequest",
                required("pid", ValueType.INT32, CancelRequest::processId),
                required("key", ValueType.BYTES, CancelRequest::secretKey)
                        .secret(message -> Secrets.all(message.secretKey())),
                CancelRequest::new));
        add(MessageForm.of(
                "PasswordMessage",
                required("password", ValueType.TEXT, PasswordMessage::password).secret(Secrets::of),
                PasswordMessage::new));
        add(MessageForm.of(
                "SASLInitialResponse",
                required("mechanism", ValueType.TEXT, SASLInitialResponse::mechanism),
                optional(
                                "data",
                                ValueType.NULLABLE_BYTES,
                                Optional.empty(),
                                (SASLInitialResponse message) -> Optional.ofNullable(message.data()))
                        .secret(Secrets::of),
                (mechanism, data) -> new SASLInitialResponse(mechanism, data.orElse(null))));
        add(MessageForm.of(
                "SASLResponse",
                required("data", ValueType.BYTES, SASLResponse::data).secret(Secrets::of),
                SASLResponse::new));
        add(MessageForm.of(
                "GSSResponse",
                required("data", ValueType.BYTES, GSSResponse::data).secret(message -> Secrets.all(message.data())),
                GSSResponse::new));
        queries();
        copies();
        add(MessageForm.of("Terminate", Terminate::new));
        add(MessageForm.of(
                "Unknown",
                required("type", ValueType.BYTE, UnknownMessage::type),
                required("body", ValueType.BYTES, UnknownMessage::body),
                UnknownMessage::new));
    }

    private FrontendForms() {}

    private static void queries() {
        add(MessageForm.of("Query", required("sql", ValueType.TEXT, Query::sql), Query::new));
        add(MessageForm.of(
                "Parse",
                required("statement", ValueType.TEXT, Parse::statement),
                required("sql", ValueType.TEXT, Parse::sql),
                optional("types", TYPES, List.of(), Parse::parameterTypes),
                Parse::new));
        add(MessageForm.of(
                "Bind",
                optional("portal", ValueType.TEXT, "", Bind::portal),
                optional("statement", ValueType.TEXT, "", Bind::statement),
                named("formats", FORMATS, List.of(), Bind::parameterFormats),
                named("values", VALUES, Values.EMPTY, Bind::parameters),
                named("results", FORMATS, List.of(), Bind::resultFormats),
                Bind::new));
        add(MessageForm.of(
                "Describe",
                required("target", ValueType.TARGET, Describe::target),
                optional("name", ValueType.TEXT, "", Describe::targetName),
                Describe::new));
        add(MessageForm.of(
                "Close",
                required("target", ValueType.TARGET, Close::target),
                optional("name", ValueType.TEXT, "", Close::targetName),
                Close::new));
        add(MessageForm.of(
                "Execute",
                optional("portal", ValueType.TEXT, "", Execute::portal),
                optional("rows", ValueType.INT32, 0, Execute::maxRows),
                Execute::new));
        add(MessageForm.of("Flush", Flush::new));
        add(MessageForm.of("Sync", Sync::new));
        add(MessageForm.of(
                "FunctionCall",
                required("function", ValueType.OID, FunctionCall::function),
                named("formats", FORMATS, List.of(), FunctionCall::argumentFormats),
                named("arguments", VALUES, Values.EMPTY, FunctionCall::arguments),
                named("result", ValueType.FORMAT, FormatCode.TEXT, FunctionCall::resultFormat),
                FunctionCall::new));
    }

    private static void copies() {
        add(MessageForm.of("CopyData", required("data", ValueType.BYTES, CopyData::data), CopyData::new));
        add(MessageForm.of("CopyDone", CopyDone::new));
        add(MessageForm.of("CopyFail", required("reason", ValueType.TEXT, CopyFail::reason), CopyFail::new));
    }

    private static void add(MessageForm<? extends Message> form) {
        ALL.put(form.name(), form);
    }
}
