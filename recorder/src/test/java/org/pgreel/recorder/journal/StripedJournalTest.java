package org.pgreel.recorder.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.chronicle.JournalLimits;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.JournalFollower;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.SessionTap;

/** A journal on disk whose sessions are spread over files that are written side by side keeps the contract, and more. */
@Timeout(120)
class StripedJournalTest implements JournalContract {

    private static final int STRIPES = 3;
    private static final int THREADS = 8;
    private static final int SESSIONS = 25;

    @TempDir
    Path temporary;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private Path directory() {
        return temporary.resolve("journal");
    }

    @Override
    public ChronicleJournal empty() {
        return ChronicleJournal.open(directory(), JournalLimits.NONE.stripes(STRIPES));
    }

    /** Lets many sessions happen at once. */
    private List<Future<?>> happen(Recorder recorder) {
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            running.add(threads.submit(() -> {
                for (int i = 0; i < SESSIONS; i++) {
                    Conversations.happen(recorder, 1 + i % 7);
                }
            }));
        }
        return running;
    }

    private static void await(List<Future<?>> running) throws Exception {
        for (Future<?> one : running) {
            one.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void sessionsAreSpreadOverAllStripesAndEachIsWhole() throws Exception {
        try (ChronicleJournal journal = empty()) {
            await(happen(new Recorder(journal)));
        }
        Recording recording = Recordings.open(directory());
        assertThat(recording.verification().complete()).isTrue();
        assertThat(recording.sessions()).hasSize(THREADS * SESSIONS);
        for (RecordedSession session : recording.sessions()) {
            long sequence = 0;
            for (SessionEvent event : session.events()) {
                assertThat(event.sequence()).isEqualTo(sequence++);
            }
            assertThat(session.state()).isEqualTo(SessionState.WHOLE);
        }
        assertThat(org.pgreel.recorder.chronicle.JournalDirectory.open(directory())
                        .stripes())
                .hasSize(STRIPES)
                .allSatisfy(stripe -> assertThat(stripe.sizeBytes()).isGreaterThan(10_000));
    }

    @Test
    void numbersAreThoseOfTheOrderOfBeginningInEachReadingWhileItIsWritten() throws Exception {
        List<List<Long>> readings = new ArrayList<>();
        try (ChronicleJournal journal = empty()) {
            List<Future<?>> running = happen(new Recorder(journal));
            while (running.stream().anyMatch(one -> !one.isDone())) {
                readings.add(ids(Recordings.open(directory())));
            }
            await(running);
        }
        List<Long> last = ids(Recordings.open(directory()));
        assertThat(last).hasSize(THREADS * SESSIONS);
        for (List<Long> reading : readings) {
            assertThat(reading).isEqualTo(last.subList(0, reading.size()));
        }
    }

    private static List<Long> ids(Recording recording) {
        List<Long> ids = new ArrayList<>();
        for (RecordedSession session : recording.sessions()) {
            ids.add(session.id());
            assertThat(session.number()).isEqualTo(ids.size());
        }
        return ids;
    }

    /** Hears all, and knows in which order the notes were told. */
    private static final class Heard implements JournalFollower.Listener {

        private final List<Integer> notes = new ArrayList<>();
        private final List<Long> ids = new ArrayList<>();
        private final Set<String> wrong = new HashSet<>();

        @Override
        public void event(int session, SessionEvent event) {
            if (event.sequence() == 0) {
                ids.add(event.session());
                assertThat(session).isEqualTo(ids.size());
            }
            if (event instanceof Marker marker) {
                notes.add(Integer.valueOf(marker.note()));
            }
        }

        @Override
        public void damaged(int session, BadEvent bad) {
            wrong.add(session + ": " + bad);
        }

        @Override
        public void damaged(String what) {
            wrong.add(what);
        }
    }

    /** A ball goes round the sessions; each notes that it has it and then throws it to another, in another stripe. */
    @Test
    void whoFollowsHearsCausesBeforeEffectsAcrossStripes() throws Exception {
        int throwsOfTheBall = 20_000;
        var heard = new Heard();
        try (ChronicleJournal journal = empty();
                JournalFollower follower = JournalFollower.of(directory())) {
            var recorder = new Recorder(journal);
            List<SessionTap> sessions = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                sessions.add(Conversations.begin(recorder));
            }
            var over = new AtomicBoolean();
            Future<?> writing = threads.submit(() -> {
                ExecutorService others = Executors.newFixedThreadPool(STRIPES);
                try {
                    for (int i = 0; i < throwsOfTheBall; i++) {
                        SessionTap next = sessions.get(i % THREADS);
                        String note = Integer.toString(i);
                        others.submit(() -> next.marker(note)).get(10, TimeUnit.SECONDS);
                    }
                } finally {
                    others.shutdown();
                    over.set(true);
                }
                return null;
            });
            var pause = new CountDownLatch(1);
            while (!over.get()) {
                follower.poll(heard);
            }
            writing.get(60, TimeUnit.SECONDS);
            while (follower.poll(heard) || heard.notes.size() < throwsOfTheBall) {
                pause.await(1, TimeUnit.MILLISECONDS);
            }
            sessions.forEach(Conversations::end);
        }
        assertThat(heard.wrong).isEmpty();
        assertThat(heard.notes).hasSize(throwsOfTheBall).isSorted();
        assertThat(heard.ids).isEqualTo(ids(Recordings.open(directory())));
    }

    @Test
    void whoFollowsAndWhoReadsGiveSessionsTheSameNumbers() throws Exception {
        var heard = new Heard();
        try (ChronicleJournal journal = empty();
                JournalFollower follower = JournalFollower.of(directory())) {
            List<Future<?>> running = happen(new Recorder(journal));
            while (running.stream().anyMatch(one -> !one.isDone())) {
                follower.poll(heard);
            }
            await(running);
            follower.poll(heard);
            assertThat(heard.ids).isEqualTo(ids(Recordings.open(directory())));
        }
        assertThat(heard.wrong).isEmpty();
        assertThat(heard.ids).hasSize(THREADS * SESSIONS);
    }

    @Test
    void theStripeWithTheFewestSessionsIsTakenNext() {
        try (ChronicleJournal journal = empty()) {
            var recorder = new Recorder(journal);
            List<SessionRecorder> open = new ArrayList<>();
            for (int i = 0; i < STRIPES; i++) {
                open.add(recorder.opened(Conversations.opening()));
            }
            SessionRecorder over = open.get(1);
            over.damaged("as a test will");
            long next = recorder.opened(Conversations.opening()).session();
            assertThat(next >>> 34).isEqualTo(over.session() >>> 34);
        }
    }
}
