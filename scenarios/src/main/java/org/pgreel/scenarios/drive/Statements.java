package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PgException;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineReceiver;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Session;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.scenarios.drive.Wishes.Words;

/**
 * Asks for {@code > prepare NAME SQL}, {@code > execute NAME VALUE…}, {@code > close-statement NAME} and {@code > pipeline
 * SQL|NAME … [sync=each|batch]}, where a string is a statement and a word the name of a prepared one.
 */
final class Statements implements PipelineReceiver {
    private final Consumer<PipelineOutcome> meanwhile;

    private Statements(Consumer<PipelineOutcome> meanwhile) {
        this.meanwhile = meanwhile;
    }

    static CompletableFuture<List<Heard>> ask(
            Session session, String name, ScriptLine line, Consumer<PipelineOutcome> meanwhile) {
        List<Field> fields = ToldScript.told(line).fields();
        return switch (ToldScript.told(line).word()) {
            case "prepare" ->
                session.prepare(Operations.text(fields, line), Operations.text(fields.subList(1, fields.size()), line))
                        .thenApply(description -> List.of(Heard.result(name, line.number(), "ready")));
            case "execute" ->
                session.execute(Operations.text(fields, line), Operations.values(fields))
                        .thenApply(result -> Operations.heard(name, line.number(), List.of(result)));
            case "close-statement" ->
                session.closeStatement(Operations.text(fields, line))
                        .thenApply(closed -> List.of(Heard.result(name, line.number(), "done")));
            default -> pipeline(session, name, line, meanwhile);
        };
    }

    /** Tells each outcome when it comes, and completes behind the last; a pipeline of nothing is told as done. */
    private static CompletableFuture<List<Heard>> pipeline(
            Session session, String name, ScriptLine line, Consumer<PipelineOutcome> meanwhile) {
        List<ExtendedQuery> queries = new ArrayList<>();
        PipelineSync sync = PipelineSync.EACH;
        for (Field field : ToldScript.told(line).fields()) {
            if (field instanceof Field.Plain plain) {
                queries.add(query(plain.value()));
            } else if (field instanceof Field.Named named && named.name().equals("sync")) {
                sync = PipelineSync.valueOf(Words.text(named.value()).toUpperCase(java.util.Locale.ROOT));
            }
        }
        var receiver = new Statements(meanwhile);
        return session.pipeline(queries, sync, receiver)
                .thenApply(done -> queries.isEmpty() ? List.of(Heard.result(name, line.number(), "done")) : List.of());
    }

    private static ExtendedQuery query(Value value) {
        boolean word = value.atoms().size() == 1 && value.atoms().get(0) instanceof Atom.Bare;
        return word ? NamedQuery.of(Words.text(value), List.of()) : ParameterizedQuery.of(Words.text(value), List.of());
    }

    @Override
    public void result(int index, QueryResult result) {
        meanwhile.accept(new PipelineOutcome.Succeeded(result));
    }

    @Override
    public void failed(int index, PgException failure) {
        meanwhile.accept(new PipelineOutcome.Failed(failure));
    }
}
