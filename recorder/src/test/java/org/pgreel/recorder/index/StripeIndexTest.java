package org.pgreel.recorder.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.projection.ConnectionsFolding;
import org.pgreel.recorder.projection.Fold;
import org.pgreel.recorder.recording.ReadingProgress;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.SessionSummary;
import org.pgreel.tap.SessionTap;

/** A recording that is read by its index says what it says without one. */
@Timeout(120)
class StripeIndexTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    private Path journal() {
        return directory.resolve("journal");
    }

    private Path index() {
        return journal().resolve("run-000001").resolve("stripe-0.index");
    }

    /** Opens it as if its recorder had noted nothing. */
    private Recording indexed() throws IOException {
        Files.deleteIfExists(journal().resolve("run-000001").resolve("stripe-0.notes"));
        return Recordings.openIndexed(journal(), ConnectionsFolding.MAKER, ReadingProgress.NONE);
    }

    @Test
    void sessionsStatesAndTranscriptsAreTheSame() throws IOException {
        long messages;
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            GreatJournal.write(journal, 40 * MEBIBYTE, 12);
        }
        assertThat(index()).doesNotExist();
        SameRecordings.assertSame(indexed(), Recordings.open(journal()));
        assertThat(index()).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(index())))
                .isEqualTo("rw-------");

        Recording indexed = indexed();
        Recording whole = Recordings.open(journal());
        SameRecordings.assertSame(indexed, whole);
        RecordedSession longOne = indexed.sessions().get(0);
        messages = SessionSummary.of(longOne).messages();
        assertThat(longOne.startBefore(messages)).isNotNull();
        for (long message : new long[] {1, 2, 5, messages / 3, messages / 2, messages - 1, messages}) {
            assertThat(SameRecordings.state(longOne, message))
                    .isEqualTo(SameRecordings.state(whole.sessions().get(0), message));
            assertThat(SameRecordings.transcript(longOne, message))
                    .isEqualTo(SameRecordings.transcript(whole.sessions().get(0), message));
        }
        assertThat(Fold.ofConnections(longOne, messages + 1, damage -> {}).reached())
                .isFalse();
    }

    @Test
    void anIndexGrowsWithAJournalThatIsStillWritten() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
            SessionTap open = Conversations.begin(recorder);
            Conversations.ask(open, 1);
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));
            long first = Files.size(index());

            Conversations.ask(open, 2);
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));
            assertThat(Files.size(index())).as("a little more is not worth it").isEqualTo(first);

            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));
            assertThat(Files.size(index())).isGreaterThan(first);
            Conversations.ask(open, 3);
            Conversations.end(open);
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));
        }
        SameRecordings.assertSame(indexed(), Recordings.open(journal()));
    }

    @Test
    void anIndexThatWasChangedOrIsOfAnotherJournalIsMadeAgain() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
        }
        indexed();
        byte[] good = Files.readAllBytes(index());
        for (int at : new int[] {0, 100, good.length / 2, good.length - 40, good.length - 3}) {
            byte[] changed = good.clone();
            changed[at] ^= 1;
            Files.write(index(), changed);
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));
        }
        for (int length : new int[] {0, 7, 20, good.length - 1}) {
            Files.write(index(), Arrays.copyOf(good, length));
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));
            assertThat(Files.readAllBytes(index())).isEqualTo(good);
        }
        Path other = directory.resolve("other");
        try (ChronicleJournal journal = ChronicleJournal.open(other)) {
            GreatJournal.write(journal, 17 * MEBIBYTE, 5);
        }
        Files.deleteIfExists(other.resolve("run-000001").resolve("stripe-0.notes"));
        Recordings.openIndexed(other, ConnectionsFolding.MAKER, ReadingProgress.NONE);
        Files.copy(other.resolve("run-000001").resolve("stripe-0.index"), index(), StandardCopyOption.REPLACE_EXISTING);
        SameRecordings.assertSame(indexed(), Recordings.open(journal()));
    }

    @Test
    void aDamagedSessionStaysDamaged() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
        }
        Path file = queueFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        Recording whole = Recordings.open(journal());
        assertThat(whole.verification().sound()).isFalse();
        assertThat(indexed().verification()).isEqualTo(whole.verification());
        assertThat(indexed().verification()).isEqualTo(whole.verification());
    }

    private Path queueFile() throws IOException {
        try (var files = Files.list(journal().resolve("run-000001").resolve("stripe-0"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void ofADamagedStripeThereIsNone() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
        }
        Path file = queueFile();
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 64 * 1024, (byte) 0);
        Files.write(file, bytes);

        assertThat(indexed().verification())
                .isEqualTo(Recordings.open(journal()).verification());
        assertThat(index()).doesNotExist();
        try (var files = Files.list(journal().resolve("run-000001"))) {
            assertThat(files).noneMatch(left -> left.toString().endsWith(".unfinished"));
        }
    }
}
