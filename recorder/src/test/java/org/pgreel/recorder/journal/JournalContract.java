package org.pgreel.recorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;

/** What every journal does, whatever keeps its records. */
@Timeout(60)
interface JournalContract {

    /** Opens a journal that is empty. */
    Journal empty();

    @Test
    default void anEmptyJournalHasNoSessionAndIsSound() {
        try (Journal journal = empty()) {
            Recording recording = Recordings.of(journal);
            assertThat(recording.sessions()).isEmpty();
            assertThat(recording.verification().complete()).isTrue();
        }
    }

    @Test
    default void recordsComeBackInOrderAndUnchanged() {
        try (Journal journal = empty()) {
            long session = journal.newSession();
            List<byte[]> appended = new ArrayList<>();
            long previous = Journal.NO_RECORD;
            for (int length : new int[] {0, 1, 2, 3, 4, 5, 255, 4096, 70_000, Journal.RECORD_BYTES_MAX}) {
                byte[] record = new byte[length + 2];
                Arrays.fill(record, (byte) length);
                previous = journal.append(session, previous, record, 1, 1 + length);
                appended.add(Arrays.copyOfRange(record, 1, 1 + length));
            }
            List<StripeRecord> read = records(journal);
            assertThat(read).hasSameSizeAs(appended);
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).session()).isEqualTo(session);
                assertThat(read.get(i).length()).isEqualTo(appended.get(i).length);
            }
        }
    }

    @Test
    default void recordsAreNumberedWithoutAGap() {
        try (Journal journal = empty()) {
            long first = journal.append(journal.newSession(), Journal.NO_RECORD, new byte[8], 0, 8);
            for (int i = 1; i < 100; i++) {
                assertThat(journal.append(1, first, new byte[8], 0, 8)).isEqualTo(first + i);
            }
            assertThat(records(journal).get(0).number()).isEqualTo(first);
        }
    }

    @Test
    default void aReaderFollowsWhatIsAppendedLater() {
        try (Journal journal = empty()) {
            journal.append(1, Journal.NO_RECORD, new byte[] {1}, 0, 1);
            try (StripeReader reader = journal.stripes().get(0).read()) {
                assertThat(reader.next()).isInstanceOf(StripeRecord.class);
                assertThat(reader.next()).isNull();
                journal.append(1, 0, new byte[] {2}, 0, 1);
                assertThat(reader.next()).isInstanceOf(StripeRecord.class);
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    default void aReaderMayBeginAtAnyRecord() {
        try (Journal journal = empty()) {
            for (int i = 0; i < 10; i++) {
                journal.append(1, i - 1, new byte[i], 0, i);
            }
            for (StripeRecord record : records(journal)) {
                try (StripeReader reader = journal.stripes().get(0).read(record.position())) {
                    StripeEntry entry = reader.next();
                    assertThat(entry).isInstanceOf(StripeRecord.class);
                    assertThat(((StripeRecord) entry).number()).isEqualTo(record.number());
                }
            }
        }
    }

    @Test
    default void aRecordThatIsTooLongIsRefusedAndLeavesNoTrace() {
        try (Journal journal = empty()) {
            byte[] record = new byte[Journal.RECORD_BYTES_MAX + 1];
            assertThatThrownBy(() -> journal.append(1, Journal.NO_RECORD, record, 0, record.length))
                    .isInstanceOf(JournalWriteException.class)
                    .hasMessageContaining("is longer than");
            assertThat(records(journal)).isEmpty();
        }
    }

    @Test
    default void aClosedJournalRefusesAndCanStillBeRead() {
        Journal journal = empty();
        journal.append(1, Journal.NO_RECORD, new byte[3], 0, 3);
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.append(1, 0, new byte[3], 0, 3))
                .isInstanceOf(JournalWriteException.class)
                .hasMessageContaining("closed");
        assertThat(records(journal)).hasSize(1);
    }

    @Test
    default void manySessionsShareAJournal() throws Exception {
        int sessions = 8;
        int queries = 50;
        try (Journal journal = empty()) {
            ExecutorService threads = Executors.newFixedThreadPool(sessions);
            CountDownLatch together = new CountDownLatch(1);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                running.add(threads.submit(() -> {
                    together.await();
                    Recorder recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
                    Conversations.happen(recorder, queries);
                    return null;
                }));
            }
            together.countDown();
            for (Future<?> session : running) {
                session.get(30, TimeUnit.SECONDS);
            }
            threads.shutdown();

            Recording recording = Recordings.of(journal);
            assertThat(recording.sessions()).hasSize(sessions);
            assertThat(recording.verification().complete()).isTrue();
            for (RecordedSession session : recording.sessions()) {
                assertThat(session.state()).isEqualTo(SessionState.WHOLE);
                assertThat(session.events()).hasSize((int) session.eventCount()).hasSize(2 + 2 + 2 * queries + 3);
            }
        }
    }

    /** Returns all records of the journal's only stripe. */
    static List<StripeRecord> records(Journal journal) {
        List<StripeRecord> records = new ArrayList<>();
        try (StripeReader reader = journal.stripes().get(0).read()) {
            for (StripeEntry entry = reader.next(); entry != null; entry = reader.next()) {
                assertThat(entry).isInstanceOf(StripeRecord.class);
                records.add((StripeRecord) entry);
            }
        }
        return records;
    }
}
