package org.pgreel.recorder.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.protocol.conversation.Phase;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.recorder.projection.RecordedOperation.Outcome;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;

/** Where a connection stands behind each message of small sessions. */
class ConnectionsProjectionTest {

    private static final String LOGIN = """
            tape 1

            session 1
            F StartupMessage 3.0 user="ada"
            B AuthenticationOk
            B ParameterStatus "TimeZone" "UTC"
            B ReadyForQuery I
            """;

    private static final int LOGIN_MESSAGES = 4;

    @TempDir
    Path directory;

    private RecordedSession session(String conversation) throws IOException {
        Path tape = Files.writeString(directory.resolve("x.pgreel"), LOGIN + conversation);
        return Recordings.open(tape).sessions().get(0);
    }

    private static ConnectionState at(RecordedSession session, int message) {
        return Fold.at(new ConnectionsProjection(), session, LOGIN_MESSAGES + message)
                .byOrdinal()
                .getOrDefault(1, new ConnectionState());
    }

    @Test
    void aStatementIsThereWhenTheServerSaysSoAndAPortalUntilItsTransactionEnds() throws IOException {
        RecordedSession session = session("""
                F Parse "s1" "select $1" types=[23]
                F Bind "p1" "s1" values=["7"]
                F Execute "p1"
                F Sync
                B ParseComplete
                B BindComplete
                B DataRow "7"
                B CommandComplete "SELECT 1"
                B ReadyForQuery I
                F Close S "s1"
                F Sync
                B CloseComplete
                B ReadyForQuery I
                """);

        assertThat(at(session, 4).objects().statements()).isEmpty();
        assertThat(at(session, 4).pending())
                .extracting(Request::kind)
                .containsExactly(Request.Kind.PARSE, Request.Kind.BIND, Request.Kind.EXECUTE, Request.Kind.SYNC);
        assertThat(at(session, 5).objects().statements())
                .containsEntry("s1", new PreparedStatement("select $1", List.of(23), LOGIN_MESSAGES + 1));
        assertThat(at(session, 6).objects().portals()).containsEntry("p1", new Portal("s1", "select $1", 6));
        assertThat(at(session, 6).conversation().phase()).isEqualTo(Phase.EXTENDED_QUERY);
        assertThat(at(session, 9).objects().portals()).isEmpty();
        assertThat(at(session, 9).objects().statements()).containsKey("s1");
        assertThat(at(session, 9).pending()).isEmpty();
        assertThat(at(session, 13).objects().statements()).isEmpty();
        assertThat(at(session, 13).objects().parameters()).containsEntry("TimeZone", "UTC");
    }

    @Test
    void anErrorTakesWithItWhatStandsBeforeTheNextSync() throws IOException {
        RecordedSession session = session("""
                F Parse "s1" "selekt"
                F Bind "" "s1"
                F Execute ""
                B ErrorResponse S="ERROR" V="ERROR" C="42601" M="syntax error"
                F Describe S "s1"
                F Sync
                B ReadyForQuery I
                """);

        assertThat(at(session, 4).pending()).isEmpty();
        assertThat(at(session, 4).conversation().phase()).isEqualTo(Phase.SKIPPING);
        assertThat(at(session, 5).pending()).isEmpty();
        assertThat(at(session, 6).pending()).hasSize(1);
        assertThat(at(session, 7).objects().statements()).isEmpty();
        assertThat(at(session, 7).facts().sqlState()).isEqualTo("42601");
        assertThat(at(session, 7).facts().errorMessage()).isEqualTo(LOGIN_MESSAGES + 4);
    }

    @Test
    void aChannelIsListenedToWhenItsTransactionIsCommitted() throws IOException {
        RecordedSession session = session("""
                F Query "begin; /* ; */ listen \\"Big\\"; listen orders"
                B CommandComplete "BEGIN"
                B CommandComplete "LISTEN"
                B CommandComplete "LISTEN"
                B ReadyForQuery T
                F Query "commit"
                B CommandComplete "COMMIT"
                B ReadyForQuery I
                F Query "begin; unlisten *; rollback"
                B CommandComplete "BEGIN"
                B CommandComplete "UNLISTEN"
                B CommandComplete "ROLLBACK"
                B ReadyForQuery I
                F Query "unlisten orders"
                B CommandComplete "UNLISTEN"
                B ReadyForQuery I
                """);

        assertThat(at(session, 5).objects().channels()).isEmpty();
        assertThat(at(session, 5).conversation().transactionStatus()).isEqualTo(TransactionStatus.IN_BLOCK);
        assertThat(at(session, 8).objects().channels()).containsExactly("Big", "orders");
        assertThat(at(session, 13).objects().channels()).containsExactly("Big", "orders");
        assertThat(at(session, 16).objects().channels()).containsExactly("Big");
    }

    @Test
    void anIllegalMessageIsNotedAndTheConversationGoesOnAtTheNextReady() throws IOException {
        RecordedSession session = session("""
                F Query "select 1"
                B BindComplete
                B DataRow "1"
                B ReadyForQuery I
                F Query "select 2"
                B CommandComplete "SELECT 0"
                B ReadyForQuery I
                """);

        assertThat(at(session, 3).conversation().isViolated()).isTrue();
        assertThat(at(session, 7).conversation().phase()).isEqualTo(Phase.IDLE);
        assertThat(Fold.over(new ViolationsProjection(), session).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.message()).isEqualTo(LOGIN_MESSAGES + 2);
                    assertThat(violation.messageName()).isEqualTo("BindComplete");
                    assertThat(violation.resumedAt()).isEqualTo(LOGIN_MESSAGES + 4);
                });
    }

    @Test
    void whatBecameOfAnOperationIsDecidedWithItsSync() throws IOException {
        RecordedSession session = session("""
                F Parse "" "insert into t values (1)"
                F Bind "" ""
                F Execute ""
                F Parse "" "select 1/0"
                F Bind "" ""
                F Execute ""
                F Parse "" "select 3"
                F Bind "" ""
                F Execute ""
                F Sync
                B ParseComplete
                B BindComplete
                B CommandComplete "INSERT 0 1"
                B ParseComplete
                B BindComplete
                B ErrorResponse S="ERROR" V="ERROR" C="22012" M="division by zero"
                B ReadyForQuery I
                F Query "select 4"
                """);

        OperationsProjection.State state = Fold.over(new OperationsProjection(), session);

        assertThat(state.decided())
                .extracting(RecordedOperation::outcome)
                .containsExactly(Outcome.ROLLED_BACK, Outcome.FAILED, Outcome.NOT_EXECUTED);
        assertThat(state.decided())
                .extracting(RecordedOperation::sql)
                .containsExactly("insert into t values (1)", "select 1/0", "select 3");
        assertThat(state.decided().get(1).sqlState()).isEqualTo("22012");
        assertThat(state.pending()).extracting(RecordedOperation::sql).containsExactly("select 4");
    }

    @Test
    void aPositionBehindTheEndIsRefused() throws IOException {
        RecordedSession session = session("");

        assertThatThrownBy(() -> at(session, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no message 5 in session 1, which has 4.");
    }
}
