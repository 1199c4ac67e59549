package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.JournalFollower;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.recorder.verify.Verification;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;

/** A journal begins new files, retires old ones and stays within its size while it is written, and says so. */
@Timeout(120)
class JournalLimitsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long LIMIT = 48L << 20;
    private static final byte[] ROWS = Conversations.oneRow("x".repeat(60_000));

    @TempDir
    Path directory;

    private Instant now = NOON;
    private final List<String> notices = new ArrayList<>();

    private ChronicleJournal open(JournalLimits limits) {
        return ChronicleJournal.open(directory, limits.notices(notices::add), new InstantSource() {
            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    private Verification verification() {
        return Recordings.open(directory).verification();
    }

    private Path run(int ordinal) {
        return directory.resolve("run-00000" + ordinal);
    }

    private void passes(ChronicleJournal journal, Duration time) {
        now = now.plus(time);
        journal.lookAfter();
    }

    @Test
    void eachHourSessionsBeginInANewFileAndThoseThatGoOnStayWhereTheyAre() throws IOException {
        try (ChronicleJournal journal = open(JournalLimits.NONE.roll(RollCycle.HOURLY))) {
            var recorder = new Recorder(journal);
            SessionTap longOne = Conversations.begin(recorder);
            Conversations.happen(recorder, 1);
            passes(journal, Duration.ofMinutes(59));
            Conversations.happen(recorder, 1);
            assertThat(run(1).resolve("stripe-1")).doesNotExist();

            passes(journal, Duration.ofMinutes(1));
            Conversations.happen(recorder, 2);
            passes(journal, Duration.ofHours(3));
            assertThat(run(1).resolve("stripe-2"))
                    .as("one file however many hours passed")
                    .exists();
            passes(journal, Duration.ofHours(3));
            assertThat(run(1).resolve("stripe-3"))
                    .as("no file for hours in which no session began")
                    .doesNotExist();
            Conversations.ask(longOne, 7);
            assertThat(properties(1)).contains("records-1=").doesNotContain("records-0=");
            assertThat(verification().sessions())
                    .extracting(verdict -> verdict.state())
                    .containsExactly(SessionState.OPEN, SessionState.WHOLE, SessionState.WHOLE, SessionState.WHOLE);
            Conversations.end(longOne);
            passes(journal, Duration.ZERO);
            assertThat(properties(1)).contains("records-0=");
        }
        assertThat(verification().complete()).isTrue();
        assertThat(verification().sessions()).hasSize(4);
        assertThat(notices).isEmpty();
    }

    private String properties(int run) throws IOException {
        return Files.readString(run(run).resolve("run.properties"));
    }

    @Test
    void aClockThatIsSetBackBeginsNoFile() {
        try (ChronicleJournal journal = open(JournalLimits.NONE.roll(RollCycle.MINUTELY))) {
            Conversations.happen(new Recorder(journal), 1);
            passes(journal, Duration.ofHours(-3));
            assertThat(run(1).resolve("stripe-1")).doesNotExist();
        }
    }

    @Test
    void noMoreFilesAreOpenThanThereArePlacesFor() {
        List<SessionTap> open = new ArrayList<>();
        try (ChronicleJournal journal = open(JournalLimits.NONE.roll(RollCycle.MINUTELY))) {
            var recorder = new Recorder(journal);
            for (int i = 0; i < OpenStripes.PLACES + 3; i++) {
                open.add(Conversations.begin(recorder));
                passes(journal, Duration.ofMinutes(1));
            }
            assertThat(run(1).resolve("stripe-" + (OpenStripes.PLACES - 1))).exists();
            assertThat(run(1).resolve("stripe-" + OpenStripes.PLACES)).doesNotExist();
            open.forEach(session -> Conversations.ask(session, 1));
            Conversations.end(open.get(0));
            passes(journal, Duration.ofMinutes(1));
            passes(journal, Duration.ZERO);
            assertThat(run(1).resolve("stripe-" + OpenStripes.PLACES)).exists();
            Conversations.happen(recorder, 1);
            open.subList(1, open.size()).forEach(Conversations::end);
        }
        assertThat(verification().complete()).isTrue();
        assertThat(verification().sessions()).hasSize(OpenStripes.PLACES + 4);
    }

    @Test
    void whatIsOverForLongEnoughIsRetiredWhileRecordingAndToldByNameAndNumber() {
        JournalLimits limits = JournalLimits.NONE.roll(RollCycle.HOURLY).keepFor(Duration.ofHours(24));
        try (ChronicleJournal journal = open(limits)) {
            var recorder = new Recorder(journal);
            for (int hour = 0; hour < 30; hour++) {
                Conversations.happen(recorder, 1);
                Conversations.happen(recorder, 1);
                passes(journal, Duration.ofHours(1));
            }
            assertThat(verification().sessions()).hasSize(2 * 25);
        }
        assertThat(verification().complete()).as("what was retired is not lost").isTrue();
        assertThat(notices).hasSize(5);
        assertThat(notices.get(0)).startsWith("retired " + run(1).resolve("stripe-0") + " (2 sessions, ");
        RetiredLog.Total retired = RetiredLog.read(directory);
        assertThat(retired.files()).isEqualTo(5);
        assertThat(retired.sessions()).isEqualTo(10);
        assertThat(retired.sentence()).startsWith("retired: 5 files with 10 sessions, ");

        now = now.plus(Duration.ofHours(10));
        open(limits).close();
        assertThat(verification().complete()).as("also of a run that ended").isTrue();
        assertThat(verification().sessions()).hasSize(2 * 15);
        now = now.plus(Duration.ofDays(9));
        open(limits).close();
        assertThat(run(1)).doesNotExist();
        assertThat(verification().sessions()).isEmpty();
        assertThat(RetiredLog.read(directory).sessions()).isEqualTo(60);
    }

    @Test
    void aFileThatIsMissingWithoutHavingBeenRetiredIsDamage() throws IOException {
        try (ChronicleJournal journal = open(JournalLimits.NONE.roll(RollCycle.HOURLY))) {
            for (int hour = 0; hour < 3; hour++) {
                Conversations.happen(new Recorder(journal), 1);
                passes(journal, Duration.ofHours(1));
            }
        }
        StripeFiles.remove(run(1).resolve("stripe-1"));
        assertThat(verification().sound()).isFalse();
        assertThat(verification().findings().toString()).contains("stripe-1").contains("there is no file of the queue");
    }

    @Test
    void aJournalStaysBelowItsSizeByRetiringTheOldest() throws IOException {
        int written = 0;
        try (ChronicleJournal journal = open(JournalLimits.NONE.bytesMax(LIMIT))) {
            var recorder = new Recorder(journal);
            for (; written < 200; written++) {
                SessionTap session = Conversations.begin(recorder);
                for (int i = 0; i < 20; i++) {
                    Conversations.read(session, ROWS);
                }
                Conversations.end(session);
                journal.lookAfter();
                assertThat(bytesOfQueues()).isLessThanOrEqualTo(LIMIT);
            }
        }
        Verification left = verification();
        assertThat(left.complete()).isTrue();
        assertThat(bytesOfQueues()).isGreaterThan(LIMIT / 3);
        assertThat(RetiredLog.read(directory).sessions() + left.sessions().size())
                .isEqualTo(written);
        assertThat(notices).isNotEmpty().allMatch(notice -> notice.endsWith("to keep the journal below 48 MiB"));
    }

    /** What the files hold and what is reserved in them; Chronicle Queue makes them longer, but sparse. */
    private long bytesOfQueues() throws IOException {
        long bytes = 0;
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path :
                    paths.filter(file -> file.toString().endsWith(".cq4")).toList()) {
                bytes += 512 * blocks(path);
            }
        }
        return bytes;
    }

    private static long blocks(Path path) throws IOException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
        String answer = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return answer.isBlank() ? 0 : Long.parseLong(answer.strip());
    }

    @Test
    void whereNothingIsOverTheSessionEndsByItsPolicyAndTheNextIsRecorded() {
        try (ChronicleJournal journal = open(JournalLimits.NONE.bytesMax(LIMIT))) {
            var recorder = new Recorder(journal);
            SessionTap greedy = Conversations.begin(recorder);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 2_000; i++) {
                            Conversations.read(greedy, ROWS);
                        }
                    })
                    .isInstanceOf(TapFailedException.class)
                    .hasMessageContaining("its limit of 48 MiB is reached, and nothing that is over is left to retire");
            Recording recording = Recordings.open(directory);
            assertThat(recording.sessions().get(0).state()).isEqualTo(SessionState.DAMAGED);
            assertThat(String.valueOf(recording.sessions().get(0).firstBad())).contains("is where recording ended");

            journal.lookAfter();
            Conversations.happen(recorder, 100);
        }
        assertThat(verification().complete()).as("the greedy one was retired").isTrue();
        assertThat(verification().sessions()).hasSize(1);
    }

    @Test
    void withTheOtherPolicyItGoesOnUnrecorded() {
        try (ChronicleJournal journal = open(JournalLimits.NONE.bytesMax(LIMIT))) {
            var recorder = new Recorder(journal, RecordingClock.system(), OnJournalFailure.STOP_RECORDING);
            SessionTap greedy = Conversations.begin(recorder);
            for (int i = 0; i < 2_000; i++) {
                Conversations.read(greedy, ROWS);
            }
            Conversations.end(greedy);
            assertThat(Recordings.open(directory).sessions().get(0).state()).isEqualTo(SessionState.DAMAGED);
        }
    }

    @Test
    void whoFollowsGoesOnInTheNextFileAndDoesNotMissWhatWasRetired() {
        var seen = new Seen();
        JournalLimits limits = JournalLimits.NONE.roll(RollCycle.HOURLY).keepFor(Duration.ofHours(2));
        try (ChronicleJournal journal = open(limits);
                JournalFollower follower = JournalFollower.of(directory)) {
            for (int hour = 0; hour < 6; hour++) {
                Conversations.happen(new Recorder(journal), 1);
                passes(journal, Duration.ofHours(1));
                follower.poll(seen);
                assertThat(seen.sessions).isEqualTo(hour + 1);
            }
        }
        assertThat(RetiredLog.read(directory).files()).isPositive();
        assertThat(seen.damage).isEmpty();
    }

    /** Counts sessions by their first events. */
    private static final class Seen implements JournalFollower.Listener {

        private final List<String> damage = new ArrayList<>();
        private int sessions;

        @Override
        public void event(int session, SessionEvent event) {
            if (event.sequence() == 0) {
                sessions++;
                assertThat(session).isEqualTo(sessions);
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
}
