package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CopyIn;
import org.pgreel.client.CopyOut;
import org.pgreel.client.Inflow;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowStream;
import org.pgreel.client.RowView;
import org.pgreel.client.Session;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.drive.Wishes.Words;

/**
 * The streams and COPY operations of a driven session, which say something before they are done, and with which later lines
 * go on: those mean the one that was begun last.
 */
final class Transfers {
    private static final Set<String> BEGIN = Set.of("stream", "copy-in", "copy-out");
    private static final Set<String> GO_ON = Set.of("fetch", "stop", "pause", "resume", "data", "finish", "abort");

    private final String name;
    private final Listener listener;
    private @Nullable RowStream stream;
    private @Nullable CopyIn copyIn;
    private @Nullable Inflow inflow;

    /** Hears what is told before an operation is done. */
    interface Listener {
        void heard(Heard heard);
    }

    Transfers(String name, Listener listener) {
        this.name = name;
        this.listener = listener;
    }

    /** Tells whether the word is that of an operation which is kept here. */
    static boolean begins(String word) {
        return BEGIN.contains(word);
    }

    /** Tells whether the word goes on with an operation that has begun. */
    static boolean goesOn(String word) {
        return GO_ON.contains(word);
    }

    /** Begins an operation; completes with what is told last. */
    CompletableFuture<List<Heard>> begin(Session of, ScriptLine line) {
        Step.Told told = ToldScript.told(line);
        String sql = Operations.text(told.fields(), line);
        int number = line.number();
        CompletableFuture<QueryResult> done = switch (told.word()) {
            case "stream" -> stream(of, sql, told, number);
            case "copy-in" -> copyIn(of, sql, number);
            default -> copyOut(of, sql, number);
        };
        return done.thenApply(result -> List.of(Heard.result(name, number, "done", result.commandTag())));
    }

    private CompletableFuture<QueryResult> stream(Session of, String sql, Step.Told told, int number) {
        ParameterizedQuery query = ParameterizedQuery.of(sql, Operations.values(told.fields()));
        RowStream begun = of.stream(query, window(told.fields()), new RowReceiver() {
            @Override
            public void row(RowView row) {
                listener.heard(new Heard(name, '<', "row", Operations.cells(row.toRow()), number));
            }

            @Override
            public void suspended() {
                listener.heard(Heard.result(name, number, "suspended"));
            }
        });
        stream = begun;
        inflow = begun;
        return begun.done();
    }

    private static int window(List<Field> fields) {
        for (Field field : fields) {
            if (field instanceof Field.Named named && named.name().equals("window")) {
                return Integer.parseInt(Words.text(named.value()));
            }
        }
        return 0;
    }

    private CompletableFuture<QueryResult> copyIn(Session of, String sql, int number) {
        CopyIn begun = of.copyIn(sql);
        copyIn = begun;
        CompletableFuture<Void> unused =
                begun.ready().thenAccept(format -> listener.heard(Heard.result(name, number, "ready")));
        return begun.done();
    }

    private CompletableFuture<QueryResult> copyOut(Session of, String sql, int number) {
        CopyOut begun = of.copyOut(sql, data -> listener.heard(data(data, number)));
        inflow = begun;
        return begun.done();
    }

    private Heard data(Bytes data, int number) {
        return new Heard(name, '<', "data", List.of(Value.of(data)), number);
    }

    /** Goes on with an operation. */
    void goOn(ScriptLine line) {
        Step.Told told = ToldScript.told(line);
        switch (told.word()) {
            case "fetch" -> begun(stream, line).fetch();
            case "stop" -> begun(inflow, line).stop();
            case "pause" -> begun(inflow, line).pause();
            case "resume" -> begun(inflow, line).resume();
            case "data" -> send(begun(copyIn, line), told.fields());
            case "finish" -> toldByItsDone(begun(copyIn, line).finish());
            default -> toldByItsDone(begun(copyIn, line).abort(Operations.text(told.fields(), line)));
        }
    }

    /** The outcome is that of the operation, which whoever began it waits for. */
    private static void toldByItsDone(CompletableFuture<QueryResult> unused) {}

    private static <T> T begun(@Nullable T operation, ScriptLine line) {
        if (operation == null) {
            throw new IllegalArgumentException(
                    "line " + line.number() + ": \"" + line + "\" goes on with what was never begun");
        }
        return operation;
    }

    private static void send(CopyIn copy, List<Field> fields) {
        var pieces = new ArrayList<Bytes>();
        for (Field field : fields) {
            if (field instanceof Field.Plain plain) {
                pieces.add(Words.bytes(plain.value()));
            }
        }
        for (Bytes piece : pieces) {
            CompletableFuture<Void> unused = copy.send(piece);
        }
    }
}
