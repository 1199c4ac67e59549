package org.pgreel.recorder.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.StripeRecord;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.SessionTap;

/** Whatever is done to a journal, verification gives the answer that docs/verify.md promises. */
class VerificationTest {

    /** Two sessions, interleaved: in every record one event, session 1 in the even ones. */
    private TamperedJournal journal = TamperedJournal.copyOf(new InMemoryJournal("unused"));

    @BeforeEach
    void record() {
        InMemoryJournal recorded = new InMemoryJournal("run");
        Recorder recorder = new Recorder(recorded, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        SessionTap first = Conversations.begin(recorder);
        SessionTap second = Conversations.begin(recorder);
        for (int i = 0; i < 5; i++) {
            Conversations.ask(first, i);
            Conversations.ask(second, 100 + i);
        }
        Conversations.end(first);
        Conversations.end(second);
        journal = TamperedJournal.copyOf(recorded);
    }

    private SessionVerdict verdict(int session) {
        return Verification.of(journal).sessions().get(session - 1);
    }

    private void expectDamaged(int session, long sequence, String what) {
        SessionVerdict verdict = verdict(session);
        assertThat(verdict.state()).isEqualTo(SessionState.DAMAGED);
        assertThat(verdict.firstBad()).isNotNull().satisfies(bad -> {
            assertThat(bad.sequence()).isEqualTo(sequence);
            assertThat(bad.what()).contains(what);
        });
        assertThat(verdict.line()).startsWith("session " + session + ": damaged, event " + sequence + " ");
        assertThat(Verification.of(journal).sound()).isFalse();
    }

    private int record(int session, long sequence) {
        int seen = 0;
        for (int i = 0; i < journal.records().size(); i++) {
            if (journal.records().get(i).session() == session && seen++ == sequence) {
                return i;
            }
        }
        throw new AssertionError("no event " + sequence);
    }

    @Test
    void anUntouchedJournalIsWhole() {
        Verification verification = Verification.of(journal);
        assertThat(verification.complete()).isTrue();
        assertThat(verification.sessions())
                .allSatisfy(verdict -> assertThat(verdict.state()).isEqualTo(SessionState.WHOLE));
        assertThat(verification.sessions().get(0).line()).startsWith("session 1: whole, 17 events, ");
    }

    @Test
    void everyFlippedBitIsFoundAndItsEventNamed() {
        TamperedJournal untouched = journal;
        for (int i = 0; i < untouched.records().size(); i++) {
            StripeRecord record = untouched.records().get(i);
            for (int at = 0; at < record.length(); at++) {
                int index = i;
                int position = at;
                StripeRecord before = journal.records().get(i);
                journal.change(index, bytes -> {
                    bytes[position] ^= (byte) (1 << (position % 8));
                    return bytes;
                });
                SessionVerdict verdict = verdict((int) record.session());
                assertThat(verdict.state()).isEqualTo(SessionState.DAMAGED);
                long sequence = sequenceOf(index);
                assertThat(verdict.firstBad())
                        .isNotNull()
                        .satisfies(bad -> assertThat(bad.sequence()).isEqualTo(sequence));
                journal.records().set(i, before);
            }
        }
    }

    private long sequenceOf(int index) {
        long session = journal.records().get(index).session();
        return journal.records().subList(0, index).stream()
                .filter(record -> record.session() == session)
                .count();
    }

    @Test
    void aDeletedEventIsMissing() {
        journal.records().remove(record(1, 4));
        expectDamaged(1, 4, "is missing");
        assertThat(verdict(2).state()).isEqualTo(SessionState.WHOLE);
    }

    @Test
    void severalDeletedEventsAreMissing() {
        journal.records().remove(record(2, 6));
        journal.records().remove(record(2, 6));
        expectDamaged(2, 6, "and those up to 7 are missing");
    }

    @Test
    void aDuplicatedEventIsFoundWhereItStandsTheSecondTime() {
        int index = record(1, 5);
        journal.records().add(index + 1, journal.records().get(index));
        expectDamaged(1, 6, "event 5 stands there a second time");
    }

    @Test
    void twoSwappedEventsAreFound() {
        Collections.swap(journal.records(), record(1, 5), record(1, 6));
        expectDamaged(1, 5, "is missing");
    }

    @Test
    void swappedEventsOfTwoSessionsKeepTheirOrderAndAreWhole() {
        // Order is promised within a session only.
        Collections.swap(journal.records(), record(1, 5), record(2, 4));
        assertThat(Verification.of(journal).complete()).isTrue();
    }

    @Test
    void anEventSplicedInFromAnotherSessionIsFound() {
        StripeRecord foreign = journal.records().get(record(2, 5));
        int index = record(1, 5);
        byte[] bytes = foreign.toArray();
        journal.records().set(index, new StripeRecord(foreign.position(), foreign.number(), 1, bytes, 0, bytes.length));
        expectDamaged(1, 5, "names another");
    }

    @Test
    void aCutTailIsOpen() {
        int index = record(1, 9);
        journal.records().subList(index, journal.records().size()).removeIf(record -> record.session() == 1);
        SessionVerdict verdict = verdict(1);
        assertThat(verdict.state()).isEqualTo(SessionState.OPEN);
        assertThat(verdict.line()).contains("open, 9 events", "last event 8 at 2026-11-21T10:00:00");
        Verification verification = Verification.of(journal);
        assertThat(verification.sound()).isTrue();
        assertThat(verification.complete()).isFalse();
    }

    @Test
    void aZeroedPageIsFound() {
        journal.change(record(1, 5), bytes -> new byte[bytes.length]);
        expectDamaged(1, 5, "cannot be read");
    }

    @Test
    void aRetiredBeginningIsPartial() {
        journal.records().subList(0, record(1, 3)).clear();
        assertThat(verdict(1).state()).isEqualTo(SessionState.PARTIAL);
        assertThat(Verification.of(journal).sound()).isTrue();
    }

    @Test
    void aSessionWhoseRecordingStoppedIsDamagedWhereItStopped() {
        InMemoryJournal small = new InMemoryJournal("run", 700);
        Recorder recorder = new Recorder(small, new ManualClock(), OnJournalFailure.STOP_RECORDING);
        Conversations.happen(recorder, 5);
        journal = TamperedJournal.copyOf(small);
        SessionVerdict verdict = verdict(1);
        assertThat(verdict.state()).isEqualTo(SessionState.DAMAGED);
        assertThat(verdict.firstBad())
                .isNotNull()
                .satisfies(bad -> assertThat(bad.what()).contains("is where recording ended", "The journal is full"));
    }

    @Test
    void readingADamagedSessionEndsInItsDamageAndNeverQuietly() {
        journal.records().remove(record(1, 4));
        RecordedSession session = Recordings.of(journal).sessions().get(0);
        assertThatThrownBy(() -> {
                    for (SessionEvent event : session.events()) {
                        assertThat(event.sequence()).isLessThan(4);
                    }
                })
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("event 4 is missing");
    }
}
