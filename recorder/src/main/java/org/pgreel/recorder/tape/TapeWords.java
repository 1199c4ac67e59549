package org.pgreel.recorder.tape;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.transcript.Value;

/** The fields of a line of a text tape that no transcript has, read one behind the other. */
final class TapeWords {

    private static final int NANO_DIGITS = 9;

    private final List<Value> plain = new ArrayList<>();
    private final Map<String, Value> named = new LinkedHashMap<>();
    private final String word;
    private int at;

    private TapeWords(String word, List<Field> fields) {
        this.word = word;
        for (Field field : fields) {
            if (field instanceof Field.Plain value) {
                plain.add(value.value());
            } else if (field instanceof Field.Named pair) {
                named.put(pair.name(), pair.value());
            } else {
                throw new TapeProblem("the fields of \"" + word + "\" are values and name=value");
            }
        }
    }

    /** Reads a line that begins with a word, in the fields of the notation. */
    static TapeWords of(String line) {
        // The rules for fields are those of every line; only the word is the tape's own.
        var told =
                (Item.Told) TranscriptParser.parse("@ " + line).lines().get(0).item();
        return new TapeWords(told.name(), told.fields());
    }

    static TapeWords of(String word, List<Field> fields) {
        return new TapeWords(word, fields);
    }

    static boolean begins(String line, String word) {
        return line.equals(word) || line.startsWith(word + " ");
    }

    static void requireVersion(String line) {
        if (!begins(line, TextTape.TAPE)) {
            throw new TapeProblem("a text tape begins with \"tape " + TextTape.VERSION + "\"");
        }
        long version = of(line).number("the version");
        if (version != TextTape.VERSION) {
            throw new TapeProblem(
                    "the tape is of version " + version + "; this program knows version " + TextTape.VERSION);
        }
    }

    /** Reads seconds as nanoseconds. */
    static long nanos(String seconds) {
        try {
            if (seconds.length() <= 32 && seconds.indexOf('e') < 0 && seconds.indexOf('E') < 0) {
                long nanos = new BigDecimal(seconds).movePointRight(NANO_DIGITS).longValueExact();
                if (nanos >= 0) {
                    return nanos;
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TapeProblem("\"+" + seconds + "\" is no time; a time is seconds, such as +0.034");
        }
        throw new TapeProblem("\"+" + seconds + "\" is no time; a time is seconds, such as +0.034");
    }

    String word() {
        return word;
    }

    boolean more() {
        return at < plain.size();
    }

    private Value next(String what) {
        if (!more()) {
            throw new TapeProblem("\"" + word + "\" lacks " + what);
        }
        return plain.get(at++);
    }

    String text(String what) {
        return TextTape.textOf(next(what));
    }

    long number(String what) {
        return numberOf(next(what), what);
    }

    private static long numberOf(Value value, String what) {
        String spelling = TextTape.textOf(value);
        try {
            return Long.parseLong(spelling);
        } catch (NumberFormatException e) {
            throw new TapeProblem(what + " is a number, not \"" + spelling + "\"");
        }
    }

    int small(String what) {
        return inInt(number(what), what);
    }

    private static int inInt(long number, String what) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new TapeProblem(what + " of " + number + " is not between 0 and " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    <E extends Enum<E>> E oneOf(E[] values, String what) {
        return oneOf(text(what), values, what);
    }

    static <E extends Enum<E>> E oneOf(String spelling, E[] values, String what) {
        List<String> known = new ArrayList<>();
        for (E value : values) {
            if (TextTape.spelling(value).equals(spelling)) {
                return value;
            }
            known.add(TextTape.spelling(value));
        }
        throw new TapeProblem("\"" + spelling + "\" is not " + what + "; expected one of " + String.join(", ", known));
    }

    boolean has(String name) {
        return named.containsKey(name);
    }

    String text(String name, String otherwise) {
        Value value = named.remove(name);
        return value == null ? otherwise : TextTape.textOf(value);
    }

    long number(String name, long otherwise) {
        Value value = named.remove(name);
        return value == null ? otherwise : numberOf(value, name);
    }

    /** Returns the values of a list; null if it is not there. */
    @Nullable
    TapeWords list(String name) {
        Value value = named.remove(name);
        if (value == null) {
            return null;
        }
        if (value.atoms().size() == 1 && value.atoms().get(0) instanceof Atom.Group group) {
            return new TapeWords(name, group.fields());
        }
        throw new TapeProblem(name + " is a list in brackets");
    }

    /** All that stands there must have been read. */
    void requireExhausted() {
        if (more()) {
            throw new TapeProblem("\"" + word + "\" has more than it can have: " + TextTape.textOf(plain.get(at)));
        }
        if (!named.isEmpty()) {
            throw new TapeProblem(
                    "\"" + word + "\" has no " + named.keySet().iterator().next());
        }
    }
}
