package org.pgreel.replay.fault;

import java.util.List;
import java.util.Map;

/**
 * The names of the fields that a fault or {@code !field=value} can change in a message on the wire. A list has its
 * {@code count}, which goes by the list's name too.
 */
public final class WireFields {
    private static final List<String> NUMBERS = List.of(
            "length", "pid", "count", "columns", "values", "types", "formats", "format", "version", "options", "code");

    private static final Map<String, List<String>> BODIES = Map.ofEntries(
            Map.entry("BackendKeyData", List.of("pid", "key")),
            Map.entry("ParameterStatus", List.of("name", "value")),
            Map.entry("ReadyForQuery", List.of("status")),
            Map.entry("RowDescription", List.of("count", "columns")),
            Map.entry("DataRow", List.of("count", "columns", "values")),
            Map.entry("ParameterDescription", List.of("count", "types")),
            Map.entry("CommandComplete", List.of("tag")),
            Map.entry("NotificationResponse", List.of("pid", "channel", "payload")),
            Map.entry("CopyInResponse", List.of("format", "count", "formats")),
            Map.entry("CopyOutResponse", List.of("format", "count", "formats")),
            Map.entry("CopyBothResponse", List.of("format", "count", "formats")),
            Map.entry("NegotiateProtocolVersion", List.of("version", "count", "options")),
            Map.entry("ErrorResponse", List.of("severity", "sqlstate", "message")),
            Map.entry("NoticeResponse", List.of("severity", "sqlstate", "message")),
            Map.entry("CopyData", List.of("data")),
            Map.entry("Unknown", List.of("body")),
            Map.entry("AuthenticationMD5Password", List.of("code", "salt")),
            Map.entry("AuthenticationSASL", List.of("code", "mechanisms")));

    private WireFields() {}

    /** Returns the fields of the message in the order of the wire. */
    public static List<String> of(String message) {
        if (message.equals("SSLResponse") || message.equals("GSSENCResponse")) {
            return List.of("byte");
        }
        List<String> authentication = message.startsWith("Authentication") ? List.of("code", "data") : List.of();
        var fields = new java.util.ArrayList<>(List.of("type", "length"));
        fields.addAll(BODIES.getOrDefault(message, authentication));
        return fields;
    }

    /** Tells whether the name is the letter of an error's or a notice's field. */
    public static boolean letter(String message, String field) {
        return (message.equals("ErrorResponse") || message.equals("NoticeResponse")) && field.length() == 1;
    }

    /** Tells whether the field is an integer, which a number says and bytes may say too. */
    public static boolean isNumber(String field) {
        return NUMBERS.contains(field);
    }
}
