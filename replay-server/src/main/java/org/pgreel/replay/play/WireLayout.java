package org.pgreel.replay.play;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgreel.protocol.message.BackendMessage;

/**
 * Where the fields of an encoded backend message lie, so that one can be changed on the wire and nothing else.
 *
 * <p>Every typed message has {@code type} and {@code length}; a list has its {@code count} and, under the same place, the
 * manual's name of the list.
 */
final class WireLayout {
    /**
     * The place of a field.
     *
     * @param from index of its first byte
     * @param to index behind its last
     * @param number whether it is an integer of that many bytes
     */
    record Place(int from, int to, boolean number) {}

    private final byte[] bytes;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private int at;

    private WireLayout(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the fields of the message by name, in the order of the wire. */
    static Map<String, Place> of(BackendMessage message, byte[] encoded) {
        var layout = new WireLayout(encoded);
        if (message.name().equals("SSLResponse") || message.name().equals("GSSENCResponse")) {
            layout.raw("byte", 1);
            return layout.places;
        }
        layout.raw("type", 1).number("length", 4);
        layout.body(message.name());
        return layout.places;
    }

    private void body(String name) {
        switch (name) {
            case "BackendKeyData" -> number("pid", 4).rest("key");
            case "ParameterStatus" -> string("name").string("value");
            case "ReadyForQuery" -> raw("status", 1);
            case "RowDescription" -> columns();
            case "DataRow" -> number("count", 2).alias("columns").alias("values");
            case "ParameterDescription" -> number("count", 2).alias("types");
            case "CommandComplete" -> string("tag");
            case "NotificationResponse" -> number("pid", 4).string("channel").string("payload");
            case "CopyInResponse", "CopyOutResponse", "CopyBothResponse" ->
                number("format", 1).number("count", 2).alias("formats");
            case "NegotiateProtocolVersion" ->
                number("version", 4).number("count", 4).alias("options");
            case "ErrorResponse", "NoticeResponse" -> diagnostic();
            case "CopyData" -> rest("data");
            case "Unknown" -> rest("body");
            default -> authentication(name);
        }
    }

    private void authentication(String name) {
        if (name.startsWith("Authentication")) {
            number("code", 4);
            rest(
                    name.equals("AuthenticationMD5Password")
                            ? "salt"
                            : name.equals("AuthenticationSASL") ? "mechanisms" : "data");
        }
    }

    private void columns() {
        number("count", 2).alias("columns");
    }

    private void diagnostic() {
        while (at < bytes.length && bytes[at] != 0) {
            String letter = String.valueOf((char) bytes[at]);
            at++;
            string(letter);
            alias(
                    switch (letter) {
                        case "S" -> "severity";
                        case "C" -> "sqlstate";
                        case "M" -> "message";
                        default -> letter;
                    });
        }
    }

    private WireLayout number(String name, int length) {
        return place(name, length, true);
    }

    private WireLayout raw(String name, int length) {
        return place(name, length, false);
    }

    private WireLayout rest(String name) {
        return place(name, bytes.length - at, false);
    }

    private WireLayout string(String name) {
        int end = at;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        place(name, end - at, false);
        at++;
        return this;
    }

    private WireLayout alias(String name) {
        Place last = null;
        for (Place place : places.values()) {
            last = place;
        }
        if (last != null) {
            places.putIfAbsent(name, last);
        }
        return this;
    }

    private WireLayout place(String name, int length, boolean number) {
        int end = Math.min(bytes.length, at + length);
        places.putIfAbsent(name, new Place(at, end, number));
        at = end;
        return this;
    }

    /** Returns the bytes with the field's replaced; an integer keeps its size, anything else may change the length. */
    static byte[] replaced(byte[] encoded, Place place, byte[] value) {
        byte[] out = new byte[encoded.length - (place.to() - place.from()) + value.length];
        System.arraycopy(encoded, 0, out, 0, place.from());
        System.arraycopy(value, 0, out, place.from(), value.length);
        System.arraycopy(encoded, place.to(), out, place.from() + value.length, encoded.length - place.to());
        return out;
    }

    /** Returns the integer as the field writes it: big-endian, cut to the field's size. */
    static byte[] number(long value, Place place) {
        byte[] out = new byte[place.to() - place.from()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (value >> 8 * (out.length - 1 - i));
        }
        return out;
    }

    /** Returns the text as it stands on the wire, without its terminator. */
    static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
