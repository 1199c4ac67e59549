package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.journal.NotAJournalException;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.recorder.verify.SessionVerdict;
import org.pgreel.recorder.verify.Verification;
import org.pgreel.tap.SessionTap;

/** Damage in the files of a journal is found and named, wherever it is; nothing hangs and nothing is quietly short. */
@Timeout(120)
class DamagedFilesTest {

    /** One record in the file: one event, since nothing is appended here that rides with another event. */
    private record Frame(int from, int to, long session, long sequence) {}

    @TempDir
    Path temporary;

    private Path directory = Path.of("unused");
    private Path file = Path.of("unused");
    private byte[] whole = new byte[0];
    private List<Frame> frames = List.of();

    @BeforeEach
    void record() throws IOException {
        directory = temporary.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Recorder recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
            SessionTap first = Conversations.begin(recorder);
            SessionTap second = Conversations.begin(recorder);
            for (int i = 0; i < 3; i++) {
                Conversations.ask(first, i);
                Conversations.ask(second, 100 + i);
            }
            Conversations.end(first);
            Conversations.end(second);
        }
        file = onlyQueueFile(directory);
        whole = Files.readAllBytes(file);
        frames = frames(whole);
    }

    static Path onlyQueueFile(Path journal) throws IOException {
        try (Stream<Path> files = Files.walk(journal)) {
            return files.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Frame> frames(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Frame> frames = new ArrayList<>();
        List<Long> counted = new ArrayList<>();
        int at = 0;
        while (at + 4 <= bytes.length && buffer.getInt(at) != 0) {
            int word = buffer.getInt(at);
            int length = word & 0x3fff_ffff;
            if ((word & 0x4000_0000) == 0) {
                long session = RecordHeader.session(bytes, at + 4);
                long sequence = counted.stream().filter(id -> id == session).count();
                counted.add(session);
                frames.add(new Frame(at, at + 4 + length, session, sequence));
            }
            at = (at + 4 + length + 3) & ~3;
        }
        return frames;
    }

    private Verification verification() {
        return Verification.of(JournalDirectory.open(directory));
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    private int numberOf(long session) {
        List<Long> ids = frames.stream()
                .map(Frame::session)
                .filter(id -> id != RecordHeader.NO_SESSION)
                .distinct()
                .toList();
        return ids.indexOf(session) + 1;
    }

    @Test
    void aClosedJournalIsAsLongAsWhatItHolds() {
        assertThat(frames).hasSize(1 + 2 * (4 + 6 + 3));
        assertThat(whole.length - frames.get(frames.size() - 1).to()).isLessThan(4);
        assertThat(verification().complete()).isTrue();
    }

    @Test
    void aFlippedByteInARecordIsFoundAndItsEventNamed() throws IOException {
        Random random = new Random(20261121);
        for (Frame frame : frames.subList(1, frames.size())) {
            for (int at = frame.from(); at < frame.to(); at += 1 + random.nextInt(3)) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                write(damaged);
                Verification verification = verification();
                assertThat(verification.sound()).as("byte %d", at).isFalse();
                SessionVerdict verdict = verification.sessions().get(numberOf(frame.session()) - 1);
                assertThat(verdict.state()).as("byte %d", at).isEqualTo(SessionState.DAMAGED);
                // A frame that grew holds its event and then something that is none.
                long latest = frame.sequence() + (at < frame.from() + 4 ? 1 : 0);
                assertThat(verdict.firstBad())
                        .as("byte %d", at)
                        .isNotNull()
                        .satisfies(bad -> assertThat(bad.sequence()).isBetween(frame.sequence(), latest));
            }
        }
    }

    @Test
    void aFlippedByteOutsideOfTheRecordsLosesNothing() throws IOException {
        Random random = new Random(20261121);
        for (int at = 4; at < frames.get(0).from(); at += 1 + random.nextInt(5)) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            write(damaged);
            Verification verification = verification();
            assertThat(verification.sessions())
                    .as("byte %d", at)
                    .hasSize(2)
                    .allSatisfy(verdict -> assertThat(verdict.state()).isEqualTo(SessionState.WHOLE));
            assertThat(verification.sound()).as("byte %d", at).isFalse();
        }
    }

    @Test
    void aFlippedByteInTheSmallFilesIsFound() throws IOException {
        for (Path small : List.of(
                directory.resolve(JournalDirectory.FORMAT_FILE),
                directory.resolve("run-000001").resolve(RunDirectory.PROPERTIES_FILE))) {
            byte[] intact = Files.readAllBytes(small);
            for (int at = 0; at < intact.length - 1; at++) {
                byte[] damaged = intact.clone();
                damaged[at] ^= 1;
                Files.write(small, damaged);
                assertThat(isSound()).as("byte %d of %s", at, small).isFalse();
            }
            Files.write(small, intact);
        }
        assertThat(isSound()).isTrue();
    }

    private boolean isSound() {
        try {
            return verification().sound();
        } catch (JournalException e) {
            return false;
        }
    }

    @Test
    void aZeroedPageIsAHoleAndWhatLiesBehindItIsStillSeen() throws IOException {
        byte[] damaged = whole.clone();
        Frame from = frames.get(8);
        Frame to = frames.get(12);
        Arrays.fill(damaged, from.from(), to.from(), (byte) 0);
        write(damaged);
        Verification verification = verification();
        assertThat(verification.findings()).isNotEmpty();
        assertThat(verification.sessions())
                .hasSize(2)
                .allSatisfy(verdict -> assertThat(verdict.state()).isEqualTo(SessionState.DAMAGED));
    }

    @Test
    void garbageInTheMiddleIsFoundAndReadingGoesOnBehindIt() throws IOException {
        byte[] damaged = whole.clone();
        byte[] garbage = new byte[frames.get(12).from() - frames.get(8).from()];
        new Random(1).nextBytes(garbage);
        System.arraycopy(garbage, 0, damaged, frames.get(8).from(), garbage.length);
        write(damaged);
        assertThat(verification().sessions())
                .hasSize(2)
                .allSatisfy(verdict -> assertThat(verdict.state()).isEqualTo(SessionState.DAMAGED));
    }

    @Test
    void twoSwappedRecordsAreFound() throws IOException {
        Frame one = frame(1, 5);
        Frame other = frame(1, 7);
        assertThat(one.to() - one.from()).isEqualTo(other.to() - other.from());
        byte[] damaged = whole.clone();
        System.arraycopy(whole, one.from(), damaged, other.from(), one.to() - one.from());
        System.arraycopy(whole, other.from(), damaged, one.from(), one.to() - one.from());
        write(damaged);
        assertThat(verification().sessions().get(0).firstBad())
                .isNotNull()
                .satisfies(bad -> assertThat(bad.sequence()).isEqualTo(5));
    }

    @Test
    void aRecordWrittenTwiceIsFound() throws IOException {
        Frame one = frame(1, 5);
        Frame other = frame(1, 7);
        byte[] damaged = whole.clone();
        System.arraycopy(whole, one.from(), damaged, other.from(), one.to() - one.from());
        write(damaged);
        assertThat(verification().sessions().get(0).firstBad())
                .isNotNull()
                .satisfies(bad -> assertThat(bad.what()).contains("second time"));
    }

    private Frame frame(int session, long sequence) {
        return frames.stream()
                .filter(frame -> numberOf(frame.session()) == session && frame.sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFileCutAfterACleanEndMissesRecords() throws IOException {
        write(Arrays.copyOf(whole, frames.get(20).from()));
        Verification verification = verification();
        assertThat(verification.sound()).isFalse();
        assertThat(verification.findings().get(0)).contains("the file was cut");
    }

    @Test
    void aFileCutWithoutACleanEndIsOpen() throws IOException {
        forgetTheCleanEnd();
        write(Arrays.copyOf(whole, frames.get(20).from()));
        Verification verification = verification();
        assertThat(verification.sound()).isTrue();
        assertThat(verification.complete()).isFalse();
        assertThat(verification.sessions())
                .allSatisfy(verdict -> assertThat(verdict.state()).isEqualTo(SessionState.OPEN));
    }

    @Test
    void aFileCutInsideOfARecordIsDamaged() throws IOException {
        forgetTheCleanEnd();
        write(Arrays.copyOf(whole, frames.get(20).from() + 50));
        Verification verification = verification();
        assertThat(verification.sound()).isFalse();
        assertThat(verification.sessions())
                .anySatisfy(verdict -> assertThat(verdict.state()).isEqualTo(SessionState.DAMAGED));
    }

    private void forgetTheCleanEnd() throws IOException {
        Path properties = directory.resolve("run-000001").resolve(RunDirectory.PROPERTIES_FILE);
        Map<String, String> kept = RunProperties.read(properties);
        kept.keySet().removeIf(name -> name.matches("(records-|beginning-|checksum).*"));
        RunProperties.write(properties, kept);
    }

    @Test
    void aRunWithoutItsPropertiesIsReportedAndItsSessionsAreSeen() throws IOException {
        RunDirectory run = RunDirectory.of(directory, 1);
        Files.delete(run.properties());
        Verification verification = verification();
        assertThat(verification.sound()).isFalse();
        assertThat(verification.findings()).containsExactly(run.stripe(0) + ": run.properties of its run is missing");
        assertThat(verification.sessions())
                .hasSize(2)
                .allSatisfy(verdict -> assertThat(verdict.state()).isEqualTo(SessionState.WHOLE));
    }

    @Test
    void aRunWithoutItsPropertiesThatRecordedNothingIsPassedOver() throws IOException {
        ChronicleJournal.open(directory).close();
        Files.delete(RunDirectory.of(directory, 2).properties());
        Verification verification = verification();
        assertThat(verification.complete()).isTrue();
        assertThat(verification.sessions()).hasSize(2);
    }

    @Test
    void anEmptyFileIsNamedAtOnce() throws IOException {
        write(new byte[0]);
        assertThatThrownBy(() -> Recordings.open(directory))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining(file.getFileName() + " is empty");
    }

    @Test
    void aForeignFileIsNamedAtOnce() throws IOException {
        write("this is no queue, whatever its name says\n".repeat(100).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Recordings.open(directory))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("does not begin as a file of a journal");
    }

    @Test
    void aMissingFileIsNamedAtOnce() throws IOException {
        Files.delete(file);
        assertThatThrownBy(() -> Recordings.open(directory))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void anOverwrittenBeginningLosesNoRecord() throws IOException {
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 0, 64, (byte) 0);
        write(damaged);
        Verification verification = verification();
        assertThat(verification.findings()).isNotEmpty();
        assertThat(verification.sessions()).hasSize(2);
    }

    @Test
    void whatIsNotAJournalIsSaidToBeNone() throws IOException {
        Path missing = temporary.resolve("missing");
        assertThatThrownBy(() -> Recordings.open(missing))
                .isInstanceOf(NotAJournalException.class)
                .hasMessage("There is no journal at " + missing + ": the directory does not exist.");
        Path other = Files.createDirectory(temporary.resolve("other"));
        assertThatThrownBy(() -> Recordings.open(other))
                .isInstanceOf(NotAJournalException.class)
                .hasMessageContaining("is not a journal: it has no journal.properties");
        assertThatThrownBy(() -> Recordings.open(file))
                .isInstanceOf(NotAJournalException.class)
                .hasMessageContaining("is no tape; name a journal's directory");
    }

    @Test
    void aFormatOfTheFutureIsRefused() throws IOException {
        Files.writeString(directory.resolve(JournalDirectory.FORMAT_FILE), "format=2\n");
        assertThatThrownBy(() -> Recordings.open(directory))
                .isInstanceOf(NotAJournalException.class)
                .hasMessageContaining("is of format 2, and this program knows format 1");
    }

    @Test
    void nothingIsWrittenIntoADirectoryThatHoldsSomethingElse() throws IOException {
        Path other = Files.createDirectory(temporary.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "do not touch");
        assertThatThrownBy(() -> ChronicleJournal.open(other))
                .isInstanceOf(NotAJournalException.class)
                .hasMessageContaining("is not empty and not a journal");
        try (Stream<Path> files = Files.list(other)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void readingWritesNothing() throws IOException {
        List<String> before = listing();
        Recordings.open(directory)
                .sessions()
                .forEach(session -> session.events().forEach(event -> {}));
        assertThat(listing()).isEqualTo(before);
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<String> lines = new ArrayList<>();
            for (Path path : files.sorted().toList()) {
                CRC32C checksum = new CRC32C();
                if (Files.isRegularFile(path)) {
                    checksum.update(Files.readAllBytes(path));
                }
                lines.add(path + " " + Files.getLastModifiedTime(path) + " " + checksum.getValue());
            }
            return lines;
        }
    }
}
