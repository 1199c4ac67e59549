package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PgException;
import org.pgreel.client.PipelineReceiver;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Message;

/** Whatever is asked in whatever order: each operation completes once, in its turn, with its own answer. */
class OperationOrderTest {

    private enum Kind {
        SIMPLE,
        PARAMETERIZED,
        NAMED,
        EACH,
        BATCH,
        DROP
    }

    /** What is asked: an operation with one or several elements, of which some fail. */
    private record Asked(Kind kind, List<Boolean> fails) {}

    private final List<String> heard = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private int number;

    @Provide
    Arbitrary<List<Asked>> programs() {
        Arbitrary<Boolean> fails =
                Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true)));
        return Combinators.combine(Arbitraries.of(Kind.class), fails.list().ofMaxSize(5))
                .as(Asked::new)
                .list()
                .ofMaxSize(20);
    }

    @Property(tries = 2000)
    void eachCompletesOnceInItsTurnWithItsOwnAnswer(
            @ForAll("programs") List<Asked> program,
            @ForAll @IntRange(min = 1, max = 9) int depth,
            @ForAll @IntRange(min = 1, max = 4) int cacheSize,
            @ForAll @IntRange(min = 1, max = 300) int cut) {
        heard.clear();
        expected.clear();
        number = 0;
        SessionRig rig = SessionRig.with(options -> options.pipelineDepth(depth).statementCacheSize(cacheSize))
                .ready();
        // Where others were sent behind a statement that is gone it fails, which is another test's matter.
        Set<Kind> out = depth == 1 ? Set.of(Kind.EACH, Kind.BATCH) : Set.of(Kind.DROP);

        program.stream().filter(asked -> !out.contains(asked.kind())).forEach(asked -> ask(rig, asked));
        HonestServer server = new HonestServer();
        while (!rig.effects.sent.isEmpty()) {
            List<Message> sent = List.copyOf(rig.effects.sent);
            rig.effects.sent.clear();
            deliver(rig, server.answer(sent), cut);
        }

        assertThat(heard).isEqualTo(expected);
        assertThat(rig.session.shutdownReason()).isEmpty();
        // What a batch put out is closed with the query behind it, and here there may be none.
        assertThat(server.held()).as("statements that the server holds").isLessThanOrEqualTo(2 * cacheSize + 1);
    }

    @Example
    void whatABatchPutsOutIsClosedThoughTheBatchFails() {
        eachCompletesOnceInItsTurnWithItsOwnAnswer(
                List.of(
                        new Asked(Kind.PARAMETERIZED, List.of()),
                        new Asked(Kind.PARAMETERIZED, List.of()),
                        new Asked(Kind.PARAMETERIZED, List.of()),
                        new Asked(Kind.PARAMETERIZED, List.of()),
                        new Asked(Kind.SIMPLE, List.of()),
                        new Asked(Kind.NAMED, List.of()),
                        new Asked(Kind.BATCH, List.of(true, false)),
                        new Asked(Kind.PARAMETERIZED, List.of())),
                2,
                2,
                8);
    }

    private static void deliver(SessionRig rig, List<BackendMessage> answers, int cut) {
        byte[] bytes = SessionRig.bytesOf(answers.toArray(BackendMessage[]::new));
        for (int from = 0; from < bytes.length; from += cut) {
            rig.receive(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + cut)));
        }
    }

    private void ask(SessionRig rig, Asked asked) {
        boolean fails = !asked.fails().isEmpty() && asked.fails().get(0);
        switch (asked.kind()) {
            case SIMPLE -> {
                String value = value(fails);
                watch(rig.session
                        .query("select " + value)
                        .thenApply(all -> all.only().onlyRow().text(0)));
            }
            case PARAMETERIZED ->
                watch(rig.session
                        .query(query(value(fails)))
                        .thenApply(result -> result.onlyRow().text(0)));
            case NAMED -> named(rig, fails);
            case EACH -> pipeline(rig, asked.fails(), PipelineSync.EACH);
            case BATCH -> pipeline(rig, asked.fails(), PipelineSync.BATCH);
            case DROP -> {
                expected.add("drop");
                watch(rig.session
                        .query("select drop")
                        .thenApply(all -> all.only().onlyRow().text(0)));
            }
        }
    }

    /** One of three statements, so that the cache is hit, full, and asked for what it has put out. */
    private ParameterizedQuery query(String value) {
        return ParameterizedQuery.of("select $1 from t" + number % 3, List.of(Parameter.text(value)));
    }

    private String value(boolean fails) {
        String value = (fails ? "fail" : "") + ++number;
        expected.add(fails ? "ServerError" : value);
        return value;
    }

    private void named(SessionRig rig, boolean fails) {
        String name = "own" + ++number;
        expected.add(name);
        watch(rig.session.prepare(name, "select $1").thenApply(description -> description.name()));
        watch(rig.session
                .execute(NamedQuery.of(name, List.of(Parameter.text(value(fails)))))
                .thenApply(result -> result.onlyRow().text(0)));
        expected.add("closed");
        watch(rig.session.closeStatement(name).thenApply(done -> "closed"));
    }

    private void pipeline(SessionRig rig, List<Boolean> fails, PipelineSync sync) {
        List<ExtendedQuery> queries = new ArrayList<>();
        int first = sync == PipelineSync.BATCH ? fails.indexOf(true) : -1;
        for (int i = 0; i < fails.size(); i++) {
            queries.add(query(value(fails.get(i))));
            if (first >= 0 && i != first) {
                expected.set(expected.size() - 1, i < first ? "RolledBack" : "NotExecuted");
            }
        }
        expected.add("complete");
        rig.session.pipeline(queries, sync, new PipelineReceiver() {
            @Override
            public void result(int index, QueryResult result) {
                heard.add(String.valueOf(result.onlyRow().text(0)));
            }

            @Override
            public void failed(int index, PgException failure) {
                heard.add(failure.kind());
            }

            @Override
            public void complete() {
                heard.add("complete");
            }
        });
    }

    private void watch(CompletableFuture<String> outcome) {
        outcome.whenComplete((value, failure) ->
                heard.add(failure == null ? value : SessionRig.words(failure).split(" ")[0]));
    }
}
