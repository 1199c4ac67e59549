package org.pgreel.recorder.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.FaultInjected;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.MaskKind;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.OperationCompleted;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.tape.Tapes;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening.Role;

/**
 * Recordings of every schema version still read: a journal and the tapes of it in each form that there was, kept as they were written when the
 * version was new. A change of the form breaks this; then the version has to be raised and another set be kept, by
 * {@code mvn -pl recorder -am test -Dtest=KeptRecordingsTest -Dpgreel.golden.write=true}.
 */
@Timeout(60)
class KeptRecordingsTest {

    private static final Path KEPT = Path.of("src", "test", "resources", "org", "pgreel", "recorder", "schema");

    @TempDir
    Path directory;

    private static Path journal(int version) {
        return KEPT.resolve("journal-" + version + ".zip");
    }

    private static Path tape(int version) {
        return KEPT.resolve("tape-" + version + ".tape");
    }

    /** The second binary form of the same sessions, which holds them in columns. */
    private static Path secondTape(int version) {
        return KEPT.resolve("tape-" + version + "-columns.tape");
    }

    private static Path text(int version) {
        return KEPT.resolve("tape-" + version + ".pgreel");
    }

    @ParameterizedTest
    @ValueSource(ints = 1)
    void aRecordingOfEachVersionStillReads(int version) throws IOException {
        unzip(journal(version), directory);
        Recording journal = Recordings.open(directory.resolve("journal"));

        assertThat(journal.verification().findings()).isEmpty();
        assertThat(journal.sessions())
                .extracting(RecordedSession::state)
                .containsExactly(SessionState.WHOLE, SessionState.DAMAGED);
        assertThat(events(journal, 2))
                .isEqualTo(ofEachKind(journal.sessions().get(1).id()));
        for (Path tape : List.of(tape(version), secondTape(version), text(version))) {
            Recording other = Recordings.open(tape);
            assertThat(other.sessions())
                    .extracting(RecordedSession::state)
                    .containsExactly(SessionState.WHOLE, SessionState.DAMAGED);
            assertThat(texts(other, 1)).isEqualTo(texts(journal, 1));
            assertThat(texts(other, 2)).isEqualTo(texts(journal, 2));
        }
    }

    @Test
    void theNewestVersionIsKept() {
        assertThat(journal(EventFormat.SCHEMA_VERSION)).exists();
    }

    @Test
    @EnabledIfSystemProperty(named = "pgreel.golden.write", matches = "true")
    void keepTheNewestVersion() throws IOException {
        Path journal = directory.resolve("journal");
        try (ChronicleJournal to = ChronicleJournal.open(journal)) {
            Conversations.happen(new Recorder(to, new ManualClock(), OnJournalFailure.FAIL_SESSION), 3);
            Tapes.append(ofEachKind(0), to);
        }
        List<RecordedSession> sessions = Recordings.open(journal).sessions();
        Files.createDirectories(KEPT);
        new TapePack(TapeForm.BINARY)
                .withDamaged()
                .withExactTimes()
                .write(sessions, secondTape(EventFormat.SCHEMA_VERSION));
        new TapePack(TapeForm.TEXT).withDamaged().withExactTimes().write(sessions, text(EventFormat.SCHEMA_VERSION));
        zip(journal, journal(EventFormat.SCHEMA_VERSION));
    }

    private static List<SessionEvent> events(Recording recording, int number) {
        List<SessionEvent> events = new ArrayList<>();
        TapePack.events(recording.sessions().get(number - 1)).forEach(events::add);
        return events;
    }

    /** Returns the events without the session's id, which is the journal's own. */
    private static List<String> texts(Recording recording, int number) {
        return events(recording, number).stream()
                .map(event -> event.toString().replace("session=" + event.session() + ",", ""))
                .toList();
    }

    private static List<SessionEvent> ofEachKind(long id) {
        Bytes login = Bytes.wrap(Conversations.startupOfAlice());
        return List.of(
                new SessionOpened(
                        id,
                        0,
                        5,
                        Instant.parse("2026-11-21T10:00:00.123456Z"),
                        "a-run",
                        Role.CLIENT,
                        "10.0.0.1:5",
                        "db:5432",
                        Map.of("user", "alice")),
                new ConnectionOpened(id, 1, 10, 1),
                new TlsRequested(id, 2, 11, 1),
                new TlsFailed(id, 3, 12, 1, "handshake failure"),
                new TlsEstablished(id, 4, 13, 1, "TLSv1.3", "TLS_AES_256_GCM_SHA384"),
                new ChunkWritten(id, 5, 14, 1, login, List.of(), 0, 0),
                new ChunkRead(
                        id,
                        6,
                        15,
                        1,
                        Bytes.wrap(Conversations.greeting()),
                        List.of(new MaskedSpan(20, 3, MaskKind.CANCEL_KEY)),
                        0,
                        0),
                new CallbackFired(id, 7, 16, CallbackKind.TRANSACTION_STATUS, "I"),
                new OperationSubmitted(id, 8, 17, 1, "simple-query"),
                new OperationCompleted(id, 9, 18, 1, "done"),
                new FaultInjected(id, 10, 19, 1, Direction.BACKEND, 77, "reset @ byte 3"),
                new Marker(id, 11, 20, "größer als \"alles\""),
                new ConnectionClosed(id, 12, 21, 1, EndKind.RESET, By.SERVER),
                new RecordingDamaged(id, 13, 22, "the disk was full"));
    }

    private static void zip(Path from, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry("journal/" + from.relativize(path)));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }

    private static void unzip(Path file, Path to) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = to.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
    }
}
