package org.pgreel.recorder.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.projection.ConnectionsFolding;
import org.pgreel.recorder.recording.ReadingProgress;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.SessionSummary;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionTap;

/** What a recorder notes on the way is what reading all of the recording says. */
@Timeout(120)
class StripeNotesTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    private Path journal() {
        return directory.resolve("journal");
    }

    private Path beside(String suffix) {
        return journal().resolve("run-000001").resolve("stripe-0" + suffix);
    }

    private Recording indexed() {
        return Recordings.openIndexed(journal(), ConnectionsFolding.MAKER, ReadingProgress.NONE);
    }

    @Test
    void aRecordingThatEndedIsListedWithoutBeingRead() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            GreatJournal.write(journal, 40 * MEBIBYTE, 12);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(beside(".notes"))))
                .isEqualTo("rw-------");
        Bytes read = new Bytes();
        Recordings.openIndexed(journal(), ConnectionsFolding.MAKER, read);
        assertThat(read.records)
                .as("records that were read to list the sessions")
                .isZero();
        SameRecordings.assertSame(indexed(), Recordings.open(journal()));
        assertThat(beside(".index")).doesNotExist();
    }

    @Test
    void aStateFarWithinASessionSetsMarksOnce() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            GreatJournal.write(journal, 60 * MEBIBYTE, 4);
        }
        RecordedSession longOne = indexed().sessions().get(0);
        RecordedSession whole = Recordings.open(journal()).sessions().get(0);
        long messages = SessionSummary.of(whole).messages();
        assertThat(longOne.startBefore(2)).as("near the beginning").isNull();
        assertThat(beside(".index")).doesNotExist();
        assertThat(longOne.startBefore(messages)).isNotNull();
        assertThat(beside(".index")).exists();
        for (long message : new long[] {1, messages / 2, messages}) {
            assertThat(SameRecordings.state(longOne, message)).isEqualTo(SameRecordings.state(whole, message));
        }
        long index = Files.size(beside(".index"));
        assertThat(indexed().sessions().get(0).startBefore(messages)).isNotNull();
        assertThat(Files.size(beside(".index"))).isEqualTo(index);
        SameRecordings.assertSame(indexed(), Recordings.open(journal()));
    }

    @Test
    void aRecordingIsListedWhileItIsWrittenAndAfterItsRecorderDied() throws IOException {
        Path left = directory.resolve("left");
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
            SessionTap open = Conversations.begin(recorder);
            Conversations.ask(open, 1);
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
            awaitNotes(0);
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));

            Conversations.ask(open, 2);
            Conversations.happen(recorder, 3);
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));

            long noted = Files.size(beside(".notes"));
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
            awaitNotes(noted);
            Conversations.ask(open, 3);
            SameRecordings.assertSame(indexed(), Recordings.open(journal()));
            copy(journal(), left);
        }
        Recording died = Recordings.openIndexed(left, ConnectionsFolding.MAKER, ReadingProgress.NONE);
        SameRecordings.assertSame(died, Recordings.open(left));
        assertThat(died.sessions().get(0).closed()).isNull();
        SameRecordings.assertSame(indexed(), Recordings.open(journal()));
    }

    private void awaitNotes(long longerThan) throws IOException {
        // The keeper of the journal writes them; the time-out of the test bounds this.
        while (!Files.exists(beside(".notes")) || Files.size(beside(".notes")) <= longerThan) {
            assertThat(Thread.interrupted()).as("waited in vain").isFalse();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    @Test
    void notesThatWereChangedOrAreOfAnotherJournalAreNotBelieved() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
        }
        byte[] good = Files.readAllBytes(beside(".notes"));
        for (int at : new int[] {0, 8, 12, 20, good.length / 2, good.length - 1}) {
            byte[] changed = good.clone();
            changed[at] ^= 1;
            checkWith(changed);
        }
        for (int length : new int[] {0, 7, 8, 11, 20, good.length - 1}) {
            checkWith(Arrays.copyOf(good, length));
        }
        byte[] longer = Arrays.copyOf(good, good.length + 20);
        longer[good.length + 3] = 8;
        checkWith(longer);

        Path other = directory.resolve("other");
        try (ChronicleJournal journal = ChronicleJournal.open(other)) {
            GreatJournal.write(journal, 17 * MEBIBYTE, 5);
        }
        checkWith(Files.readAllBytes(other.resolve("run-000001").resolve("stripe-0.notes")));
    }

    @Test
    void notesWhoseBeginningIsMissingAreNotBelieved() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
            awaitNotes(0);
            long first = Files.size(beside(".notes"));
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
            awaitNotes(first);
        }
        byte[] notes = Files.readAllBytes(beside(".notes"));
        // Whoever removes the file while it is written leaves a recorder that goes on with the next page.
        int behindMagic = 8;
        int firstPage = 8 + ByteBuffer.wrap(notes).getInt(behindMagic);
        byte[] left = new byte[notes.length - firstPage];
        System.arraycopy(notes, 0, left, 0, behindMagic);
        System.arraycopy(notes, behindMagic + firstPage, left, behindMagic, left.length - behindMagic);
        checkWith(left);
    }

    private void checkWith(byte[] notes) throws IOException {
        Files.write(beside(".notes"), notes);
        Files.deleteIfExists(beside(".index"));
        SameRecordings.assertSame(indexed(), Recordings.open(journal()));
    }

    @Test
    void sessionsOfAllKindsAreToldAsTheyAre() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(journal())) {
            var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
            List<SessionTap> open = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                open.add(recorder.sessionOpened(Conversations.opening()));
            }
            negotiated(open.get(0));
            cancelled(open.get(1));
            endsWithinAMessage(open.get(2));
            nonsense(open.get(3));
            stopped((SessionRecorder) open.get(4));
            open.get(5).closed(By.CLIENT, null);
            namesItsDatabase(open.get(6));
            GreatJournal.write(journal, 20 * MEBIBYTE, 3);
            for (int i = 7; i < 30; i++) {
                open.get(i).closed(By.PROXY, EndKind.RESET);
            }
        }
        assertThat(beside(".notes")).exists();
        SameRecordings.assertSame(indexed(), Recordings.open(journal()));
        SessionSummary named = SessionSummary.of(indexed().sessions().get(6));
        assertThat(named.user()).isEqualTo("bob");
        assertThat(named.database()).isEqualTo("orders");
        assertThat(named.statements()).isEqualTo(3);
    }

    private static void negotiated(SessionTap session) {
        session.connectionOpened(1);
        Conversations.written(session, Conversations.startup(80877103));
        Conversations.read(session, Conversations.bytes("N"));
        Conversations.written(session, Conversations.startupOfAlice());
        Conversations.read(session, Conversations.greeting());
        Conversations.ask(session, 1);
        Conversations.end(session);
    }

    private static void cancelled(SessionTap session) {
        session.connectionOpened(1);
        Conversations.written(session, Conversations.startupOfAlice());
        Conversations.read(session, Conversations.greeting());
        Conversations.written(session, Conversations.query("select pg_sleep(9)"));
        session.connectionOpened(2);
        byte[] cancel = Conversations.startup(80877102, Conversations.int4(4711), Conversations.int4(0x5ec2e700));
        session.written(2, cancel, 0, cancel.length);
        session.connectionClosed(2, EndKind.FIN, By.SERVER);
        Conversations.end(session);
    }

    private static void endsWithinAMessage(SessionTap session) {
        session.connectionOpened(1);
        Conversations.written(session, Conversations.startupOfAlice());
        Conversations.read(session, Conversations.greeting());
        byte[] query = Conversations.query("select 1");
        Conversations.written(session, Arrays.copyOf(query, query.length - 3));
        session.connectionClosed(1, EndKind.RESET, By.CLIENT);
        session.closed(By.CLIENT, EndKind.RESET);
    }

    private static void nonsense(SessionTap session) {
        session.connectionOpened(1);
        Conversations.written(session, Conversations.bytes("GET / HTTP/1.1\r\n\r\n"));
        Conversations.end(session);
    }

    private static void stopped(SessionRecorder session) {
        session.connectionOpened(1);
        Conversations.written(session, Conversations.startupOfAlice());
        session.damaged("The test has seen enough.");
    }

    private static void namesItsDatabase(SessionTap session) {
        session.connectionOpened(1);
        Conversations.written(
                session,
                Conversations.startup(
                        196608,
                        Conversations.string("user"),
                        Conversations.string("bob"),
                        Conversations.string("database"),
                        Conversations.string("orders"),
                        new byte[1]));
        Conversations.read(session, Conversations.greeting());
        Conversations.ask(session, 1);
        Conversations.written(
                session,
                Conversations.join(
                        Conversations.message('P', Conversations.string(""), Conversations.string("x"), new byte[2]),
                        Conversations.message('B', new byte[2], new byte[6]),
                        Conversations.message('E', new byte[1], new byte[4]),
                        Conversations.message('E', new byte[1], new byte[4]),
                        Conversations.message('S')));
        Conversations.end(session);
    }

    /** Counts how often it is told that something was read. */
    private static final class Bytes implements ReadingProgress {

        private int records = -1;

        @Override
        public void begins(long bytes) {
            records = -1;
        }

        @Override
        public void read(long bytes) {
            // The first call tells what the notes made unnecessary to read.
            records++;
        }
    }
}
