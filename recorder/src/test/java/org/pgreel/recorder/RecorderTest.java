package org.pgreel.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.SessionTotals;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;

/** What a recorder makes of what it hears. */
class RecorderTest {

    private final InMemoryJournal journal = new InMemoryJournal("run");
    private final Recorder recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);

    private RecordedSession session() {
        return Recordings.of(journal).sessions().get(0);
    }

    private List<SessionEvent> events() {
        List<SessionEvent> events = new ArrayList<>();
        session().events().forEach(events::add);
        return events;
    }

    private long records() {
        return Recordings.of(journal).sessions().get(0).eventCount();
    }

    @Test
    void aSessionIsRecordedFromItsOpeningToItsEnd() {
        Conversations.happen(recorder, 2);
        List<SessionEvent> events = events();
        assertThat(events.get(0)).isInstanceOfSatisfying(SessionOpened.class, opened -> {
            assertThat(opened.run()).isEqualTo("run");
            assertThat(opened.clientAddress()).isEqualTo("127.0.0.1:50001");
            assertThat(opened.startup()).containsEntry("user", "alice");
        });
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(SessionClosed.class, closed -> {
            long written = session().bytesWritten();
            long read = session().bytesRead();
            // StartupMessage, two Query, Terminate; four messages of the greeting, three a query.
            assertThat(closed.totals()).isEqualTo(new SessionTotals(written, read, 4, 4 + 2 * 3));
        });
        assertThat(events).extracting(SessionEvent::nanos).isSorted();
    }

    @Test
    void theKeyOfACancelRequestIsMaskedOnItsOwnConnection() {
        SessionTap tap = recorder.sessionOpened(
                new SessionOpening(SessionOpening.Role.CLIENT, "", "db:5432", Map.of("user", "alice")));
        tap.connectionOpened(1);
        tap.connectionOpened(2);
        byte[] request = Bytes.ofHex("0000001004d2162e000030390a0b0c0d").toArray();
        tap.written(2, request, 0, request.length);
        tap.connectionClosed(2, EndKind.FIN, By.SERVER);

        assertThat(events())
                .filteredOn(Chunk.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Chunk.class, chunk -> {
                    assertThat(chunk.connection()).isEqualTo(2);
                    assertThat(chunk.bytes().hex()).isEqualTo("0000001004d2162e00003039" + "2a2a2a2a");
                    assertThat(chunk.masked()).hasSize(1);
                });
    }

    @Test
    void startUpParametersThatNameASecretAreNotKept() {
        Map<String, String> startup = new LinkedHashMap<>();
        startup.put("user", "alice");
        startup.put("options", "-c geqo=off");
        startup.put("password", "hunter2");
        startup.put("sslpassword", "hunter2");
        startup.put("oauth_client_secret", "hunter2");
        recorder.sessionOpened(new SessionOpening(SessionOpening.Role.CLIENT, "", "db:5432", startup));
        assertThat(session().opened())
                .isNotNull()
                .satisfies(opened -> assertThat(opened.startup()).containsOnlyKeys("user", "options"));
    }

    @Test
    void callbacksAndOperationsRideWithTheNextChunk() {
        SessionTap tap = Conversations.begin(recorder);
        long before = records();
        tap.callback(CallbackKind.TRANSACTION_STATUS, "I");
        tap.operationSubmitted(1, "simple-query");
        assertThat(records()).isEqualTo(before);
        Conversations.ask(tap, 1);
        assertThat(records()).isEqualTo(before + 4);
        assertThat(events().get((int) before)).isInstanceOf(CallbackFired.class);
        assertThat(events().get((int) before + 1)).isInstanceOf(OperationSubmitted.class);
        assertThat(events().get((int) before + 2)).isInstanceOf(Chunk.class);
    }

    @Test
    void whatStillWaitsIsStoredAtTheEnd() {
        SessionTap tap = Conversations.begin(recorder);
        tap.callback(CallbackKind.SHUTDOWN, "");
        tap.closed(By.SERVER, EndKind.FIN);
        assertThat(session().state()).isEqualTo(SessionState.WHOLE);
        assertThat(events()).anyMatch(event -> event instanceof CallbackFired);
    }

    @Test
    void muchThatWaitsIsStoredWithoutAChunk() {
        SessionTap tap = Conversations.begin(recorder);
        long before = records();
        for (int i = 0; i < 1_000; i++) {
            tap.callback(CallbackKind.NOTICE, "notice " + i);
        }
        assertThat(records()).isGreaterThan(before + 500);
    }

    @Test
    void aChunkTellsWhatCameBeforeItAndWhereItsFirstMessageBegins() {
        SessionTap tap = Conversations.begin(recorder);
        byte[] query = Conversations.query("select 1");
        tap.written(1, query, 0, 7);
        tap.written(1, Conversations.join(Arrays.copyOfRange(query, 7, query.length), query), 0, 2 * query.length - 7);
        List<Chunk> written = events().stream()
                .filter(event -> event instanceof Chunk chunk && chunk.direction() == Direction.FRONTEND)
                .map(Chunk.class::cast)
                .toList();
        assertThat(written).extracting(Chunk::messagesBefore).containsExactly(0L, 1L, 1L);
        assertThat(written).extracting(Chunk::firstBoundary).containsExactly(0, 0, query.length - 7);
    }

    @Test
    void aGreatChunkIsStoredInPiecesThatGiveTheSameBytes() {
        SessionTap tap = Conversations.begin(recorder);
        byte[] great = Conversations.message('d', new byte[3 * EventFormat.CHUNK_BYTES_MAX]);
        tap.read(1, great, 0, great.length);
        List<Chunk> pieces = events().stream()
                .filter(event -> event instanceof Chunk)
                .map(Chunk.class::cast)
                .skip(2)
                .toList();
        assertThat(pieces).hasSize(4);
        assertThat(pieces.stream().mapToInt(piece -> piece.bytes().length()).sum())
                .isEqualTo(great.length);
        assertThat(pieces).extracting(Chunk::firstBoundary).containsExactly(0, -1, -1, -1);
    }

    @Test
    void theCallersBufferIsNotChanged() {
        SessionTap tap = recorder.sessionOpened(Conversations.opening());
        byte[] password = Conversations.join(
                Conversations.startupOfAlice(), Conversations.message('p', Conversations.string("hunter2")));
        byte[] before = password.clone();
        tap.written(1, password, 0, password.length);
        assertThat(password).isEqualTo(before);
        Chunk chunk = (Chunk) events().get(1);
        assertThat(chunk.bytes().text()).doesNotContain("hunter2").contains("*******");
        assertThat(chunk.masked()).hasSize(1);
    }

    @Test
    void tlsIsAnEvent() {
        SessionTap tap = recorder.sessionOpened(Conversations.opening());
        tap.tlsRequested(1);
        tap.tlsEstablished(1, "TLSv1.3", "TLS_AES_128_GCM_SHA256");
        assertThat(events().get(2))
                .isInstanceOfSatisfying(
                        TlsEstablished.class,
                        established -> assertThat(established.protocol()).isEqualTo("TLSv1.3"));
    }

    @Test
    void aFullJournalFailsTheSessionAndMarksIt() {
        InMemoryJournal small = new InMemoryJournal("run", 600);
        SessionTap tap = Conversations.begin(new Recorder(small, new ManualClock(), OnJournalFailure.FAIL_SESSION));
        byte[] query = Conversations.query("x".repeat(1_000));
        assertThatThrownBy(() -> tap.written(1, query, 0, query.length))
                .isInstanceOf(TapFailedException.class)
                .hasMessageContaining("can no longer be recorded: The journal is full");
        assertThatThrownBy(() -> tap.written(1, query, 0, query.length)).isInstanceOf(TapFailedException.class);
        tap.connectionClosed(1, EndKind.LOCAL, By.PROXY);
        tap.closed(By.PROXY, EndKind.LOCAL);
        RecordedSession session = Recordings.of(small).sessions().get(0);
        assertThat(session.state()).isEqualTo(SessionState.DAMAGED);
    }

    @Test
    void aFullJournalMayLetTheSessionGoOnUnrecorded() {
        InMemoryJournal small = new InMemoryJournal("run", 600);
        SessionTap tap = Conversations.begin(new Recorder(small, new ManualClock(), OnJournalFailure.STOP_RECORDING));
        byte[] query = Conversations.query("x".repeat(1_000));
        tap.written(1, query, 0, query.length);
        tap.written(1, query, 0, query.length);
        tap.callback(CallbackKind.NOTICE, "");
        Conversations.end(tap);
        RecordedSession session = Recordings.of(small).sessions().get(0);
        assertThat(session.state()).isEqualTo(SessionState.DAMAGED);
        assertThat(session.firstBad()).isNotNull();
    }

    @Test
    void aSessionThatCannotBeginIsRefusedOrGoesOnUnrecorded() {
        InMemoryJournal full = new InMemoryJournal("run", 0);
        assertThatThrownBy(() -> new Recorder(full, new ManualClock(), OnJournalFailure.FAIL_SESSION)
                        .sessionOpened(Conversations.opening()))
                .isInstanceOf(TapFailedException.class);
        Conversations.happen(new Recorder(full, new ManualClock(), OnJournalFailure.STOP_RECORDING), 2);
    }

    @Test
    void nothingIsRecordedBehindTheEnd() {
        Conversations.happen(recorder, 1);
        long before = records();
        SessionTap other = Conversations.begin(recorder);
        Conversations.end(other);
        Conversations.ask(other, 1);
        other.closed(By.CLIENT, EndKind.FIN);
        assertThat(records()).isEqualTo(before);
        assertThat(Recordings.of(journal).verification().complete()).isTrue();
    }
}
