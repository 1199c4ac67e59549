package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.FAILED;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.IN_BLOCK;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.Parameter;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationKerberosV5;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CopyBothResponse;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.FunctionCallResponse;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;

/** How operations end, and what they say of what they left behind. */
class OperationOutcomeTest {

    private static final String IN_DOUBT = " may-have-executed may-have-committed";

    @Test
    void anOperationSucceedsAtItsReadyForQueryAndNotBefore() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<QueryResults> result = rig.session.query("select n");

        rig.receive(columns("n"), row("1"), row((String) null), done("SELECT 2"));
        assertThat(result).isNotDone();
        rig.receive(IDLE);

        QueryResult only = result.join().only();
        assertThat(only.rows()).hasSize(2);
        assertThat(only.rows().get(0).text("n")).isEqualTo("1");
        assertThat(only.rows().get(1).isNull(0)).isTrue();
        assertThat(only.commandTag()).isEqualTo("SELECT 2");
        assertThat(only.rowCount()).hasValue(2);
    }

    @Test
    void aSimpleQueryGivesAResultForEachStatement() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<QueryResults> results = rig.session.query("select n; insert into t values (1)");
        CompletableFuture<QueryResults> nothing = rig.session.query("");

        rig.receive(columns("n"), done("SELECT 0"), done("INSERT 0 1"), IDLE).receive(new EmptyQueryResponse(), IDLE);

        assertThat(results.join()).extracting(QueryResult::commandTag).containsExactly("SELECT 0", "INSERT 0 1");
        assertThat(nothing.join().only().commandTag()).isEmpty();
        assertThat(results.join().results().get(0).description()).isNotNull();
        assertThat(results.join().results().get(1).description()).isNull();
    }

    @Test
    void aParameterizedQueryHasASyncOfItsOwn() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<QueryResult> result =
                rig.session.query("select $1", List.of(Parameter.text("a"), Parameter.ofNull()));

        assertThat(rig.effects.sentNames()).containsExactly("Parse", "Bind", "Describe", "Execute", "Sync");
        assertThat(rig.effects.asked).containsExactly("write Parse Bind Describe Execute Sync", "flush");
        rig.receive(new ParseComplete(), new BindComplete(), columns("n"), row("a"), done("SELECT 1"), IDLE);

        assertThat(result.join().onlyRow().text(0)).isEqualTo("a");
    }

    @Test
    void aStatementWithoutRowsHasNoDescription() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<QueryResult> result = rig.session.query("insert into t values ($1)", List.of());

        rig.receive(new ParseComplete(), new BindComplete(), new NoData(), done("INSERT 0 1"), IDLE);

        assertThat(result.join().description()).isNull();
        assertThat(result.join().rowCount()).hasValue(1);
    }

    @Test
    void anErrorBehindCommandCompleteFailsTheOperation() {
        SessionRig simple = SessionRig.plain().ready().query("insert into t values (1)");
        simple.receive(done("INSERT 0 1"), error("ERROR", "23503"), IDLE);
        SessionRig extended = SessionRig.plain().ready();
        extended.watch("insert", extended.session.query("insert into t values (1)", List.of()));
        extended.receive(
                new ParseComplete(),
                new BindComplete(),
                new NoData(),
                done("INSERT 0 1"),
                error("ERROR", "23503"),
                IDLE);

        assertThat(simple.heard)
                .containsExactly("insert into t values (1): ServerError" + IN_DOUBT, "pgTransactionStatus I");
        assertThat(extended.heard).containsExactly("insert: ServerError", "pgTransactionStatus I");
    }

    @Test
    void anErrorAfterAnOwnCommitLeavesTheEffectInDoubt() {
        SessionRig rig = SessionRig.plain().ready().query("begin; insert into t values (1); commit; select 1/0");

        rig.receive(done("BEGIN"), done("INSERT 0 1"), done("COMMIT"), error("ERROR", "22012"), IDLE);

        assertThat(rig.heard.get(0)).endsWith("ServerError" + IN_DOUBT);
    }

    @Test
    void theSessionWorksOnAfterAnError() {
        SessionRig rig = SessionRig.plain().ready().query("selec", "select 1");

        rig.receive(error("ERROR", "42601"), IDLE).receive(answer("1"));

        assertThat(rig.heard)
                .containsExactly(
                        "selec: ServerError", "pgTransactionStatus I", "select 1 succeeded", "pgTransactionStatus I");
    }

    @Test
    void anErrorKeepsItsOperationEvenIfTheConnectionEndsBehindIt() {
        SessionRig rig = SessionRig.plain().ready().query("selec", "select 1");

        rig.receive(error("ERROR", "42601"));
        rig.core.endOfStream();

        assertThat(rig.heard)
                .containsExactly("selec: ServerError", "select 1: ConnectionLost", "pgSessionShutdown ConnectionLost");
    }

    @Test
    void aFatalErrorInsideAResultIsTheOperationsAndTheSessions() {
        SessionRig rig = SessionRig.plain().ready().query("select n", "select 2");

        rig.receive(columns("n"), row("1"), error("FATAL", "57P01"));
        assertThat(rig.heard).isEmpty();
        rig.core.endOfStream();

        assertThat(rig.heard)
                .containsExactly("select n: ServerError", "select 2: ConnectionLost", "pgSessionShutdown ServerError");
    }

    @Test
    void rowsAndTagWithoutReadyForQueryAreNoSuccess() {
        SessionRig rig = SessionRig.plain().ready().query("insert into t values (1)");

        rig.receive(done("INSERT 0 1"));
        rig.core.reset(new IOException("Connection reset"));

        assertThat(rig.heard)
                .containsExactly(
                        "insert into t values (1): ConnectionLost" + IN_DOUBT, "pgSessionShutdown ConnectionLost");
    }

    @Test
    void insideABlockNothingIsCommittedUnlessCommitWasSent() {
        SessionRig open = SessionRig.plain().ready().query("begin", "insert into t values (1)");
        open.receive(done("BEGIN"), IN_BLOCK);
        open.core.endOfStream();
        SessionRig committing = SessionRig.plain().ready().query("begin", "commit");
        committing.receive(done("BEGIN"), IN_BLOCK);
        committing.core.endOfStream();

        assertThat(open.heard).contains("insert into t values (1): ConnectionLost may-have-executed");
        assertThat(committing.heard).contains("commit: ConnectionLost" + IN_DOUBT);
    }

    @Test
    void everyOperationFailsOnceInOrderWithTheFirstCause() {
        SessionRig rig = SessionRig.plain().ready().query("select 1", "select 2", "select 3");

        rig.receive(columns("a", "b"), row("1"));
        rig.core.endOfStream();

        assertThat(rig.heard)
                .containsExactly(
                        "select 1: ProtocolViolation" + IN_DOUBT,
                        "select 2: ProtocolViolation",
                        "select 3: ProtocolViolation",
                        "pgSessionShutdown ProtocolViolation");
        assertThat(rig.effects.sentNames()).containsExactly("Query", "Terminate");
    }

    /** Messages that no server sends in answer to a simple query. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aMessageOutOfPlaceIsAViolationAndNotASilentClose(int which) {
        List<BackendMessage> misplaced = List.of(
                new AuthenticationOk(),
                new AuthenticationCleartextPassword(),
                new AuthenticationKerberosV5(),
                row("1"),
                IDLE,
                new ParseComplete(),
                new FunctionCallResponse(null),
                new CopyDone(),
                new PortalSuspended(),
                new CopyBothResponse(0, List.of()));
        SessionRig rig = SessionRig.plain().ready().query("select 1");

        rig.receive(misplaced.get(which));

        assertThat(rig.heard)
                .as(misplaced.get(which).name())
                .containsExactly("select 1: ProtocolViolation" + IN_DOUBT, "pgSessionShutdown ProtocolViolation");
    }

    @Test
    void junkIsAViolationInFlightAndWhileIdle() {
        byte[] junk = {1, 0, 0, 0, 5, 9};
        SessionRig inFlight = SessionRig.plain().ready().query("select 1");
        inFlight.core.received(junk, 0, junk.length);
        SessionRig idle = SessionRig.plain().ready();
        idle.core.received(junk, 0, junk.length);

        assertThat(inFlight.heard)
                .containsExactly("select 1: ProtocolViolation" + IN_DOUBT, "pgSessionShutdown ProtocolViolation");
        assertThat(idle.heard).containsExactly("pgSessionShutdown ProtocolViolation");
    }

    @Test
    void anOperationThatTakesTooLongEndsTheSession() {
        SessionRig rig =
                SessionRig.with(o -> o.operationTimeout(Duration.ofSeconds(3))).ready();
        rig.query("select 1", "select 2");
        assertThat(rig.effects.armed).containsEntry(Timer.OPERATION, Duration.ofSeconds(3));

        rig.receive(answer("1"));
        assertThat(rig.effects.armed).containsKey(Timer.OPERATION);
        rig.core.elapsed(Timer.OPERATION);

        assertThat(rig.heard).endsWith("select 2: OperationTimedOut" + IN_DOUBT, "pgSessionShutdown OperationTimedOut");
    }

    @Test
    void theTimerOfAnOperationIsDisarmedWhenNothingIsOnTheWire() {
        SessionRig rig =
                SessionRig.with(o -> o.operationTimeout(Duration.ofSeconds(3))).ready();

        rig.query("select 1").receive(answer("1"));

        assertThat(rig.effects.armed).isEmpty();
    }

    @Test
    void operationsWaitWhileTheTransportTakesNoMore() {
        SessionRig rig = SessionRig.plain().ready();
        rig.core.unwritable();
        rig.query("select 1");
        assertThat(rig.effects.sentNames()).isEmpty();

        rig.core.writable();

        assertThat(rig.effects.sentNames()).containsExactly("Query");
    }

    @Test
    void aCommitThatTheServerTurnedIntoARollbackSaysSo() {
        SessionRig rig = SessionRig.plain().ready().query("begin", "selec");
        rig.receive(done("BEGIN"), IN_BLOCK).receive(error("ERROR", "42601"), FAILED);

        CompletableFuture<QueryResults> commit = rig.session.query("commit");
        rig.receive(done("ROLLBACK"), IDLE);

        assertThat(commit.join().only().commandTag()).isEqualTo("ROLLBACK");
    }
}
