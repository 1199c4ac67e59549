package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.CacheRig.BOUND;
import static org.pgreel.session.CacheRig.CLOSED_AND_PARSED;
import static org.pgreel.session.CacheRig.PARSED;
import static org.pgreel.session.CacheRig.SQL;
import static org.pgreel.session.Messages.FAILED;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.IN_BLOCK;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.parameter;
import static org.pgreel.session.Messages.row;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowView;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.TransactionStatus;

/** What the client does when a statement that it prepared of its own accord is gone, or not what it was. */
class StatementHealingTest {

    private static final ErrorResponse PLAN =
            new ErrorResponse(ErrorFields.of("ERROR", "0A000", "cached plan must not change result type")
                    .with('R', "RevalidateCachedQuery"));
    private static final ErrorResponse GONE = error("ERROR", "26000");

    private final CacheRig cache = new CacheRig(options -> options);

    @Test
    void anOutdatedPlanIsPreparedAnewAndTheQueryAnswered() {
        cache.prepared();
        cache.rig.watch("again", cache.rig.session.query(SQL, List.of()));
        cache.sent();

        cache.rig.receive(PLAN, IDLE);

        assertThat(cache.rig.heard).containsExactly("pgTransactionStatus I");
        assertThat(cache.answer(TransactionStatus.IDLE)).isEqualTo(CLOSED_AND_PARSED);
        assertThat(cache.rig.heard)
                .containsExactly("pgTransactionStatus I", "again succeeded", "pgTransactionStatus I");
        assertThat(cache.use(SQL)).isEqualTo(BOUND);
    }

    @Test
    void aStatementThatSomebodyDroppedIsPreparedAnewAndTheQueryAnswered() {
        cache.prepared();
        cache.rig.watch("again", cache.rig.session.query(SQL, List.of()));
        cache.sent();

        cache.rig.receive(GONE, IDLE);

        assertThat(cache.answer(TransactionStatus.IDLE)).isEqualTo(PARSED);
        assertThat(cache.rig.heard).containsSubsequence("again succeeded");
    }

    @Test
    void itIsSentTwiceAtMost() {
        cache.prepared();
        cache.rig.watch("again", cache.rig.session.query(SQL, List.of()));
        cache.rig.receive(GONE, IDLE);

        cache.rig.receive(GONE, IDLE);

        assertThat(cache.rig.heard)
                .containsExactly("pgTransactionStatus I", "again: ServerError", "pgTransactionStatus I");
    }

    @Test
    void insideATransactionItIsNotSentTwice() {
        cache.prepared();
        cache.rig.query("begin").receive(done("BEGIN"), IN_BLOCK);
        cache.rig.heard.clear();
        cache.rig.watch("again", cache.rig.session.query(SQL, List.of()));

        cache.rig.receive(PLAN, FAILED);

        assertThat(cache.rig.heard).containsExactly("again: ServerError", "pgTransactionStatus E");
        cache.rig.query("rollback").receive(done("ROLLBACK"), IDLE);
        cache.sent();
        assertThat(cache.use(SQL)).isEqualTo(CLOSED_AND_PARSED);
    }

    @Test
    void behindARowItIsNotSentTwice() {
        cache.prepared();
        cache.rig.watch("again", cache.rig.session.query(SQL, List.of()));

        cache.rig.receive(new BindComplete(), row("1"), PLAN, IDLE);

        assertThat(cache.rig.heard).containsExactly("again: ServerError", "pgTransactionStatus I");
    }

    @Test
    void anotherErrorIsTheQuerysOwn() {
        cache.prepared();
        cache.rig.watch("again", cache.rig.session.query(SQL, List.of()));

        cache.rig.receive(
                new ErrorResponse(
                        ErrorFields.of("ERROR", "0A000", "not supported").with('R', "other")),
                IDLE);

        assertThat(cache.rig.heard).containsExactly("again: ServerError", "pgTransactionStatus I");
        cache.sent();
        assertThat(cache.use(SQL)).isEqualTo(BOUND);
    }

    @Test
    void whatWasSentBehindItKeepsItFromBeingSentTwiceBecauseOrderIsPromised() {
        cache.prepared();
        cache.rig.watch("again", cache.rig.session.query(SQL, List.of()));
        cache.rig.watch("behind", cache.rig.session.query("select 2", List.of()));

        cache.rig.receive(GONE, IDLE);

        assertThat(cache.rig.heard).containsExactly("again: ServerError", "pgTransactionStatus I");
    }

    @Test
    void aBatchWhoseFirstElementIsRefusedIsSentAgainAsAWhole() {
        cache.prepared();
        ParameterizedQuery query = ParameterizedQuery.of(SQL, List.of());
        cache.rig.watch(
                "batch",
                cache.rig
                        .session
                        .pipeline(List.of(query, query), PipelineSync.BATCH)
                        .thenApply(all -> {
                            all.forEach(outcome ->
                                    assertThat(outcome.orThrow().rows()).hasSize(1));
                            return all;
                        }));
        cache.sent();

        cache.rig.receive(PLAN, IDLE);

        cache.answer(TransactionStatus.IDLE);
        assertThat(cache.rig.heard)
                .containsExactly("pgTransactionStatus I", "batch succeeded", "pgTransactionStatus I");
    }

    @Test
    void aBatchWhoseSecondElementIsRefusedIsNotSentAgain() {
        cache.prepared();
        ParameterizedQuery query = ParameterizedQuery.of(SQL, List.of());
        cache.rig.watch(
                "batch",
                cache.rig
                        .session
                        .pipeline(List.of(query, query), PipelineSync.BATCH)
                        .thenApply(all -> all.get(1).orThrow()));

        cache.rig.receive(new BindComplete(), row("1"), done("SELECT 1"), GONE, IDLE);

        assertThat(cache.rig.heard).containsExactly("batch: ServerError", "pgTransactionStatus I");
    }

    @Test
    void whatDropsAllStatementsEmptiesTheCache() {
        for (String tag : List.of("DISCARD ALL", "DEALLOCATE ALL")) {
            cache.prepared();
            cache.rig.query("drop them").receive(done(tag), IDLE);
            cache.sent();
            assertThat(cache.use(SQL)).as(tag).isEqualTo(PARSED);
        }
    }

    @Test
    void anotherSearchPathMakesAllStatementsAnew() {
        cache.prepared();
        cache.rig.query("set search_path to other").receive(done("SET"), IDLE);
        cache.sent();
        assertThat(cache.use(SQL)).isEqualTo(CLOSED_AND_PARSED);

        cache.rig.query("set work_mem to '4MB'").receive(done("SET"), IDLE);
        cache.sent();
        assertThat(cache.use(SQL)).isEqualTo(BOUND);

        cache.rig.receive(parameter("search_path", "one"), parameter("search_path", "one"));
        assertThat(cache.use(SQL)).isEqualTo(BOUND);
        cache.rig.receive(parameter("search_path", "two"));
        assertThat(cache.use(SQL)).isEqualTo(CLOSED_AND_PARSED);
    }

    @Test
    void aReceiverIsGivenTheSecondAnswerAndKnowsNothingOfTheFirst() {
        cache.prepared();
        List<String> told = new ArrayList<>();
        cache.rig.watch("again", cache.rig.session.query(ParameterizedQuery.of(SQL, List.of()), new RowReceiver() {
            @Override
            public void columns(RowDescription columns) {
                told.add("columns");
            }

            @Override
            public void row(RowView row) {
                told.add("row of " + row.length(0));
            }
        }));
        cache.sent();

        cache.rig.receive(PLAN, IDLE);
        assertThat(told).isEmpty();
        assertThat(cache.answer(TransactionStatus.IDLE)).isEqualTo(CLOSED_AND_PARSED);

        assertThat(told).containsExactly("columns", "row of 1");
        assertThat(cache.rig.heard)
                .containsExactly("pgTransactionStatus I", "again succeeded", "pgTransactionStatus I");
    }

    @Test
    void aReceiverOfACachedStatementIsToldItsColumnsAndARowKeepsItFromBeingSentTwice() {
        cache.prepared();
        List<String> told = new ArrayList<>();
        cache.rig.watch(
                "again",
                cache.rig.session.query(
                        ParameterizedQuery.of(SQL, List.of()), row -> told.add("row of " + row.length(0))));

        cache.rig.receive(new BindComplete(), row("1"), PLAN, IDLE);

        assertThat(told).containsExactly("row of 1");
        assertThat(cache.rig.heard).containsExactly("again: ServerError", "pgTransactionStatus I");
    }
}
