package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowStream;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireLimits;

/** Rows in windows: what is asked, and that the stream ends with one Sync however it ends. */
class StreamTest {

    private static final ParameterizedQuery QUERY = ParameterizedQuery.of("select n from t", List.of());
    private static final List<String> BEGUN = List.of("Parse", "Bind", "Describe", "Execute", "Flush");

    private final SessionRig rig = SessionRig.with(o -> o.pipelineDepth(8)).ready();

    private RowStream stream(int window, RowReceiver receiver) {
        RowStream stream = rig.session.stream(QUERY, window, receiver);
        rig.watch("stream", stream.done());
        return stream;
    }

    private void receive(BackendMessage... messages) {
        rig.receive(messages);
    }

    /** What was sent behind the first window's request. */
    private List<String> sentSince() {
        assertThat(rig.effects.sentNames()).startsWith(BEGUN.toArray(String[]::new));
        return rig.effects.sentNames().subList(BEGUN.size(), rig.effects.sent.size());
    }

    private void firstWindow() {
        receive(new ParseComplete(), new BindComplete(), columns("n"), row("1"), row("2"), new PortalSuspended());
    }

    @Test
    void eachWindowIsAskedForAndOneSyncEndsTheStream() {
        RowStream stream = stream(2, new HeardRows(rig));
        assertThat(rig.effects.sentNames()).isEqualTo(BEGUN);
        assertThat(rig.effects.sent.get(3)).isEqualTo(new Execute("", 2));

        firstWindow();
        stream.fetch();
        assertThat(sentSince()).containsExactly("Execute", "Flush");
        receive(row("3"), done("SELECT 3"));
        assertThat(sentSince()).containsExactly("Execute", "Flush", "Sync");
        assertThat(stream.done()).isNotDone();
        receive(IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "row 2",
                        "suspended",
                        "row 3",
                        "completed SELECT 3",
                        "stream succeeded",
                        "pgTransactionStatus I");
        QueryResult result = stream.done().join();
        assertThat(result.rows()).isEmpty();
        assertThat(result.rowCount()).hasValue(3);
        assertThat(result.description()).isEqualTo(columns("n"));
    }

    @Test
    void aPreparedStatementIsStreamedWithoutParse() {
        rig.session.stream(NamedQuery.of("s", List.of()), 2, new HeardRows(rig));

        assertThat(rig.effects.sentNames()).containsExactly("Bind", "Describe", "Execute", "Flush");
    }

    @Test
    void moreIsAskedForFromTheReceiver() {
        HeardRows[] rows = new HeardRows[1];
        RowStream[] stream = new RowStream[1];
        rows[0] = new HeardRows(rig, event -> {
            if (event.equals("suspended")) {
                stream[0].fetch();
            }
        });
        stream[0] = stream(2, rows[0]);

        firstWindow();

        assertThat(sentSince()).containsExactly("Execute", "Flush");
    }

    @Test
    void whatIsAskedForBeforeAWindowIsCompleteIsSentThen() {
        RowStream stream = stream(2, new HeardRows(rig));
        stream.fetch();
        stream.fetch();
        assertThat(sentSince()).isEmpty();

        firstWindow();
        assertThat(sentSince()).containsExactly("Execute", "Flush");
        receive(row("3"), row("4"), new PortalSuspended());
        assertThat(sentSince()).containsExactly("Execute", "Flush", "Execute", "Flush");
        receive(row("5"), row("6"), new PortalSuspended());

        assertThat(sentSince()).containsExactly("Execute", "Flush", "Execute", "Flush");
    }

    @Test
    void aStopIsOneSyncAndNothingFollows() {
        RowStream stream = stream(2, new HeardRows(rig));
        firstWindow();

        stream.stop();
        stream.stop();
        stream.fetch();
        assertThat(sentSince()).containsExactly("Sync");
        receive(IDLE);
        stream.fetch();
        stream.stop();

        assertThat(sentSince()).containsExactly("Sync");
        assertThat(stream.done().join().commandTag()).isEmpty();
        assertThat(rig.heard).endsWith("suspended", "stream succeeded", "pgTransactionStatus I");
    }

    @Test
    void aStopJustBeforeTheLastCompletionIsStillOneSync() {
        RowStream stream = stream(2, new HeardRows(rig));
        receive(new ParseComplete(), new BindComplete(), columns("n"), row("1"));

        stream.stop();
        receive(done("SELECT 1"), IDLE);

        assertThat(sentSince()).containsExactly("Sync");
        assertThat(stream.done().join().commandTag()).isEqualTo("SELECT 1");
        assertThat(rig.heard).doesNotContain("completed SELECT 1");
    }

    @Test
    void aStopInsideAWindowThrowsTheRestOfItAway() {
        HeardRows[] rows = new HeardRows[1];
        rows[0] = new HeardRows(rig, event -> {
            if (event.equals("row 1")) {
                rows[0].inflow().stop();
            }
        });
        RowStream stream = stream(2, rows[0]);

        firstWindow();
        receive(IDLE);

        assertThat(sentSince()).containsExactly("Sync");
        assertThat(stream.done()).isCompleted();
        assertThat(rig.heard).containsExactly("columns 1", "row 1", "stream succeeded", "pgTransactionStatus I");
    }

    @Test
    void aStopBeforeItsTurnSendsOnlySync() {
        rig.query("select 1");
        RowStream stream = stream(2, new HeardRows(rig));
        stream.stop();

        rig.receive(answer("1"));
        assertThat(rig.effects.sentNames()).containsExactly("Query", "Sync");
        receive(IDLE);

        assertThat(stream.done()).isCompleted();
    }

    @Test
    void nothingIsSentBehindAStreamBeforeItsSync() {
        RowStream stream = stream(2, new HeardRows(rig));
        rig.watch("next", rig.session.query("select 2", List.of()));
        firstWindow();
        assertThat(sentSince()).isEmpty();

        stream.stop();
        assertThat(sentSince()).containsExactly("Sync", "Parse", "Bind", "Describe", "Execute", "Sync");
        receive(IDLE, new ParseComplete(), new BindComplete());
        rig.receive(answer("2"));

        assertThat(rig.heard).contains("stream succeeded", "next succeeded");
    }

    @Test
    void anErrorIsAnsweredWithSyncAndFailsOnlyTheStream() {
        stream(2, new HeardRows(rig));
        receive(error("ERROR", "42P01"));
        assertThat(sentSince()).containsExactly("Sync");
        receive(IDLE);
        rig.query("select 1").receive(answer("1"));

        assertThat(rig.heard)
                .containsExactly(
                        "stream: ServerError", "pgTransactionStatus I", "select 1 succeeded", "pgTransactionStatus I");
    }

    @Test
    void zeroRowsAndEmptyStatementsEndInOrder() {
        stream(2, new HeardRows(rig));
        receive(new ParseComplete(), new BindComplete(), columns("n"), done("SELECT 0"));
        assertThat(sentSince()).containsExactly("Sync");
        receive(IDLE);
        rig.watch("empty", rig.session.stream(QUERY, 2, new HeardRows(rig)).done());
        receive(new ParseComplete(), new BindComplete(), new NoData(), new EmptyQueryResponse());
        receive(IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "columns 1",
                        "completed SELECT 0",
                        "stream succeeded",
                        "pgTransactionStatus I",
                        "completed ",
                        "empty succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void aWindowOfZeroHasNoLimitAndANegativeOneIsRefused() {
        stream(0, new HeardRows(rig));

        assertThat(rig.effects.sent.get(3)).isEqualTo(new Execute("", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> stream(-1, new HeardRows(rig)));
    }

    @Test
    void aReceiverThatThrowsEndsItsStream() {
        stream(2, new HeardRows(rig, event -> {
            if (event.equals("row 1")) {
                throw new IllegalStateException("full");
            }
        }));

        firstWindow();
        assertThat(sentSince()).containsExactly("Sync");
        receive(IDLE);
        rig.query("select 1").receive(answer("1"));

        assertThat(rig.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "stream: ReceiverFailed may-have-executed may-have-committed",
                        "pgTransactionStatus I",
                        "select 1 succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void aCopyToTheServerInsideAStreamFailsOnlyTheStream() {
        stream(2, new HeardRows(rig));
        receive(new ParseComplete(), new BindComplete(), new NoData(), new CopyInResponse(0, List.of(0)));
        assertThat(sentSince()).containsExactly("CopyFail");
        receive(error("ERROR", "57014"));
        assertThat(sentSince()).containsExactly("CopyFail", "Sync");
        receive(IDLE);
        rig.query("select 1").receive(answer("1"));

        assertThat(rig.heard).containsSubsequence("stream: ServerError", "select 1 succeeded");
    }

    @Test
    void aCopyToTheServerBehindAStopGetsASyncOfItsOwn() {
        RowStream stream = stream(2, new HeardRows(rig));
        stream.stop();
        receive(new ParseComplete(), new BindComplete(), new NoData(), new CopyInResponse(0, List.of(0)));

        assertThat(sentSince()).containsExactly("Sync", "CopyFail", "Sync");
        receive(error("ERROR", "57014"), IDLE);
        rig.query("select 1").receive(answer("1"));

        assertThat(rig.heard).containsSubsequence("stream: ServerError", "select 1 succeeded");
    }

    @Test
    void aCopyFromTheServerInsideAStreamIsDrainedAndFailsOnlyTheStream() {
        stream(2, new HeardRows(rig));
        receive(new ParseComplete(), new BindComplete(), new NoData(), new CopyOutResponse(0, List.of(0)));
        receive(new CopyData(Bytes.utf8("1\n")), new CopyDone(), done("COPY 1"), IDLE);
        rig.query("select 1").receive(answer("1"));

        assertThat(sentSince()).startsWith("Sync");
        assertThat(rig.heard)
                .containsSubsequence(
                        "stream: ReceiverFailed may-have-executed may-have-committed", "select 1 succeeded");
    }

    @Test
    void aSuspensionThatNobodyAskedForIsAViolation() {
        stream(0, new HeardRows(rig));
        receive(new ParseComplete(), new BindComplete(), columns("n"), row("1"), new PortalSuspended());

        assertThat(rig.heard).contains("stream: ProtocolViolation may-have-executed may-have-committed");
    }

    @Test
    void aCompletionBehindASuspensionWithoutAnotherExecuteIsAViolation() {
        stream(2, new HeardRows(rig));
        firstWindow();
        receive(done("SELECT 2"));

        assertThat(rig.heard).contains("stream: ProtocolViolation may-have-executed may-have-committed");
    }

    @Test
    void aRowAboveTheLimitEndsTheStream() {
        SessionRig small = SessionRig.with(o -> o.limits(WireLimits.DEFAULTS.withMessage(1000)))
                .ready();
        RowStream stream = small.session.stream(QUERY, 3, new HeardRows(small));
        small.watch("stream", stream.done());
        small.receive(new ParseComplete(), new BindComplete(), columns("n"), row("1"), row("x".repeat(2000)), row("3"));
        small.receive(new PortalSuspended());
        assertThat(small.effects.sentNames()).endsWith("Sync");
        small.receive(IDLE);

        assertThat(small.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "stream: LimitExceeded may-have-executed may-have-committed",
                        "pgTransactionStatus I");
    }

    @Test
    void theEndOfTheSessionFailsIt() {
        RowStream stream = stream(2, new HeardRows(rig));
        firstWindow();
        rig.session.close();
        stream.fetch();

        assertThat(rig.heard)
                .endsWith(
                        "stream: SessionClosed may-have-executed may-have-committed",
                        "pgSessionShutdown SessionClosed");
        assertThat(sentSince()).containsExactly("Terminate");
    }
}
