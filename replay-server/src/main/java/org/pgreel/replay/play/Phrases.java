package org.pgreel.replay.play;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * What the lines of a script came to when they were played before: a line without wildcards says the same message each
 * time, and one without labels awaits the same bytes. It saves the second run of a script most of the first one's work and
 * changes nothing else. Lines are known by identity. Confined to one thread.
 */
final class Phrases {
    /** A message that is longer is made anew each time. */
    private static final int LARGEST = 8 << 10;

    /** Of so many lines it keeps something; scripts that are longer are recordings, which are played once. */
    private static final int LINES_MAX = 4096;

    private final IdentityHashMap<Step.MessageLine, BackendMessage> messages = new IdentityHashMap<>();
    private final IdentityHashMap<BackendMessage, byte[]> encoded = new IdentityHashMap<>();
    private final IdentityHashMap<Step.MessageLine, Came> came = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Boolean> labelled = new IdentityHashMap<>();
    private final IdentityHashMap<Value, String> literals = new IdentityHashMap<>();
    private final IdentityHashMap<ScriptLine, String> spelled = new IdentityHashMap<>();
    private @Nullable String sql;
    private String sqlLetters = "";
    private byte @Nullable [] salt;
    private int rounds;
    private @Nullable ScramCredential credential;

    /** What a line awaited and has got. */
    private record Came(String name, Bytes raw) {}

    /** Returns the message that the line says each time; null if it is not known, or another each time. */
    @Nullable
    BackendMessage message(Step.MessageLine line) {
        return messages.get(line);
    }

    /** Keeps what a line said, if it says that each time. */
    void said(Step.MessageLine line, BackendMessage message) {
        if (messages.size() < LINES_MAX && isConstant(line.fields())) {
            byte[] bytes = message.toBytes().toArray();
            if (bytes.length <= LARGEST) {
                messages.put(line, message);
                encoded.put(message, bytes);
            }
        }
    }

    /** Returns the bytes of the message, which may not be changed. */
    byte[] bytes(BackendMessage message) {
        byte[] known = encoded.get(message);
        return known != null ? known : message.toBytes().toArray();
    }

    /** Tells whether the same bytes have come before and were what the line awaits. */
    boolean awaits(Step.MessageLine line, FrontendMessage message, Bytes raw) {
        Came before = came.get(line);
        return before != null && before.name.equals(message.name()) && before.raw.equals(raw);
    }

    /** Keeps that this is what the line awaits, if it awaits the same each time. */
    void met(Step.MessageLine line, FrontendMessage message, Bytes raw) {
        boolean known = came.size() < LINES_MAX || came.containsKey(line);
        if (known && !raw.isEmpty() && raw.length() <= LARGEST && !binds(line)) {
            came.put(line, new Came(message.name(), raw));
        }
    }

    /** Tells whether what comes gives a label of the line its meaning. */
    boolean binds(Step.MessageLine line) {
        return labelled.computeIfAbsent(line, key -> hasLabels(line.fields()));
    }

    /** Tells whether what comes gives a label of the value its meaning. */
    boolean binds(Value value) {
        return labelled.computeIfAbsent(value, key -> hasLabels(value));
    }

    /** Returns the only text that the value stands for, each byte a character; null if there are several. */
    @Nullable
    String literal(Value value) {
        if (!ValuePattern.isLiteral(value)) {
            return null;
        }
        return literals.computeIfAbsent(value, ValuePattern::latin);
    }

    /** Returns the statement's bytes, each as a character. */
    @SuppressWarnings("ReferenceEquality") // The same statement is asked for by each of the lines in turn.
    String letters(String statement) {
        if (statement != sql) {
            sql = statement;
            sqlLetters = ValuePattern.latin(Value.of(statement));
        }
        return sqlLetters;
    }

    /** Returns what a server keeps of the script's password; a simulation's salt is the same in each run. */
    ScramCredential credential(String password, byte[] newSalt, int newRounds) {
        ScramCredential made = credential;
        if (made == null || rounds != newRounds || !Arrays.equals(salt, newSalt)) {
            made = ScramCredential.of(password, newSalt, newRounds);
            salt = newSalt;
            rounds = newRounds;
            credential = made;
        }
        return made;
    }

    /** Returns the line as it is spelled. */
    String spelled(ScriptLine line) {
        return spelled.computeIfAbsent(line, ScriptLine::toString);
    }

    private static boolean isConstant(List<Field> fields) {
        return fields.stream().allMatch(field -> values(field, Phrases::isConstant));
    }

    private static boolean isConstant(Value value) {
        return value.atoms().stream().allMatch(Phrases::isConstant);
    }

    private static boolean isConstant(Atom atom) {
        if (atom instanceof Atom.Group group) {
            return isConstant(group.fields());
        }
        return atom instanceof Atom.Repeat repeat ? isConstant(repeat.atom()) : !(atom instanceof Atom.Wildcard);
    }

    private static boolean hasLabels(List<Field> fields) {
        return fields.stream().anyMatch(field -> !values(field, value -> !hasLabels(value)));
    }

    private static boolean hasLabels(Value value) {
        return value.atoms().stream().anyMatch(Phrases::hasLabels);
    }

    private static boolean hasLabels(Atom atom) {
        if (atom instanceof Atom.Group group) {
            return hasLabels(group.fields());
        }
        return atom instanceof Atom.Repeat repeat
                ? hasLabels(repeat.atom())
                : atom instanceof Atom.Wildcard wildcard && wildcard.label() != null;
    }

    /** Tells whether the field has no value, or one of which that holds. */
    private static boolean values(Field field, Predicate<Value> holds) {
        if (field instanceof Field.Plain plain) {
            return holds.test(plain.value());
        }
        return field instanceof Field.Named named ? holds.test(named.value()) : true;
    }
}
