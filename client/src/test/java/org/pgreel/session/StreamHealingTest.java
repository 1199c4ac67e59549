package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.CacheRig.BOUND;
import static org.pgreel.session.CacheRig.CLOSED_AND_PARSED;
import static org.pgreel.session.CacheRig.SQL;
import static org.pgreel.session.Messages.FAILED;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.IN_BLOCK;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.RowStream;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.TransactionStatus;

/** Streams use what the client has prepared of its own accord, and they and elements of pipelines recover when that is gone. */
class StreamHealingTest {

    private static final ErrorResponse PLAN =
            new ErrorResponse(ErrorFields.of("ERROR", "0A000", "cached plan must not change result type")
                    .with('R', "RevalidateCachedQuery"));
    private static final ErrorResponse GONE = error("ERROR", "26000");
    private static final ParameterizedQuery QUERY = ParameterizedQuery.of(SQL, List.of());

    private final CacheRig cache = new CacheRig(options -> options);

    private RowStream stream(int window) {
        RowStream stream = cache.rig.session.stream(QUERY, window, new HeardRows(cache.rig));
        cache.rig.watch("stream", stream.done());
        return stream;
    }

    @Test
    void aStreamSendsNeitherParseNorDescribeForWhatIsPreparedAndKnowsItsColumns() {
        cache.prepared();
        RowStream stream = stream(1);
        assertThat(cache.sent()).containsExactly("Bind", "Execute", "Flush");

        cache.rig.receive(new BindComplete(), row("1"), new PortalSuspended());
        stream.fetch();
        cache.rig.receive(done("SELECT 1"));
        cache.rig.receive(IDLE);

        assertThat(cache.rig.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "suspended",
                        "completed SELECT 1",
                        "stream succeeded",
                        "pgTransactionStatus I");
        cache.sent();
        assertThat(cache.use(SQL)).isEqualTo(BOUND);
    }

    @Test
    void aStreamPreparesAtTheSecondUseLikeAnyQuery() {
        cache.use(SQL);
        cache.rig.heard.clear();
        stream(0);
        assertThat(cache.sent()).containsExactly("Parse", "Bind", "Describe", "Execute", "Flush");
        cache.rig.receive(new ParseComplete(), new BindComplete(), columns("n"), done("SELECT 0"));
        cache.rig.receive(IDLE);

        cache.sent();
        assertThat(cache.use(SQL)).isEqualTo(BOUND);
    }

    @Test
    void aStreamWhoseStatementIsGoneIsOpenedOnceMore() {
        cache.prepared();
        stream(2);
        cache.sent();

        cache.rig.receive(GONE);
        assertThat(cache.sent()).as("what ends the segment").containsExactly("Sync");
        cache.rig.receive(IDLE);
        assertThat(cache.sent()).containsExactly("Parse", "Bind", "Describe", "Execute", "Flush");
        cache.rig.receive(new ParseComplete(), new BindComplete(), columns("n"), row("1"), done("SELECT 1"));
        cache.rig.receive(IDLE);

        assertThat(cache.rig.heard)
                .containsExactly(
                        "pgTransactionStatus I",
                        "columns 1",
                        "row 1",
                        "completed SELECT 1",
                        "stream succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void aPlanThatChangedIsClosedAndOpenedAnew() {
        cache.prepared();
        stream(2);
        cache.sent();

        cache.rig.receive(new BindComplete(), PLAN);
        cache.rig.receive(IDLE);

        assertThat(cache.sent()).containsExactly("Sync", "Close", "Parse", "Bind", "Describe", "Execute", "Flush");
        cache.rig.receive(new CloseComplete(), new ParseComplete(), new BindComplete(), columns("n"), done("SELECT 0"));
        cache.rig.receive(IDLE);
        assertThat(cache.rig.heard).contains("stream succeeded");
    }

    @Test
    void aStreamIsNotOpenedOnceMoreBehindARowNorInATransactionNorASecondTime() {
        cache.prepared();
        stream(1);
        cache.rig.receive(new BindComplete(), row("1"), PLAN);
        cache.rig.receive(IDLE);
        assertThat(cache.rig.heard).contains("stream: ServerError");

        CacheRig inBlock = new CacheRig(options -> options);
        inBlock.prepared();
        inBlock.rig.query("begin").receive(done("BEGIN"), IN_BLOCK);
        inBlock.rig.watch(
                "stream",
                inBlock.rig.session.stream(QUERY, 1, new HeardRows(inBlock.rig)).done());
        inBlock.rig.receive(GONE);
        inBlock.rig.receive(FAILED);
        assertThat(inBlock.rig.heard).contains("stream: ServerError");

        CacheRig twice = new CacheRig(options -> options);
        twice.prepared();
        twice.rig.watch(
                "stream",
                twice.rig.session.stream(QUERY, 1, new HeardRows(twice.rig)).done());
        for (int refusal = 1; refusal <= 2; refusal++) {
            twice.rig.receive(GONE);
            twice.rig.receive(IDLE);
        }
        assertThat(twice.rig.heard).contains("stream: ServerError");
    }

    @Test
    void aStreamThatIsStoppedWhileItIsRefusedIsNotRead() {
        cache.prepared();
        RowStream stream = stream(1);
        stream.stop();
        cache.sent();

        cache.rig.receive(GONE, IDLE);

        assertThat(cache.sent()).as("it has nothing to say but Sync").containsExactly("Sync");
        cache.rig.receive(IDLE);
        assertThat(cache.rig.heard).contains("stream succeeded");
    }

    @Test
    void theLastElementOfAPipelineIsSentOnceMore() {
        cache.prepared();
        cache.rig.watch(
                "pipeline",
                cache.rig
                        .session
                        .pipeline(List.of(ParameterizedQuery.of("select 2", List.of()), QUERY), PipelineSync.EACH)
                        .thenApply(all -> {
                            all.forEach(outcome ->
                                    assertThat(outcome.orThrow().rows()).hasSize(1));
                            return all;
                        }));
        cache.sent();

        cache.rig.receive(
                new ParseComplete(), new BindComplete(), columns("n"), row("2"), done("SELECT 1"), IDLE, PLAN, IDLE);

        assertThat(cache.answer(TransactionStatus.IDLE)).isEqualTo(CLOSED_AND_PARSED);
        assertThat(cache.rig.heard).contains("pipeline succeeded");
    }

    @Test
    void anElementBehindWhichAnotherWasSentIsNotSentOnceMoreBecauseOrderIsPromised() {
        cache.prepared();
        cache.rig.watch(
                "pipeline",
                cache.rig
                        .session
                        .pipeline(List.of(QUERY, ParameterizedQuery.of("select 2", List.of())), PipelineSync.EACH)
                        .thenApply(all -> all.get(0).orThrow()));

        cache.rig.receive(
                GONE, IDLE, new ParseComplete(), new BindComplete(), columns("n"), row("2"), done("SELECT 1"), IDLE);

        assertThat(cache.rig.heard).contains("pipeline: ServerError");
    }

    @Test
    void anElementIsSentTwiceAtMost() {
        cache.prepared();
        cache.rig.watch(
                "pipeline",
                cache.rig
                        .session
                        .pipeline(List.of(QUERY), PipelineSync.EACH)
                        .thenApply(all -> all.get(0).orThrow()));

        cache.rig.receive(GONE, IDLE);
        cache.rig.receive(GONE, IDLE);

        assertThat(cache.rig.heard).contains("pipeline: ServerError");
    }

    @Test
    void anotherRoleAndResetAllMakeAllStatementsAnew() {
        for (String sql : List.of(
                "RESET ALL", "set role other", "SET SESSION AUTHORIZATION other", "reset role", "SET SCHEMA 'other'")) {
            CacheRig each = new CacheRig(options -> options);
            each.prepared();
            each.rig.query(sql).receive(done(sql.split(" ")[0].toUpperCase(Locale.ROOT)), IDLE);
            each.sent();
            assertThat(each.use(SQL)).as(sql).isEqualTo(CLOSED_AND_PARSED);
        }
    }
}
