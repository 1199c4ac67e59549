package org.pgreel.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.notice;
import static org.pgreel.session.Messages.row;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireLimits;

/** COPY both ways, asked for and not. */
class CopyTest {

    private static final CopyInResponse IN = new CopyInResponse(0, List.of(0, 0));
    private static final CopyOutResponse OUT = new CopyOutResponse(0, List.of(0, 0));

    @Test
    void copyOutGivesItsData() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<QueryResults> result = rig.session.query("copy t to stdout; select 1");

        rig.receive(OUT, data("1\tone\n"), notice(), data("2\ttwo\n"), new CopyDone(), done("COPY 2"));
        rig.receive(columns("n"), row("1"), done("SELECT 1"), IDLE);

        QueryResult copy = result.join().results().get(0);
        assertThat(copy.copiedText()).isEqualTo("1\tone\n2\ttwo\n");
        assertThat(copy.copyData()).hasSize(2);
        assertThat(copy.rowCount()).hasValue(2);
        assertThat(result.join().results().get(1).copyData()).isEmpty();
    }

    @Test
    void copyInFeedsItsData() {
        SessionRig rig = SessionRig.plain().ready();
        byte[] data = "1\tone\n".repeat(30_000).getBytes(UTF_8);
        CompletableFuture<QueryResult> result = rig.session.copyIn("copy t from stdin", data);

        rig.receive(IN);
        assertThat(rig.effects.sentNames()).containsExactly("Query", "CopyData", "CopyData", "CopyData", "CopyDone");
        rig.receive(done("COPY 30000"), IDLE);

        assertThat(result.join().rowCount()).hasValue(30_000);
        assertThat(rig.effects.sent.stream()
                        .filter(CopyData.class::isInstance)
                        .mapToInt(m -> ((CopyData) m).data().length())
                        .sum())
                .isEqualTo(data.length);
    }

    @Test
    void copyInOfNothingIsDoneAtOnce() {
        SessionRig rig = SessionRig.plain().ready();
        rig.watch("copy", rig.session.copyIn("copy t from stdin", new byte[0]));

        rig.receive(IN);

        assertThat(rig.effects.sentNames()).containsExactly("Query", "CopyDone");
    }

    @Test
    void copyInWaitsForTheTransportAndGoesOn() {
        SessionRig rig = SessionRig.plain().ready();
        rig.watch("copy", rig.session.copyIn("copy t from stdin", new byte[100_000]));
        rig.core.unwritable();

        rig.receive(IN);
        assertThat(rig.effects.sentNames()).containsExactly("Query");
        rig.core.writable();

        assertThat(rig.effects.sentNames()).containsExactly("Query", "CopyData", "CopyData", "CopyDone");
    }

    @Test
    void copyInStopsAtTheServersError() {
        SessionRig rig = SessionRig.plain().ready();
        rig.watch("copy", rig.session.copyIn("copy t from stdin", new byte[100_000]));
        rig.core.unwritable();

        rig.receive(IN, error("ERROR", "22P04"), IDLE);
        rig.core.writable();
        rig.query("select 1").receive(answer("1"));

        assertThat(rig.effects.sentNames()).containsExactly("Query", "Query");
        assertThat(rig.heard)
                .containsExactly(
                        "copy: ServerError", "pgTransactionStatus I", "select 1 succeeded", "pgTransactionStatus I");
    }

    @Test
    void copyInThatNobodyFeedsIsAnsweredWithCopyFail() {
        SessionRig rig = SessionRig.plain().ready().query("copy t from stdin", "select 1");

        rig.receive(IN);
        assertThat(rig.effects.sent.get(1)).isInstanceOf(CopyFail.class);
        rig.receive(error("ERROR", "57014"), IDLE).receive(answer("1"));

        assertThat(rig.heard)
                .containsExactly(
                        "copy t from stdin: ServerError",
                        "pgTransactionStatus I",
                        "select 1 succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void aServerThatAsksForCopyDataInAnExtendedQueryGetsCopyFailAndASyncOfItsOwn() {
        SessionRig rig = SessionRig.plain().ready();
        rig.watch("call", rig.session.query("call copies()", List.of()));

        rig.receive(new ParseComplete(), new BindComplete(), new NoData(), IN);
        assertThat(rig.effects.sentNames())
                .containsExactly("Parse", "Bind", "Describe", "Execute", "Sync", "CopyFail", "Sync");
        rig.receive(error("ERROR", "57014"), IDLE);
        rig.query("select 1").receive(answer("1"));

        assertThat(rig.heard)
                .contains("call: ServerError may-have-executed may-have-committed")
                .endsWith("select 1 succeeded", "pgTransactionStatus I");
    }

    @Test
    void aSyncThatTheFailedCopyDidNotSwallowAnswersNobody() {
        SessionRig rig = SessionRig.plain().ready();
        rig.watch("copies", rig.session.query("select copies()", List.of()));

        rig.receive(new ParseComplete(), new BindComplete(), new NoData(), IN, error("ERROR", "42501"), IDLE);
        rig.query("select 1").receive(IDLE).receive(answer("1"));
        rig.query("select 2").receive(answer("2"));

        assertThat(rig.heard)
                .containsExactly(
                        "copies: ServerError",
                        "pgTransactionStatus I",
                        "pgTransactionStatus I",
                        "select 1 succeeded",
                        "pgTransactionStatus I",
                        "select 2 succeeded",
                        "pgTransactionStatus I");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy t from stdin", "  COPY t TO STDOUT", "/* c */ -- d\n copy t from stdin"})
    void copyTakesNoParameters(String sql) {
        SessionRig rig = SessionRig.plain().ready();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.session.query(sql, List.of()))
                .withMessageContaining("copyIn");
        assertThat(rig.effects.sentNames()).isEmpty();
    }

    @Test
    void copyDataThatIsTooLargeFailsTheOperationAndTheSessionGoesOn() {
        SessionRig rig = SessionRig.with(o -> o.limits(WireLimits.DEFAULTS.withMessage(1000)))
                .ready()
                .query("copy t to stdout");

        rig.receive(OUT, data("x".repeat(2000)), data("1\n"), new CopyDone(), done("COPY 2"), IDLE);
        rig.query("select 1").receive(answer("1"));

        assertThat(rig.heard)
                .containsExactly(
                        "copy t to stdout: LimitExceeded may-have-executed may-have-committed",
                        "pgTransactionStatus I",
                        "select 1 succeeded",
                        "pgTransactionStatus I");
    }

    private static CopyData data(String text) {
        return new CopyData(Bytes.utf8(text));
    }
}
