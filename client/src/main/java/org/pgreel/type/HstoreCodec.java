package org.pgreel.type;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** hstore: the count of pairs, then length and text of each key and value; −1 is the length of NULL. */
final class HstoreCodec implements Codec<Map<String, @Nullable String>> {
    static final HstoreCodec INSTANCE = new HstoreCodec();

    private static final int NULL_LENGTH = -1;
    private static final String NULL = "NULL";

    private HstoreCodec() {}

    @Override
    @SuppressWarnings("unchecked")
    public Class<Map<String, @Nullable String>> javaType() {
        return (Class<Map<String, @Nullable String>>) (Class<?>) Map.class;
    }

    @Override
    public Map<String, @Nullable String> readBinary(ValueReader in) {
        int count = in.readCount(2 * Integer.BYTES);
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = in.readText(in.readInt32());
            int length = in.readInt32();
            pairs.put(key, length == NULL_LENGTH ? null : in.readText(length));
        }
        return Collections.unmodifiableMap(pairs);
    }

    @Override
    public void writeBinary(Map<String, @Nullable String> value, ValueWriter out) {
        out.writeInt32(value.size());
        value.forEach((key, text) -> {
            out.write(key, TextCodec.PLAIN);
            if (text == null) {
                out.writeNull();
            } else {
                out.write(text, TextCodec.PLAIN);
            }
        });
    }

    /** {@code "key"=>"value", "other"=>NULL}. */
    @Override
    public Map<String, @Nullable String> parse(String text) {
        Map<String, @Nullable String> pairs = new HashMap<>();
        int at = 0;
        while (at < text.length()) {
            var key = new StringBuilder();
            at = expect(text, quoted(text, at, key), "=>");
            if (text.startsWith(NULL, at)) {
                pairs.put(key.toString(), null);
                at += NULL.length();
            } else {
                var value = new StringBuilder();
                at = quoted(text, at, value);
                pairs.put(key.toString(), value.toString());
            }
            if (at < text.length()) {
                at = expect(text, at, ", ");
                expect(text, at, "\"");
            }
        }
        return Collections.unmodifiableMap(pairs);
    }

    private static int quoted(String text, int from, StringBuilder out) {
        int at = expect(text, from, "\"");
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 1 : 0;
            if (at < text.length()) {
                out.append(text.charAt(at++));
            }
        }
        return expect(text, at, "\"");
    }

    private static int expect(String text, int at, String expected) {
        if (!text.startsWith(expected, at)) {
            throw new MalformedValueException("at character " + at + ": no " + expected);
        }
        return at + expected.length();
    }

    @Override
    public String print(Map<String, @Nullable String> value) {
        var text = new StringBuilder();
        value.forEach((key, element) -> {
            text.append(text.isEmpty() ? "" : ", ").append(quoted(key)).append("=>");
            text.append(element == null ? NULL : quoted(element));
        });
        return TextCodec.PLAIN.print(text.toString());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
