package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.client.PipelineSync.BATCH;
import static org.pgreel.client.PipelineSync.EACH;
import static org.pgreel.session.Messages.FAILED;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PgException;
import org.pgreel.client.PipelineReceiver;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.client.RolledBackException;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParseComplete;

/** Pipelines that the application submits as one: what is sent, and how each element comes out. */
class PipelineOutcomeTest {

    private static final String IN_DOUBT = " may-have-executed may-have-committed";
    private static final List<String> ONE = List.of("Parse", "Bind", "Describe", "Execute");

    private final SessionRig rig = SessionRig.plain().ready();

    /** Writes down what it hears in the rig's list. */
    private final class Listener implements PipelineReceiver {
        @Override
        public void result(int index, QueryResult result) {
            rig.heard.add(index + ": " + result.commandTag());
        }

        @Override
        public void failed(int index, PgException failure) {
            rig.heard.add(index + ": " + SessionRig.words(failure));
        }

        @Override
        public void complete() {
            rig.heard.add("complete");
        }
    }

    private void pipeline(PipelineSync sync, String... statements) {
        List<ExtendedQuery> queries = new ArrayList<>();
        for (String sql : statements) {
            queries.add(ParameterizedQuery.of(sql, List.of()));
        }
        var unused = rig.session.pipeline(queries, sync, new Listener());
    }

    private static BackendMessage[] inserted() {
        return new BackendMessage[] {new ParseComplete(), new BindComplete(), new NoData(), done("INSERT 0 1")};
    }

    private static BackendMessage[] tagged(String tag) {
        return new BackendMessage[] {new ParseComplete(), new BindComplete(), new NoData(), done(tag)};
    }

    private static BackendMessage[] with(BackendMessage[] messages, BackendMessage more) {
        BackendMessage[] all = Arrays.copyOf(messages, messages.length + 1);
        all[messages.length] = more;
        return all;
    }

    @Test
    void allElementsLeaveInOneWriteEachWithItsSync() {
        pipeline(EACH, "insert 1", "insert 2");

        assertThat(rig.effects.asked)
                .containsExactly("write Parse Bind Describe Execute Sync Parse Bind Describe Execute Sync", "flush");
    }

    @Test
    void aBatchHasOneSync() {
        pipeline(BATCH, "insert 1", "insert 2");

        assertThat(rig.effects.asked)
                .containsExactly("write Parse Bind Describe Execute Parse Bind Describe Execute Sync", "flush");
    }

    @Test
    void eachOutcomeIsToldAtItsOwnReadyForQuery() {
        pipeline(EACH, "insert 1", "insert 2", "insert 3");

        rig.receive(with(inserted(), IDLE))
                .receive(error("ERROR", "23505"), IDLE)
                .receive(with(inserted(), IDLE));

        assertThat(rig.heard)
                .containsExactly(
                        "0: INSERT 0 1",
                        "pgTransactionStatus I",
                        "1: ServerError",
                        "pgTransactionStatus I",
                        "2: INSERT 0 1",
                        "complete",
                        "pgTransactionStatus I");
    }

    @Test
    void aBatchIsSettledAtItsOnlyReadyForQuery() {
        pipeline(BATCH, "insert 1", "insert 2");

        rig.receive(inserted()).receive(inserted());
        assertThat(rig.heard).isEmpty();
        rig.receive(IDLE);

        assertThat(rig.heard).containsExactly("0: INSERT 0 1", "1: INSERT 0 1", "complete", "pgTransactionStatus I");
    }

    @Test
    void theErrorOfOneInABatchUndoesThoseBeforeItAndStopsThoseBehindIt() {
        pipeline(BATCH, "insert 1", "insert 2", "insert 3", "insert 4");

        rig.receive(inserted()).receive(inserted()).receive(error("ERROR", "23505"), IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "0: RolledBack",
                        "1: RolledBack",
                        "2: ServerError",
                        "3: NotExecuted",
                        "complete",
                        "pgTransactionStatus I");
    }

    @Test
    void whatItsOwnCommitMadePermanentSucceeds() {
        pipeline(BATCH, "begin", "insert 1", "commit", "insert 2", "insert 3");

        rig.receive(tagged("BEGIN"))
                .receive(inserted())
                .receive(tagged("COMMIT"))
                .receive(inserted())
                .receive(error("ERROR", "23505"), IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "0: BEGIN",
                        "1: INSERT 0 1",
                        "2: COMMIT",
                        "3: RolledBack",
                        "4: ServerError",
                        "complete",
                        "pgTransactionStatus I");
    }

    @Test
    void aCommitThatWasAnsweredByRollbackMadeNothingPermanent() {
        pipeline(BATCH, "insert 1", "commit", "insert 2");

        rig.receive(inserted()).receive(tagged("ROLLBACK")).receive(error("ERROR", "23505"), IDLE);

        assertThat(rig.heard).startsWith("0: RolledBack" + IN_DOUBT, "1: RolledBack" + IN_DOUBT, "2: ServerError");
    }

    @Test
    void anErrorBehindTheLastCompletionIsTheLastOnes() {
        pipeline(BATCH, "insert 1", "select 2");

        rig.receive(inserted())
                .receive(new ParseComplete(), new BindComplete(), columns("n"), row("2"), done("SELECT 1"))
                .receive(error("ERROR", "23503"), IDLE);

        assertThat(rig.heard).startsWith("0: RolledBack", "1: ServerError", "complete");
    }

    @Test
    void aCommitThatFailsLeavesWhatWasBeforeItInDoubt() {
        pipeline(BATCH, "begin", "insert 1", "commit", "insert 2");

        rig.receive(tagged("BEGIN")).receive(inserted()).receive(new ParseComplete(), new BindComplete(), new NoData());
        rig.receive(error("ERROR", "23503"), IDLE);

        assertThat(rig.heard)
                .startsWith(
                        "0: RolledBack" + IN_DOUBT,
                        "1: RolledBack" + IN_DOUBT,
                        "2: ServerError" + IN_DOUBT,
                        "3: NotExecuted",
                        "complete");
    }

    @Test
    void anErrorInABlockUndoesTheBlock() {
        pipeline(BATCH, "begin", "insert 1", "insert 2");

        rig.receive(tagged("BEGIN")).receive(inserted()).receive(error("ERROR", "23505"), FAILED);

        assertThat(rig.heard).contains("1: RolledBack", "2: ServerError", "pgTransactionStatus E");
    }

    @Test
    void aFatalErrorBehindTheLastCompletionLeavesAllInDoubt() {
        pipeline(BATCH, "insert 1", "insert 2");

        rig.receive(inserted()).receive(inserted()).receive(error("FATAL", "57P01"));
        rig.core.endOfStream();

        assertThat(rig.heard).startsWith("0: ServerError" + IN_DOUBT, "1: ServerError" + IN_DOUBT, "complete");
    }

    @Test
    void aPoolerThatLostItsServerLeavesAllInDoubtAlsoWhatIsBehind() {
        pipeline(BATCH, "insert 1", "insert 2", "insert 3");

        rig.receive(inserted()).receive(error("FATAL", "08P01"));
        rig.core.endOfStream();

        assertThat(rig.heard)
                .startsWith(
                        "0: ServerError" + IN_DOUBT,
                        "1: ServerError" + IN_DOUBT,
                        "2: ServerError" + IN_DOUBT,
                        "complete");
    }

    @Test
    void theEndOfTheSessionFailsWhatIsNotSettledAndCompletesLast() {
        pipeline(EACH, "insert 1", "insert 2", "insert 3");

        rig.receive(with(inserted(), IDLE)).receive(error("ERROR", "23505"));
        rig.core.endOfStream();

        assertThat(rig.heard)
                .containsExactly(
                        "0: INSERT 0 1",
                        "pgTransactionStatus I",
                        "1: ServerError",
                        "2: ConnectionLost" + IN_DOUBT,
                        "complete",
                        "pgSessionShutdown ConnectionLost");
    }

    @Test
    void theEndOfTheSessionLeavesABatchInDoubtThoughAllWereCompleted() {
        pipeline(BATCH, "insert 1", "insert 2");

        rig.receive(inserted()).receive(inserted());
        rig.core.endOfStream();

        assertThat(rig.heard).startsWith("0: ConnectionLost" + IN_DOUBT, "1: ConnectionLost" + IN_DOUBT, "complete");
    }

    @Test
    void aPipelineOfNothingSendsNothingAndWaitsForItsTurn() {
        rig.query("select 1");
        pipeline(EACH);
        pipeline(BATCH);

        assertThat(rig.effects.sentNames()).containsExactly("Query");
        assertThat(rig.heard).isEmpty();
        rig.receive(Messages.answer("1"));
        assertThat(rig.heard).containsExactly("select 1 succeeded", "pgTransactionStatus I", "complete", "complete");
        assertThat(rig.effects.sentNames()).containsExactly("Query");
    }

    @Test
    void aPipelineThatIsNotSentFailsWithoutEffect() {
        SessionRig closed = SessionRig.plain().connected();
        closed.watch(
                "all",
                closed.session
                        .pipeline(List.of(NamedQuery.of("one", List.of())), EACH)
                        .thenAccept(outcomes -> outcomes.get(0).orThrow()));

        closed.core.close();

        assertThat(closed.heard)
                .containsExactly("pgSessionConnected", "all: SessionClosed", "pgSessionShutdown SessionClosed");
    }

    @Test
    void oneThatCannotBeSentKeepsAllFromBeingSent() {
        List<ParameterizedQuery> queries = List.of(
                ParameterizedQuery.of("select 1", List.of()), ParameterizedQuery.of("copy t from stdin", List.of()));

        assertThatThrownBy(() -> rig.session.pipeline(queries, EACH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("query 1: COPY takes no parameters: use query(String) or copyIn");
        assertThat(rig.effects.sent).isEmpty();
    }

    @Test
    void namedAndUnnamedStatementsTravelTogether() {
        rig.session.pipeline(
                List.of(ParameterizedQuery.of("insert 1", List.of()), NamedQuery.of("one", List.of())),
                BATCH,
                new Listener());

        assertThat(rig.effects.sentNames())
                .containsExactly("Parse", "Bind", "Describe", "Execute", "Bind", "Describe", "Execute", "Sync");
        rig.receive(inserted()).receive(new BindComplete(), columns("n"), row("1"), done("SELECT 1"), IDLE);
        assertThat(rig.heard).containsExactly("0: INSERT 0 1", "1: SELECT 1", "complete", "pgTransactionStatus I");
    }

    @Test
    void nothingComesBetweenTheElementsAlsoIfTheTransportIsFullMeanwhile() {
        SessionRig slow = SessionRig.plain().ready();
        byte[] large = new byte[100 << 10];
        Arrays.fill(large, (byte) 'x');
        ParameterizedQuery query = ParameterizedQuery.of("select '" + new String(large) + "'", List.of());
        slow.effects.fillsAt(150 << 10);
        var unused = slow.session.pipeline(List.of(query, query, query), EACH);
        var behind = slow.session.query("select 1", List.of());

        assertThat(slow.effects.sentNames().stream().filter("Sync"::equals)).hasSize(2);
        slow.effects.drain();
        assertThat(slow.effects.sentNames().stream().filter("Sync"::equals)).hasSize(4);
        assertThat(slow.effects.sentNames().subList(10, 15))
                .containsExactly("Parse", "Bind", "Describe", "Execute", "Sync");
    }

    @Test
    void anElementBetweenWhichTheServerAnswersWrongFailsWithAllBehindIt() {
        pipeline(EACH, "insert 1", "insert 2");

        rig.receive(with(inserted(), IDLE)).receive(new BindComplete());

        assertThat(rig.heard)
                .endsWith("1: ProtocolViolation" + IN_DOUBT, "complete", "pgSessionShutdown ProtocolViolation");
    }

    @Test
    void aReadyForQueryTooManyEndsTheSession() {
        pipeline(EACH, "insert 1", "insert 2");

        rig.receive(with(inserted(), IDLE)).receive(IDLE);

        assertThat(rig.heard).endsWith("complete", "pgSessionShutdown ProtocolViolation");
    }

    @Test
    void aReadyForQueryInsideABatchEndsTheSession() {
        pipeline(BATCH, "insert 1", "insert 2");

        rig.receive(with(inserted(), IDLE));

        assertThat(rig.heard)
                .startsWith("0: ProtocolViolation" + IN_DOUBT, "1: ProtocolViolation" + IN_DOUBT, "complete")
                .endsWith("pgSessionShutdown ProtocolViolation");
    }

    @Test
    void whatAReceiverThrowsIsReportedAndChangesNothing() {
        rig.session.pipeline(List.of(ParameterizedQuery.of("insert 1", List.of())), EACH, new PipelineReceiver() {
            @Override
            public void result(int index, QueryResult result) {
                throw new IllegalStateException("from the application");
            }

            @Override
            public void failed(int index, PgException failure) {}

            @Override
            public void complete() {
                rig.heard.add("complete");
            }
        });

        rig.receive(with(inserted(), IDLE));

        assertThat(rig.heard).containsExactly("complete", "pgTransactionStatus I");
        assertThat(rig.effects.asked).contains("receiverFailed PipelineReceiver IllegalStateException");
    }

    @Test
    void aFailureNamesTheElementThatFailed() {
        var outcomes = rig.session.pipeline(
                List.of(ParameterizedQuery.of("insert 1", List.of()), ParameterizedQuery.of("insert 2", List.of())),
                BATCH);

        rig.receive(inserted()).receive(error("ERROR", "23505"), IDLE);

        assertThatThrownBy(() -> outcomes.join().get(0).orThrow())
                .isInstanceOfSatisfying(
                        RolledBackException.class,
                        e -> assertThat(e.failedIndex()).isEqualTo(1))
                .hasMessage("rolled back, because statement 1 of the same batch failed:"
                        + " ERROR 23505: something went wrong");
    }
}
