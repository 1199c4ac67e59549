package org.pgreel.recorder.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.masking.Logins.Login;
import org.pgreel.recorder.masking.Logins.Step;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionTap;

/** No secret of any login is in any file of a journal: not as text, base64 or hex, and not split by a chunk's boundary. */
@Timeout(60)
class NoSecretOnDiskTest {

    @TempDir
    Path temporary;

    static List<Login> logins() {
        return Logins.all().toList();
    }

    @ParameterizedTest
    @MethodSource("logins")
    void noSecretIsOnDisk(Login login) throws IOException {
        Path directory = temporary.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Recorder recorder = new Recorder(journal);
            record(recorder, login.steps());
            record(recorder, SecretMaskerTest.byteByByte(login.steps()));
            for (int step = 0; step < login.steps().size(); step++) {
                int length = login.steps().get(step).bytes().length;
                record(recorder, SecretMaskerTest.cut(login.steps(), step, length / 2));
            }
            assertNoSecret(directory, login);
        }
        assertNoSecret(directory, login);
    }

    private static void record(Recorder recorder, List<Step> steps) {
        SessionTap session = recorder.sessionOpened(Conversations.opening());
        session.connectionOpened(1);
        for (Step step : steps) {
            if (step.direction() == Direction.FRONTEND) {
                Conversations.written(session, step.bytes());
            } else {
                Conversations.read(session, step.bytes());
            }
        }
        session.connectionClosed(1, EndKind.FIN, By.CLIENT);
        session.closed(By.CLIENT, EndKind.FIN);
    }

    private static void assertNoSecret(Path directory, Login login) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                stored.writeBytes(Files.readAllBytes(file));
            }
        }
        // What was cut apart is put together again.
        for (RecordedSession session : Recordings.open(directory).sessions()) {
            assertThat(session.state()).isEqualTo(SessionState.WHOLE);
            for (Direction direction : Direction.values()) {
                for (SessionEvent event : session.events()) {
                    if (event instanceof Chunk chunk && chunk.direction() == direction) {
                        stored.writeBytes(chunk.bytes().toArray());
                    }
                }
            }
        }
        String text = stored.toString(StandardCharsets.ISO_8859_1);
        for (byte[] spelling : login.spellings()) {
            assertThat(text.contains(new String(spelling, StandardCharsets.ISO_8859_1)))
                    .as("a secret is on disk")
                    .isFalse();
        }
    }
}
