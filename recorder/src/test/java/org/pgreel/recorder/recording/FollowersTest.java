package org.pgreel.recorder.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Followers see all that is written, while it is written, and the writer does not know of them. */
@Timeout(120)
class FollowersTest {

    private static final Logger LOG = LoggerFactory.getLogger(FollowersTest.class);

    private static final int FOLLOWERS = 8;
    private static final int ROUNDS = 9;
    private static final int QUERIES = 10_000;

    /** As "pgreel show --follow" does. */
    private static final long PAUSE_MILLIS = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(FOLLOWERS);

    @TempDir
    Path directory;

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** What a follower came across. */
    private static final class Seen implements JournalFollower.Listener {

        private final List<Long> sequences = new ArrayList<>();
        private final List<String> damage = new CopyOnWriteArrayList<>();
        private volatile int closed;

        @Override
        public void event(int session, SessionEvent event) {
            if (session == 1) {
                sequences.add(event.sequence());
            }
            if (event instanceof SessionClosed) {
                // One thread writes it.
                int before = closed;
                closed = before + 1;
            }
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

    private static Seen follow(Path journal, Seen seen) throws InterruptedException {
        var pause = new CountDownLatch(1);
        try (JournalFollower follower = JournalFollower.of(journal)) {
            while (seen.closed < 2 * ROUNDS && !Thread.currentThread().isInterrupted()) {
                if (!follower.poll(seen)) {
                    pause.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }
        return seen;
    }

    /** Returns the processor time that the writing thread takes for an append, in nanoseconds. */
    private static long write(ChronicleJournal journal) {
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        ThreadMXBean processor = ManagementFactory.getThreadMXBean();
        long from = processor.getCurrentThreadCpuTime();
        SessionTap one = Conversations.begin(recorder);
        SessionTap other = Conversations.begin(recorder);
        for (int i = 0; i < QUERIES; i++) {
            Conversations.ask(one, i);
        }
        Conversations.end(one);
        Conversations.end(other);
        return (processor.getCurrentThreadCpuTime() - from) / (2 * QUERIES);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Test
    void eightFollowersSeeAllAndTheJournalIsWhole() throws Exception {
        Path followed = directory.resolve("followed");
        List<Long> alone = new ArrayList<>();
        List<Long> beside = new ArrayList<>();
        List<Seen> seen = new ArrayList<>();
        List<Future<Seen>> followers = new ArrayList<>();
        try (ChronicleJournal unseen = ChronicleJournal.open(directory.resolve("unseen"));
                ChronicleJournal journal = ChronicleJournal.open(followed)) {
            for (int i = 0; i < FOLLOWERS; i++) {
                var one = new Seen();
                seen.add(one);
                followers.add(threads.submit(() -> follow(followed, one)));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                alone.add(write(unseen));
                beside.add(write(journal));
                // The next round is written alone only when all have caught up; the time-out of the test bounds this.
                int sessions = 2 * round;
                var pause = new CountDownLatch(1);
                while (seen.stream().anyMatch(one -> one.closed < sessions)) {
                    pause.await(1, TimeUnit.MILLISECONDS);
                    assertThat(seen).allSatisfy(one -> assertThat(one.damage).isEmpty());
                    for (Future<Seen> follower : followers) {
                        assertThat(follower.isDone() && follower.get().closed < sessions)
                                .isFalse();
                    }
                }
            }
        }
        LOG.info(
                "an append takes the writer {} ns of the processor alone, {} ns beside {} followers",
                median(alone),
                median(beside),
                FOLLOWERS);

        Recording recording = Recordings.open(followed);
        assertThat(recording.verification().complete()).isTrue();
        long events = recording.sessions().get(0).eventCount();
        for (Future<Seen> follower : followers) {
            Seen one = follower.get(60, TimeUnit.SECONDS);
            assertThat(one.damage).isEmpty();
            assertThat(one.sequences).hasSize((int) events);
            assertThat(one.sequences.get((int) events - 1)).isEqualTo(events - 1);
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
