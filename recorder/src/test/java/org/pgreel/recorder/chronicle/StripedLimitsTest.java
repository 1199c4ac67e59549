package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;
import org.pgreel.recorder.recording.JournalFollower;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.recorder.verify.SessionVerdict;
import org.pgreel.recorder.verify.Verification;
import org.pgreel.tap.SessionTap;

/** A journal whose stripes are written side by side begins new files in each, retires old ones, and follows and verifies. */
@Timeout(120)
class StripedLimitsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long LIMIT = 64L << 20;
    private static final byte[] ROWS = Conversations.oneRow("x".repeat(60_000));

    @TempDir
    Path directory;

    private Instant now = NOON;

    private ChronicleJournal open(JournalLimits limits) {
        return ChronicleJournal.open(directory, limits, new InstantSource() {
            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    private void passes(ChronicleJournal journal, Duration time) {
        now = now.plus(time);
        journal.lookAfter();
    }

    private Verification verification() {
        return Recordings.open(directory).verification();
    }

    private RunDirectory run() {
        return RunDirectory.of(directory, 1);
    }

    @Test
    void eachStripeBeginsANewFileEveryHourAndWhoFollowsMissesNothing() {
        var heard = new Heard();
        JournalLimits limits = JournalLimits.NONE.roll(RollCycle.HOURLY).keepFor(Duration.ofHours(3));
        try (ChronicleJournal journal = open(limits.stripes(3));
                JournalFollower follower = JournalFollower.of(directory)) {
            var recorder = new Recorder(journal);
            SessionTap longOne = Conversations.begin(recorder);
            for (int hour = 0; hour < 10; hour++) {
                for (int i = 0; i < 6; i++) {
                    Conversations.happen(recorder, 1);
                }
                Conversations.ask(longOne, hour);
                passes(journal, Duration.ofHours(1));
                follower.poll(heard);
                assertThat(heard.ordinals).hasSize(1 + 6 * (hour + 1));
            }
            assertThat(RetiredLog.read(directory).files()).isGreaterThanOrEqualTo(12);
            Recording recording = Recordings.open(directory);
            assertThat(recording.verification().sound()).isTrue();
            assertThat(recording.sessions())
                    .extracting(RecordedSession::id)
                    .isSortedAccordingTo((a, b) -> Long.compare(OpenStripes.ordinal(a), OpenStripes.ordinal(b)));
            assertThat(recording.sessions().get(0).state()).isEqualTo(SessionState.OPEN);
            Conversations.end(longOne);
        }
        assertThat(verification().complete()).isTrue();
        assertThat(heard.damage).isEmpty();
        assertThat(heard.ordinals).isSorted();
    }

    /** Hears in which order sessions begin. */
    private static final class Heard implements JournalFollower.Listener {

        private final List<Long> ordinals = new ArrayList<>();
        private final List<String> damage = new ArrayList<>();

        @Override
        public void event(int session, SessionEvent event) {
            if (event.sequence() == 0) {
                ordinals.add(OpenStripes.ordinal(event.session()));
                assertThat(session).isEqualTo(ordinals.size());
            }
        }

        @Override
        public void damaged(int session, BadEvent bad) {
            damage.add(bad.toString());
        }

        @Override
        public void damaged(String what) {
            damage.add(what);
        }
    }

    @Test
    void aJournalWithALimitHasAsManyStripesAsThereIsRoomForAndStaysBelowIt() throws IOException {
        int written = 0;
        try (ChronicleJournal journal = open(JournalLimits.NONE.bytesMax(LIMIT).stripes(8))) {
            assertThat(run().stripe(3)).exists();
            assertThat(run().stripe(4)).doesNotExist();
            var recorder = new Recorder(journal);
            for (; written < 100; written++) {
                SessionTap session = Conversations.begin(recorder);
                for (int i = 0; i < 20; i++) {
                    Conversations.read(session, ROWS);
                }
                Conversations.end(session);
                journal.lookAfter();
            }
        }
        Verification left = verification();
        assertThat(left.complete()).isTrue();
        assertThat(RetiredLog.read(directory).sessions() + left.sessions().size())
                .isEqualTo(written);
        assertThat(left.sessions()).hasSizeGreaterThan(10);
    }

    /** Whoever forgets what the run's properties told finds all stripes by their names. */
    @Test
    void whereTheRunsPropertiesAreMissingNoStripeIsPassedOver() throws IOException {
        try (ChronicleJournal journal = open(JournalLimits.NONE.stripes(4))) {
            for (int i = 0; i < 8; i++) {
                Conversations.happen(new Recorder(journal), 1);
            }
        }
        Files.delete(run().properties());
        Verification verification = verification();
        assertThat(verification.sound()).isFalse();
        assertThat(verification.sessions()).hasSize(8);
    }

    /** A record of one stripe that is lost is passed by when the clock is past it, or when nobody writes any more. */
    @Test
    void aLostRecordHoldsNobodyUpForEver() throws IOException {
        var heard = new Heard();
        try (ChronicleJournal journal = open(JournalLimits.NONE.stripes(2))) {
            var recorder = new Recorder(journal);
            Conversations.happen(recorder, 2);
            Conversations.happen(recorder, 2);
            long position;
            try (StripeReader reader = journal.stripes().get(0).read()) {
                position = ((StripeRecord) Objects.requireNonNull(reader.next())).position();
            }
            zeroFrom(run().stripe(0), position);
            try (JournalFollower follower = JournalFollower.of(directory)) {
                follower.poll(heard);
                assertThat(heard.ordinals).isEmpty();
                journal.lookAfter();
                follower.poll(heard);
                assertThat(heard.ordinals).containsExactly(2L);
            }
        }
    }

    /** Where a header with a time is damaged, the record's session says so, and nothing else does. */
    @Test
    void aDamagedHeaderIsToldOfItsOwnSession() throws IOException {
        long position;
        try (ChronicleJournal journal = open(JournalLimits.NONE.stripes(2))) {
            var recorder = new Recorder(journal);
            for (int i = 0; i < 4; i++) {
                Conversations.happen(recorder, 3);
            }
            try (StripeReader reader = journal.stripes().get(1).read()) {
                reader.next();
                reader.next();
                position = ((StripeRecord) Objects.requireNonNull(reader.next())).position();
            }
        }
        for (int at = 0; at < RecordHeader.BYTES_MAX; at += 3) {
            long where = position + QueueFileReader.WORD_BYTES + at;
            flip(run().stripe(1), where);
            assertThat(verification().findings()).as("byte %d", at).hasSize(1);
            assertThat(verification().sessions())
                    .as("byte %d", at)
                    .extracting(SessionVerdict::state)
                    .containsExactly(SessionState.WHOLE, SessionState.DAMAGED, SessionState.WHOLE, SessionState.WHOLE);
            flip(run().stripe(1), where);
        }
        assertThat(verification().complete()).isTrue();
    }

    private static void flip(Path stripe, long position) throws IOException {
        try (FileChannel channel =
                FileChannel.open(onlyFile(stripe), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) ~one.get(0)).rewind();
            channel.write(one, position);
        }
    }

    private static Path onlyFile(Path stripe) throws IOException {
        try (Stream<Path> files = Files.list(stripe)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void zeroFrom(Path stripe, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(onlyFile(stripe), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(100_000), position);
        }
    }

    @Test
    void whatWasRecordedIsNotedAndIndexedInEachStripe() {
        try (ChronicleJournal journal = ChronicleJournal.open(directory, JournalLimits.NONE.stripes(2))) {
            var recorder = new Recorder(journal);
            for (int i = 0; i < 4; i++) {
                SessionTap session = Conversations.begin(recorder);
                for (int row = 0; row < 400; row++) {
                    Conversations.read(session, ROWS);
                }
                Conversations.end(session);
            }
        }
        assertThat(QueueStripe.notesBeside(run().stripe(0))).exists();
        assertThat(QueueStripe.notesBeside(run().stripe(1))).exists();
        assertThat(Recordings.open(directory).sessions())
                .extracting(RecordedSession::number)
                .containsExactly(1, 2, 3, 4);
    }
}
