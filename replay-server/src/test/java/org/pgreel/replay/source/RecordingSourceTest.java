package org.pgreel.replay.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.report.RecordedConnectionId;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;

/** Sessions of a journal become playable connections, or are refused with one sentence. */
final class RecordingSourceTest {
    private static final Bytes KEY = Bytes.ofHex("01020304");
    private static final ReadyForQuery READY = new ReadyForQuery(TransactionStatus.IDLE);

    private final InMemoryJournal journal = new InMemoryJournal("run");

    private static SessionTap session(Recorder recorder) {
        SessionTap tap =
                recorder.sessionOpened(new SessionOpening(SessionOpening.Role.PROXY, "client", "server", Map.of()));
        tap.connectionOpened(1);
        return tap;
    }

    private SessionTap session() {
        return session(new Recorder(journal));
    }

    private static void written(SessionTap tap, int connection, Message... messages) {
        for (Message message : messages) {
            byte[] bytes = message.toBytes().toArray();
            tap.written(connection, bytes, 0, bytes.length);
        }
    }

    private static void read(SessionTap tap, Message... messages) {
        for (Message message : messages) {
            byte[] bytes = message.toBytes().toArray();
            tap.read(1, bytes, 0, bytes.length);
        }
    }

    private static void login(SessionTap tap) {
        written(tap, 1, StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("user", "alice")));
        read(tap, new AuthenticationOk(), new BackendKeyData(7, KEY), READY);
    }

    private static void close(SessionTap tap, By by, EndKind how) {
        tap.connectionClosed(1, how, by);
        tap.closed(by, how);
    }

    private PlayableRecording read() {
        return RecordingSource.read(Recordings.of(journal));
    }

    @Test
    void theLoginIsTakenAwayAndTheRestIsKept() {
        SessionTap tap = session();
        login(tap);
        written(tap, 1, new Query("select 1"));
        read(tap, new CommandComplete("SELECT 1"), READY);
        written(tap, 1, new Terminate());
        close(tap, By.CLIENT, EndKind.FIN);

        PlayableConnection played = read().connections().get(0);

        assertThat(played.id()).isEqualTo(new RecordedConnectionId(1, 1));
        assertThat(played.startup()).containsEntry("user", "alice").containsEntry("database", "alice");
        assertThat(played.greeting()).hasSize(2).endsWith(READY);
        assertThat(played.ready()).isTrue();
        assertThat(played.processId()).isEqualTo(7);
        assertThat(played.frontend()).hasSize(1);
        assertThat(played.frontend().get(0).bytes())
                .isEqualTo(new Query("select 1").toBytes().toArray());
        assertThat(played.frontend().get(0).number()).isEqualTo(5);
        assertThat(played.releases()).hasSize(1);
        assertThat(played.releases().get(0).after()).isEqualTo(1);
        assertThat(played.ending().kind()).isEqualTo(Ending.Kind.CLIENT);
    }

    @Test
    void aCancelIsTiedToTheStatementThatItEnded() {
        SessionTap tap = session();
        login(tap);
        written(tap, 1, new Query("select pg_sleep(60)"));
        tap.connectionOpened(2);
        written(tap, 2, new CancelRequest(7, KEY));
        read(tap, ErrorResponse.of("ERROR", "57014", "canceling statement due to user request"), READY);
        close(tap, By.CLIENT, EndKind.FIN);

        List<PlayableConnection> played = read().connections();

        assertThat(played).hasSize(1);
        assertThat(played.get(0).releases().get(0).gate()).isEqualTo(new Gate.Cancelled(1));
    }

    @Test
    void howTheServerEndedIsKept() {
        SessionTap tap = session();
        login(tap);
        written(tap, 1, new Query("select 1"));
        close(tap, By.SERVER, EndKind.RESET);

        assertThat(read().connections().get(0).ending()).isEqualTo(new Ending(Ending.Kind.SERVER_RESET, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT,FIN,CLIENT",
        "CLIENT,LOCAL,CLIENT",
        "CLIENT,RESET,CLIENT_LOST",
        "PROXY,LOCAL,CLIENT_LOST",
        "SERVER,FIN,SERVER_CLOSED"
    })
    void whoEndedAndHowIsKept(By by, EndKind how, Ending.Kind kind) {
        SessionTap tap = session();
        login(tap);
        written(tap, 1, new Query("select 1"));
        close(tap, by, how);

        assertThat(read().connections().get(0).ending().kind()).isEqualTo(kind);
    }

    @Test
    void aServerThatClosesAfterTerminateHasNotEndedTheConnection() {
        SessionTap tap = session();
        login(tap);
        written(tap, 1, new Terminate());
        close(tap, By.SERVER, EndKind.FIN);

        assertThat(read().connections().get(0).ending().kind()).isEqualTo(Ending.Kind.CLIENT);
    }

    @Test
    void anOpenSessionIsPlayedAsFarAsItGoes() {
        SessionTap tap = session();
        login(tap);
        written(tap, 1, new Query("select 1"));

        assertThat(read().connections().get(0).frontend()).hasSize(1);
        assertThat(read().connections().get(0).ending().kind()).isEqualTo(Ending.Kind.CLIENT_LOST);
    }

    @Test
    void aDamagedSessionIsRefused() {
        var small = new InMemoryJournal("run", 600);
        SessionTap tap = session(new Recorder(small, RecordingClock.system(), OnJournalFailure.STOP_RECORDING));
        login(tap);
        written(tap, 1, new Query("select '" + "x".repeat(1000) + "'"));
        close(tap, By.CLIENT, EndKind.FIN);

        assertThatThrownBy(() -> RecordingSource.read(Recordings.of(small)))
                .isInstanceOf(UnplayableException.class)
                .hasMessageStartingWith("Session 1 is damaged at event ")
                .hasMessageEndingWith("; name the sessions to play to leave it out.");
    }

    @Test
    void anEncryptedSessionIsRefused() {
        SessionTap tap = session();
        written(tap, 1, new SSLRequest());
        read(tap, new SSLResponse((byte) 'S'));
        byte[] clientHello = Bytes.ofHex("16 03 01 00 05 01 00 00 01 00").toArray();
        tap.written(1, clientHello, 0, clientHello.length);
        close(tap, By.CLIENT, EndKind.FIN);

        assertThatThrownBy(this::read)
                .isInstanceOf(UnplayableException.class)
                .hasMessage("Recorded connection #1 was encrypted where it was recorded, or is not PostgreSQL's;"
                        + " name the sessions to play to leave it out.");
    }

    @Test
    void anEmptyRecordingIsRefused() {
        assertThatThrownBy(this::read)
                .isInstanceOf(UnplayableException.class)
                .hasMessage("The recording holds no session; record one with \"pgreel record\".");
    }
}
