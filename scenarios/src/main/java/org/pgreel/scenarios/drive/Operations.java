package org.pgreel.scenarios.drive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.FunctionResult;
import org.pgreel.client.OperationTimedOutException;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PgException;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Row;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.drive.Wishes.Words;

/** Asks our client for what {@code >} lines say, and puts its results in the words of {@code <} lines. */
final class Operations {
    private static final List<String> KNOWN = List.of(
            "connect",
            "query",
            "prepare",
            "execute",
            "close-statement",
            "pipeline",
            "close",
            "cancel",
            "listen",
            "unlisten",
            "function");

    private Operations() {}

    /** Returns the first operation that a script asks for and our client does not have; null if it has all. */
    static @Nullable String missing(ToldScript script) {
        for (String session : script.sessions()) {
            for (ScriptLine line : script.lines(session)) {
                Step.Told told = ToldScript.told(line);
                if (told.kind() == '>' && !isKnown(told)) {
                    return told.word();
                }
            }
        }
        return null;
    }

    private static boolean isKnown(Step.Told told) {
        return KNOWN.contains(told.word()) || Transfers.begins(told.word()) || Transfers.goesOn(told.word());
    }

    /**
     * Asks for it; completes with what is told on success.
     *
     * @param meanwhile takes what is told before that
     */
    static CompletableFuture<List<Heard>> ask(
            Session of, String name, ScriptLine line, Consumer<PipelineOutcome> meanwhile) {
        Step.Told told = ToldScript.told(line);
        Session session = limited(of, line);
        switch (told.word()) {
            case "cancel" -> {
                return session.cancel()
                        .thenApply(outcome -> List.of(Heard.result(name, line.number(), "cancelled", word(outcome))));
            }
            case "listen" -> {
                // What is pushed is told by pgNotification, and the consumers hear nothing else.
                return session.listen(text(told.fields(), line), notification -> {})
                        .thenApply(listening -> List.of(Heard.result(name, line.number(), "done", "LISTEN")));
            }
            case "unlisten" -> {
                return session.unlisten(text(told.fields(), line))
                        .thenApply(done -> List.of(Heard.result(name, line.number(), "done", "UNLISTEN")));
            }
            case "function" -> {
                int oid = Integer.parseUnsignedInt(text(told.fields(), line));
                return session.callFunction(oid, values(told.fields()), false)
                        .thenApply(result -> heard(name, line.number(), result));
            }
            case "prepare", "execute", "close-statement", "pipeline" -> {
                return Statements.ask(session, name, line, meanwhile);
            }
            default -> {}
        }
        String sql = text(told.fields(), line);
        List<Parameter> values = values(told.fields());
        boolean extended = told.fields().stream().anyMatch(Operations::isExtended);
        if (told.word().equals("query") && (extended || !values.isEmpty())) {
            return session.query(ParameterizedQuery.of(sql, values))
                    .thenApply(result -> heard(name, line.number(), List.of(result)));
        }
        return session.query(sql).thenApply(results -> heard(name, line.number(), results.results()));
    }

    /** Returns the session, or the view of it whose operations have the limit that the line names. */
    static Session limited(Session session, ScriptLine line) {
        Duration limit = Words.duration(ToldScript.told(line).fields(), "timeout");
        return limit == null ? session : session.within(limit);
    }

    private static String word(CancelOutcome outcome) {
        return switch (outcome.getClass().getSimpleName()) {
            case "Sent" -> "sent";
            case "Unanswered" -> "unanswered";
            case "NothingToCancel" -> "nothing";
            default -> "failed";
        };
    }

    private static List<Heard> heard(String session, int asked, FunctionResult result) {
        Bytes value = result.value();
        Value cell = value == null ? Value.word("null") : Value.of(value);
        return List.of(
                new Heard(session, '<', "row", List.of(cell), asked), Heard.result(session, asked, "done", "FUNCTION"));
    }

    private static boolean isExtended(Field field) {
        return field instanceof Field.Named named
                && named.name().equals("protocol")
                && Words.text(named.value()).equals("extended");
    }

    static String text(List<Field> fields, ScriptLine line) {
        if (!fields.isEmpty() && fields.get(0) instanceof Field.Plain plain) {
            return Words.text(plain.value());
        }
        throw new IllegalArgumentException("line " + line.number() + ": \"" + line + "\" names no SQL");
    }

    static List<Parameter> values(List<Field> fields) {
        var values = new ArrayList<Parameter>();
        for (int i = 1; i < fields.size(); i++) {
            if (fields.get(i) instanceof Field.Plain plain) {
                boolean isNull = plain.value().equals(Value.word("null"));
                values.add(isNull ? Parameter.text(null) : Parameter.text(Words.text(plain.value())));
            }
        }
        return values;
    }

    /** Returns how a part of an operation came out. */
    static List<Heard> heard(String session, int asked, PipelineOutcome outcome) {
        return outcome instanceof PipelineOutcome.Failed failed
                ? List.of(failed(session, asked, failed.failure()))
                : heard(session, asked, List.of(outcome.orThrow()));
    }

    /** Returns results in the words of {@code row}, {@code data} and {@code done}. */
    static List<Heard> heard(String session, int asked, List<QueryResult> results) {
        var heard = new ArrayList<Heard>();
        for (QueryResult result : results) {
            for (Row row : result) {
                heard.add(new Heard(session, '<', "row", cells(row), asked));
            }
            for (Bytes data : result.copyData()) {
                heard.add(new Heard(session, '<', "data", List.of(Value.of(data)), asked));
            }
            heard.add(Heard.result(session, asked, "done", result.commandTag()));
        }
        return heard;
    }

    static List<Value> cells(Row row) {
        var cells = new ArrayList<Value>();
        for (int i = 0; i < row.count(); i++) {
            Bytes cell = row.bytes(i);
            cells.add(cell == null ? Value.word("null") : Value.of(cell));
        }
        return cells;
    }

    /** Returns a failure in the words of {@code failed KIND [SQLSTATE] [EFFECT]}. */
    static Heard failed(String session, int asked, Throwable thrown) {
        Throwable cause = cause(thrown);
        if (!(cause instanceof PgException failure)) {
            return Heard.result(session, asked, "failed", cause.getClass().getSimpleName(), "none");
        }
        String effect =
                failure.effect().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        String state = sqlState(failure);
        return state == null
                ? Heard.result(session, asked, "failed", failure.kind(), effect)
                : Heard.result(session, asked, "failed", failure.kind(), state, effect);
    }

    /** Returns what a future failed with. */
    static Throwable cause(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
        return cause == null ? thrown : cause;
    }

    private static @Nullable String sqlState(PgException failure) {
        if (failure instanceof ServerErrorException error) {
            return error.sqlState();
        }
        if (failure instanceof OperationTimedOutException timedOut) {
            return timedOut.serverError().map(ServerErrorException::sqlState).orElse(null);
        }
        return failure instanceof ConnectFailedException connect
                        && connect.reason() instanceof ConnectionFailureReason.RejectedByServer rejected
                ? rejected.response().sqlState()
                : null;
    }

    /** Returns the single value of an answer, for the comparison with {@code answers}. */
    static String singleValue(QueryResults results) {
        return results.results().stream()
                .flatMap(result -> result.rows().stream())
                .map(row -> row.count() == 0 || row.isNull(0) ? "" : String.valueOf(row.text(0)))
                .collect(Collectors.joining("\n"));
    }
}
