package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.journal.JournalWriteException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.TapFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On a full disk an append fails as an I/O error, what was acknowledged stays readable, and the session is marked. */
@Timeout(120)
class FullDiskTest {

    private static final Logger LOG = LoggerFactory.getLogger(FullDiskTest.class);
    private static final int DISK_MIB = 32;

    @TempDir
    Path temporary;

    private Path disk = Path.of("unused");
    private boolean mounted;

    private void mount(String kind) throws Exception {
        disk = Files.createDirectory(temporary.resolve("disk"));
        List<String> command = List.of("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "none", disk.toString());
        if (kind.equals("ext4")) {
            Path image = temporary.resolve("image");
            try (FileChannel channel = FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), ((long) DISK_MIB << 20) - 1);
            }
            skipUnless(kind, run(List.of("mkfs.ext4", "-q", "-F", "-m", "0", image.toString())));
            command = List.of("mount", "-o", "loop", image.toString(), disk.toString());
        }
        skipUnless(kind, run(command));
        mounted = true;
    }

    private static void skipUnless(String kind, String failure) {
        if (!failure.isEmpty()) {
            LOG.warn("Skipped on {}: a small disk cannot be mounted here: {}", kind, failure);
        }
        assumeTrue(failure.isEmpty(), failure);
    }

    /** Runs a command and returns what went wrong; empty if nothing did. */
    private static String run(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? "" : command.get(0) + " failed: " + output.strip();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @AfterEach
    void unmount() throws InterruptedException {
        if (mounted) {
            assertThat(run(List.of("umount", "-l", disk.toString()))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4"})
    void acknowledgedIsReadableAndTheSessionIsMarked(String kind) throws Exception {
        mount(kind);
        Path directory = disk.resolve("journal");
        ChronicleJournal journal = ChronicleJournal.open(directory);
        Recorder recorder = new Recorder(journal, RecordingClock.system(), OnJournalFailure.FAIL_SESSION);
        SessionRecorder session = recorder.opened(Conversations.opening());
        byte[] chunk = Conversations.query("x".repeat(4_000));
        long acknowledged = 0;
        TapFailedException failure = null;
        while (failure == null) {
            try {
                session.written(1, chunk, 0, chunk.length);
                acknowledged++;
            } catch (TapFailedException e) {
                failure = e;
            }
        }
        assertThat(failure).hasMessageContaining("No space left on device");
        assertThat(acknowledged).isGreaterThan(1_000);

        assertMarkedAt(acknowledged, Recordings.open(directory));
        assertThatThrownBy(() -> session.written(1, chunk, 0, chunk.length)).isInstanceOf(TapFailedException.class);
        journal.close();
        assertMarkedAt(acknowledged, Recordings.open(directory));
    }

    /** Space is reserved for each stripe by itself: where one has none left, sessions of another go on for a while. */
    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4"})
    void aStripeThatFindsNoRoomMarksItsOwnSessionsOnly(String kind) throws Exception {
        mount(kind);
        Path directory = disk.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(directory, JournalLimits.NONE.stripes(2))) {
            Recorder recorder = new Recorder(journal, RecordingClock.system(), OnJournalFailure.STOP_RECORDING);
            SessionRecorder greedy = recorder.opened(Conversations.opening());
            SessionRecorder modest = recorder.opened(Conversations.opening());
            byte[] chunk = Conversations.query("x".repeat(4_000));
            while (!greedy.isDamaged()) {
                greedy.written(1, chunk, 0, chunk.length);
            }
            for (int i = 0; i < 10; i++) {
                Conversations.ask(modest, i);
            }
            Conversations.end(modest);
            assertThat(modest.isDamaged()).isFalse();
        }
        Recording recording = Recordings.open(directory);
        assertThat(recording.sessions())
                .extracting(RecordedSession::state)
                .containsExactly(SessionState.DAMAGED, SessionState.WHOLE);
        assertThat(recording.verification().findings()).isEmpty();
    }

    private static void assertMarkedAt(long acknowledged, Recording recording) {
        RecordedSession recorded = recording.sessions().get(0);
        assertThat(recorded.state()).isEqualTo(SessionState.DAMAGED);
        BadEvent bad = recorded.firstBad();
        assertThat(bad).isNotNull();
        // Event 0 opens the session; then one event a chunk; then the mark.
        assertThat(bad.sequence()).isEqualTo(acknowledged + 1);
        assertThat(bad.what()).contains("is where recording ended", "No space left on device");
        assertThat(recording.verification().findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4"})
    void openingAJournalOnAFullDiskIsOneSentence(String kind) throws Exception {
        mount(kind);
        fill(disk.resolve("ballast"));
        assertThatThrownBy(() -> ChronicleJournal.open(disk.resolve("journal")))
                .isInstanceOf(JournalWriteException.class)
                .hasMessageContaining("No space left on device");
    }

    private static void fill(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(4096);
            while (true) {
                block.clear();
                channel.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
