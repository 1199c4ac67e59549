package org.pgreel.recorder.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.tap.SessionTap;

/** Followers see all that is written, while it is written, and the writer does not know of them. */
@Timeout(120)
class FollowersTest {

    private static final int FOLLOWERS = 3;
    private static final int QUERIES = 40_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(FOLLOWERS);

    @TempDir
    Path directory;

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Follows until two sessions are over and returns their events. */
    private static final class Seen implements JournalFollower.Listener {

        private final List<Long> sequences = new ArrayList<>();
        private final List<String> damage = new ArrayList<>();
        private int closed;

        @Override
        public void event(int session, SessionEvent event) {
            if (session == 1) {
                sequences.add(event.sequence());
            }
            closed += event instanceof SessionClosed ? 1 : 0;
        }

        @Override
        public void damaged(int session, BadEvent bad) {
            damage.add(session + ": " + bad);
        }

        @Override
        public void damaged(String what) {
            damage.add(what);
        }
    }

    private static Seen follow(Path journal, CountDownLatch begun) throws InterruptedException {
        var seen = new Seen();
        var pause = new CountDownLatch(1);
        try (JournalFollower follower = JournalFollower.of(journal)) {
            while (seen.closed < 2 && !Thread.currentThread().isInterrupted()) {
                boolean anything = follower.poll(seen);
                begun.countDown();
                if (!anything) {
                    pause.await(5, TimeUnit.MILLISECONDS);
                }
            }
        }
        return seen;
    }

    private static double write(ChronicleJournal journal) {
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        long from = System.nanoTime();
        SessionTap one = Conversations.begin(recorder);
        SessionTap other = Conversations.begin(recorder);
        for (int i = 0; i < QUERIES; i++) {
            Conversations.ask(one, i);
        }
        Conversations.end(one);
        Conversations.end(other);
        return 2e9 * QUERIES / (System.nanoTime() - from);
    }

    @Test
    void threeFollowersSeeAllAndTheJournalIsWhole() throws Exception {
        double alone;
        try (ChronicleJournal journal = ChronicleJournal.open(directory.resolve("alone"))) {
            write(journal);
            alone = write(journal);
        }
        Path followed = directory.resolve("followed");
        double beside;
        List<Future<Seen>> followers = new ArrayList<>();
        try (ChronicleJournal journal = ChronicleJournal.open(followed)) {
            var begun = new CountDownLatch(FOLLOWERS);
            Callable<Seen> task = () -> follow(followed, begun);
            for (int i = 0; i < FOLLOWERS; i++) {
                followers.add(threads.submit(task));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            beside = write(journal);
        }
        System.out.printf("%,.0f appends a second alone, %,.0f beside %d followers%n", alone, beside, FOLLOWERS);

        Recording recording = Recordings.open(followed);
        assertThat(recording.verification().complete()).isTrue();
        long events = recording.sessions().get(0).eventCount();
        for (Future<Seen> follower : followers) {
            Seen seen = follower.get(60, TimeUnit.SECONDS);
            assertThat(seen.damage).isEmpty();
            assertThat(seen.sequences).hasSize((int) events);
            assertThat(seen.sequences.get((int) events - 1)).isEqualTo(events - 1);
        }
    }

    @Test
    void aFollowerFindsTheRunsThatBeginMeanwhile() {
        var seen = new Seen();
        try (ChronicleJournal first = ChronicleJournal.open(directory);
                JournalFollower follower = JournalFollower.of(directory)) {
            Conversations.happen(new Recorder(first), 1);
            assertThat(follower.poll(seen)).isTrue();
            assertThat(seen.closed).isEqualTo(1);
            try (ChronicleJournal second = ChronicleJournal.open(directory)) {
                Conversations.happen(new Recorder(second), 1);
                Conversations.happen(new Recorder(first), 1);
            }
            follower.poll(seen);
            assertThat(seen.closed).isEqualTo(3);
            assertThat(follower.poll(seen)).isFalse();
            assertThat(seen.damage).isEmpty();
        }
    }
}
