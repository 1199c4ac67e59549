package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.SessionTap;

/** What a journal looks like on disk. */
@Timeout(60)
class ChronicleJournalFilesTest {

    @TempDir
    Path temporary;

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        Path directory = temporary.resolve("deep").resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Conversations.happen(new Recorder(journal), 1);
            assertPrivate(directory);
        }
        assertPrivate(directory);
    }

    private static void assertPrivate(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void anOpenJournalTakesLittleMoreThanFiveMebibytes() throws IOException {
        Path directory = temporary.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Conversations.happen(new Recorder(journal), 1);
            assertThat(size(directory)).isLessThan(8L << 20);
        }
        assertThat(size(directory)).isLessThan(8L << 10);
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            long size = 0;
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                size += Files.size(path);
            }
            return size;
        }
    }

    /** Chronicle Queue itself finds the records that our reader of its files finds. */
    @Test
    void chronicleQueueReadsTheSame() throws IOException {
        Path directory = temporary.resolve("journal");
        List<Integer> lengths = new ArrayList<>();
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Recorder recorder = new Recorder(journal);
            for (int i = 0; i < 200; i++) {
                Conversations.happen(recorder, i);
            }
            try (StripeReader reader = journal.stripes().get(0).read()) {
                for (StripeEntry entry = reader.next(); entry != null; entry = reader.next()) {
                    lengths.add(((StripeRecord) entry).length() + RecordHeader.BYTES);
                }
            }
            assertThat(chronicleLengths(directory)).isEqualTo(lengths);
        }
    }

    private static List<Integer> chronicleLengths(Path directory) {
        List<Integer> lengths = new ArrayList<>();
        Path stripe = RunDirectory.of(directory, 1).stripe(0);
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(stripe.toFile())
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        break;
                    }
                    lengths.add((int) document.wire().bytes().readRemaining());
                }
            }
        }
        // The first record says that the run began.
        return lengths.subList(1, lengths.size());
    }

    @Test
    void twoRecordersOnOneDirectoryDoNotMeet() {
        Path directory = temporary.resolve("journal");
        try (ChronicleJournal one = ChronicleJournal.open(directory);
                ChronicleJournal other = ChronicleJournal.open(directory)) {
            SessionTap first = Conversations.begin(new Recorder(one));
            SessionTap second = Conversations.begin(new Recorder(other));
            for (int i = 0; i < 10; i++) {
                Conversations.ask(first, i);
                Conversations.ask(second, i);
            }
            Conversations.end(first);
            Conversations.end(second);
        }
        Recording recording = Recordings.open(directory);
        assertThat(recording.sessions())
                .extracting(RecordedSession::state)
                .containsExactly(SessionState.WHOLE, SessionState.WHOLE);
        assertThat(recording.sessions()).extracting(RecordedSession::id).doesNotHaveDuplicates();
    }

    /** As after the restart of a container, in which every recorder is process 1: the run before was never closed. */
    @Test
    void aRunThatWasNeverClosedDoesNotHinderTheNextOfTheSameProcess() {
        Path directory = temporary.resolve("journal");
        ChronicleJournal abandoned = ChronicleJournal.open(directory);
        Conversations.begin(new Recorder(abandoned));
        try (ChronicleJournal next = ChronicleJournal.open(directory)) {
            Conversations.happen(new Recorder(next), 1);
        }
        Recording recording = Recordings.open(directory);
        assertThat(recording.sessions())
                .extracting(RecordedSession::state)
                .containsExactly(SessionState.OPEN, SessionState.WHOLE);
        assertThat(recording.verification().sound()).isTrue();
        abandoned.close();
    }

    @Test
    void aRunThatDiedBeforeItBeganIsPassedOver() throws IOException {
        Path directory = temporary.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Conversations.happen(new Recorder(journal), 1);
        }
        Files.createDirectories(RunDirectory.of(directory, 2).stripe(0));
        assertThat(Recordings.open(directory).verification().complete()).isTrue();
    }

    @Test
    void sessionsKeepTheirNumbersWhenMoreAreRecorded() {
        Path directory = temporary.resolve("journal");
        for (int run = 1; run <= 3; run++) {
            try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
                Conversations.happen(new Recorder(journal), run);
            }
        }
        List<RecordedSession> sessions = Recordings.open(directory).sessions();
        for (int run = 1; run <= 3; run++) {
            assertThat(sessions.get(run - 1).number()).isEqualTo(run);
            assertThat(sessions.get(run - 1).eventCount()).isEqualTo(4 + 2 * run + 3);
        }
    }

    @Test
    void aGreatChunkIsStoredInPieces() {
        Path directory = temporary.resolve("journal");
        byte[] great = Conversations.message('d', new byte[3_000_000]);
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            SessionTap session = Conversations.begin(new Recorder(journal));
            Conversations.read(session, great);
            Conversations.end(session);
        }
        RecordedSession session = Recordings.open(directory).sessions().get(0);
        assertThat(session.state()).isEqualTo(SessionState.WHOLE);
        assertThat(session.bytesRead()).isEqualTo(Conversations.greeting().length + great.length);
    }
}
