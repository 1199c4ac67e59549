package org.pgreel.replay.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/**
 * The first field in which two frontend messages differ.
 *
 * @param field the message's name and the field's, as {@code Bind.parameters[2]}; the name alone when the messages are
 *     not of one kind
 * @param expected the recorded value, shortened around the difference when it is long
 * @param got the value that came, likewise
 */
record MessageDifference(String field, String expected, String got) {
    private static final int SHOWN = 120;
    private static final int BEFORE = 40;

    /** Returns the first difference; the two must differ. */
    static MessageDifference between(FrontendMessage expected, FrontendMessage got) {
        if (!expected.getClass().equals(got.getClass())) {
            return new MessageDifference(expected.name(), MessageLine.of(expected), MessageLine.of(got));
        }
        for (RecordComponent component : expected.getClass().getRecordComponents()) {
            Object left = value(component, expected);
            Object right = value(component, got);
            if (!Objects.equals(left, right)) {
                return differing(expected.name() + "." + component.getName(), left, right);
            }
        }
        throw new AssertionError("Two equal messages were compared, please report this: " + expected.name());
    }

    private static @Nullable Object value(RecordComponent component, FrontendMessage message) {
        try {
            return component.getAccessor().invoke(message);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new LinkageError("A message hides its field, please report this: " + component, impossible);
        }
    }

    private static MessageDifference differing(String field, @Nullable Object left, @Nullable Object right) {
        if (left instanceof List<?> expected && right instanceof List<?> got) {
            return differing(field, expected, got);
        }
        if (left instanceof Values expected && right instanceof Values got) {
            return differing(field, values(expected), values(got));
        }
        String expected = text(left);
        String got = text(right);
        int at = firstDifference(expected, got);
        if (left instanceof String || left instanceof Bytes) {
            return new MessageDifference(field, shortened(expected, at), shortened(got, at));
        }
        return new MessageDifference(field, expected, got);
    }

    private static MessageDifference differing(String field, List<?> expected, List<?> got) {
        if (expected.size() != got.size()) {
            return new MessageDifference(field, items(expected.size()), items(got.size()));
        }
        int i = 0;
        while (Objects.equals(expected.get(i), got.get(i))) {
            i++;
        }
        return differing(field + "[" + i + "]", expected.get(i), got.get(i));
    }

    private static String items(int count) {
        return count == 1 ? "1 item" : count + " items";
    }

    private static List<?> values(Values values) {
        return new java.util.AbstractList<@Nullable Bytes>() {
            @Override
            public @Nullable Bytes get(int index) {
                return values.value(index);
            }

            @Override
            public int size() {
                return values.count();
            }
        };
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        return value instanceof Bytes bytes ? bytes.text() : value.toString();
    }

    private static int firstDifference(String left, String right) {
        int at = 0;
        while (at < left.length() && at < right.length() && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        return at;
    }

    private static String shortened(String text, int around) {
        int from = text.length() <= SHOWN ? 0 : Math.max(0, Math.min(around - BEFORE, text.length() - SHOWN));
        int to = Math.min(text.length(), from + SHOWN);
        String shown = escaped(WireText.printable(text.substring(from, to)));
        return (from > 0 ? "…" : "") + '"' + shown + '"' + (to < text.length() ? "…" : "");
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                escaped.append("\\n");
            } else if (c < ' ') {
                escaped.append(String.format("\\x%02x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
