package org.pgreel.scenarios.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.PgException;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.Durations;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * Finds words in told lines that our client never says, and operations without what they need. The notation does not
 * know them, since they are the client's.
 */
final class ToldChecks {
    private static final List<String> FAILURES = leaves(ConnectionFailureReason.class);
    private static final List<String> SHUTDOWNS = leaves(ShutdownReason.class);
    private static final List<String> KINDS = kinds();
    private static final List<String> STATUSES = List.of("I", "T", "E");
    private static final List<String> EFFECTS =
            Arrays.stream(ServerEffect.values()).map(Keys::small).toList();
    private static final List<String> NEED_SQL = List.of("query", "stream", "copy-in", "copy-out");
    private static final List<String> QUERY_FIELDS = List.of("protocol", "timeout", "timer");
    private static final Pattern SQLSTATE = Pattern.compile("[0-9A-Z]{5}");

    private ToldChecks() {}

    private static List<String> leaves(Class<?> family) {
        var names = new ArrayList<String>();
        for (Class<?> member : family.getPermittedSubclasses()) {
            if (member.isSealed()) {
                names.addAll(leaves(member));
            } else {
                names.add(member.getSimpleName());
            }
        }
        return List.copyOf(names);
    }

    /** What a session that never got ready fails with is named by the reason. */
    private static List<String> kinds() {
        var kinds = new ArrayList<String>();
        leaves(PgException.class).forEach(name -> kinds.add(name.replaceFirst("Exception$", "")));
        kinds.addAll(FAILURES);
        return List.copyOf(kinds);
    }

    /** @throws NotationException with the script's line and column */
    static void check(Script script) {
        lines(script.lines());
    }

    private static void lines(List<ScriptLine> lines) {
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.Told told) {
                told(line, told);
            } else if (line.step() != null) {
                Bodies.of(line.step()).forEach(ToldChecks::lines);
            }
        }
    }

    private static void told(ScriptLine line, Step.Told told) {
        switch (told.word()) {
            case "pgSessionConnectionFailed" -> word(line, told, 0, "reason of a failed connection", FAILURES);
            case "pgSessionShutdown" -> word(line, told, 0, "reason of a shutdown", SHUTDOWNS);
            case "pgTransactionStatus" -> word(line, told, 0, "transaction status", STATUSES);
            case "failed" -> failed(line, told);
            case "query" -> query(line, told);
            default -> sql(line, told);
        }
    }

    private static void failed(ScriptLine line, Step.Told told) {
        word(line, told, 0, "failure of an operation", KINDS);
        String second = text(told, 1);
        if (second != null && !SQLSTATE.matcher(second).matches()) {
            word(line, told, 1, "SQLSTATE or effect", EFFECTS);
        }
        word(line, told, 2, "effect", EFFECTS);
    }

    private static void query(ScriptLine line, Step.Told told) {
        sql(line, told);
        for (Field field : told.fields()) {
            if (field instanceof Field.Named named) {
                if (!QUERY_FIELDS.contains(named.name())) {
                    throw NotationException.unknownWord(
                            line.number(), named.column(), named.name(), "field of query", QUERY_FIELDS);
                }
                String value = text(named);
                boolean timeout = named.name().equals("timeout");
                boolean protocol = named.name().equals("protocol");
                if (value != null && timeout && Durations.of(value).isEmpty()) {
                    throw new NotationException(
                            line.number(),
                            named.column(),
                            "expected a time, as 300ms or 2s, and not \"" + value + "\"");
                }
                if (value != null && protocol && !List.of("simple", "extended").contains(value)) {
                    throw NotationException.unknownWord(
                            line.number(), named.column(), value, "protocol", List.of("simple", "extended"));
                }
            }
        }
    }

    private static void sql(ScriptLine line, Step.Told told) {
        boolean there = !told.fields().isEmpty() && told.fields().get(0) instanceof Field.Plain;
        if (told.kind() == '>' && NEED_SQL.contains(told.word()) && !there) {
            throw new NotationException(
                    line.number(), Math.max(1, line.column()), told.word() + " needs the SQL, as a string");
        }
    }

    /** Refuses a field that is a word and none of those known; a field that is left out is free. */
    private static void word(ScriptLine line, Step.Told told, int index, String kind, List<String> known) {
        String text = text(told, index);
        if (text != null && !known.contains(text)) {
            int column = Math.max(1, told.fields().get(index).column());
            throw NotationException.unknownWord(line.number(), column, text, kind, known);
        }
    }

    private static @Nullable String text(Step.Told told, int index) {
        return index < told.fields().size() ? text(told.fields().get(index)) : null;
    }

    /** Returns what the field says; null if that is a wildcard, or several values. */
    private static @Nullable String text(Field field) {
        List<Atom> atoms = field instanceof Field.Plain plain
                ? plain.value().atoms()
                : field instanceof Field.Named named ? named.value().atoms() : List.of();
        if (atoms.size() != 1) {
            return null;
        }
        return atoms.get(0) instanceof Atom.Bare bare
                ? bare.spelling()
                : atoms.get(0) instanceof Atom.Literal literal ? literal.bytes().text() : null;
    }
}
