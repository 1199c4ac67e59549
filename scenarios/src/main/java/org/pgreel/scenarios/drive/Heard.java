package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.replay.play.ToldFields;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * Something that our client told its application: a callback or a result, in the words of {@code @} and {@code <} lines.
 *
 * @param session the session's name in the script; "" for the only one
 * @param kind {@code @} or {@code <}
 * @param word the callback or the result
 * @param fields what came with it
 * @param asked the line that asked for the result; 0 for none
 */
public record Heard(String session, char kind, String word, List<Value> fields, int asked) {
    /** A callback. */
    public static Heard callback(String session, String word, String... fields) {
        return new Heard(session, '@', word, texts(fields), 0);
    }

    /** A result of what that line asked. */
    public static Heard result(String session, int asked, String word, String... fields) {
        return new Heard(session, '<', word, texts(fields), asked);
    }

    private static List<Value> texts(String... fields) {
        var values = new ArrayList<Value>();
        for (String field : fields) {
            values.add(Value.of(field));
        }
        return values;
    }

    /** Tells whether it is a callback. */
    public boolean isCallback() {
        return kind == '@';
    }

    /** Returns what came with it as text, a blank before each. */
    public String words() {
        var text = new StringBuilder();
        for (Value value : fields) {
            text.append(' ').append(Wishes.Words.text(value));
        }
        return text.toString();
    }

    /** Tells whether it is what the line says. */
    boolean fits(Step.Told line) {
        if (line.kind() != kind || !line.word().equals(word)) {
            return false;
        }
        return word.equals("failed") ? fitsFailure(line.fields()) : ToldFields.fit(line.fields(), fields);
    }

    /**
     * {@code failed KIND [SQLSTATE] [EFFECT]}: the SQLSTATE may be left out, what may be permanent was executed, and what
     * the server cancelled for our time limit is its error too.
     */
    private boolean fitsFailure(List<Field> expected) {
        for (List<Value> spelling : spellings()) {
            if (ToldFields.fit(expected, spelling)) {
                return true;
            }
        }
        return false;
    }

    private List<List<Value>> spellings() {
        var all = new ArrayList<List<Value>>();
        all.add(fields);
        int last = fields.size() - 1;
        if (last == 2) {
            all.add(List.of(fields.get(0), fields.get(2)));
        }
        if (last == 2 && fields.get(0).equals(Value.of("OperationTimedOut"))) {
            all.add(List.of(Value.of("ServerError"), fields.get(1), fields.get(2)));
        }
        if (fields.get(last).equals(Value.of("may-have-committed"))) {
            for (List<Value> spelling : List.copyOf(all)) {
                var other = new ArrayList<>(spelling);
                other.set(other.size() - 1, Value.of("may-have-executed"));
                all.add(other);
            }
        }
        return all;
    }

    /** Returns it as a line of a script. */
    @Override
    public String toString() {
        @Nullable String name = session.isEmpty() ? null : session;
        List<Field> written = fields.stream().map(Field::of).toList();
        return ScriptLine.of(0, new Step.Told(kind, name, word, written)).toString();
    }
}
