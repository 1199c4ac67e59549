package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.JournalFollower;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionState;

/** A recorder that is killed at any moment leaves every chunk that it acknowledged, and a journal that can be used on. */
@Timeout(300)
class KilledWriterTest {

    private static final int KILLS = 6;

    @TempDir
    Path temporary;

    @Test
    void everyAcknowledgedChunkIsReadableAfterKill9() throws Exception {
        Path directory = temporary.resolve("journal");
        Random random = new Random(20261121);
        Map<Long, Long> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.putAll(killAfter(directory, 1 + random.nextInt(20_000), 1 + kill % 3));
            check(Recordings.open(directory), acknowledged);
            checkFollowed(directory);
        }
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Conversations.happen(new Recorder(journal), 1);
        }
        Recording recording = Recordings.open(directory);
        check(recording, acknowledged);
        RecordedSession last = recording.sessions().get(recording.sessions().size() - 1);
        assertThat(last.state()).isEqualTo(SessionState.WHOLE);
    }

    private static void check(Recording recording, Map<Long, Long> acknowledged) {
        assertThat(recording.verification().findings()).isEmpty();
        assertThat(recording.verification().sound()).isTrue();
        Map<Long, Long> readable = new HashMap<>();
        for (RecordedSession session : recording.sessions()) {
            long chunks = 0;
            for (SessionEvent event : session.events()) {
                if (event instanceof Chunk chunk && chunk.direction() == Direction.FRONTEND) {
                    chunks++;
                }
            }
            readable.put(session.id(), chunks);
        }
        acknowledged.forEach((session, chunks) -> assertThat(readable.getOrDefault(session, 0L))
                .as("session %d", session)
                .isGreaterThanOrEqualTo(chunks));
    }

    /** Who follows hears all that can be read, although nobody will tell the clock of the run any more. */
    private static void checkFollowed(Path directory) {
        Map<Long, Long> heard = new HashMap<>();
        try (JournalFollower follower = JournalFollower.of(directory)) {
            follower.poll(new JournalFollower.Listener() {
                @Override
                public void event(int session, SessionEvent event) {
                    assertThat(event.sequence()).isEqualTo(heard.getOrDefault(event.session(), 0L));
                    heard.merge(event.session(), 1L, Long::sum);
                }

                @Override
                public void damaged(int session, BadEvent bad) {
                    fail("session " + session + ": " + bad);
                }

                @Override
                public void damaged(String what) {
                    fail(what);
                }
            });
        }
        for (RecordedSession session : Recordings.open(directory).sessions()) {
            assertThat(heard.get(session.id())).isEqualTo(session.eventCount());
        }
    }

    private static Map<Long, Long> killAfter(Path directory, int lines, int stripes) throws Exception {
        Process process =
                ForkedJvm.start(ForkedJvm.FLAGS, AppendsForEver.class, directory.toString(), Integer.toString(stripes));
        Map<Long, Long> acknowledged = new HashMap<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                note(out.readLine(), acknowledged);
            }
            // By its handle: the process itself would close the stream that is still to be read.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            // What was said before it died counts too; the last line may be torn.
            String line = out.readLine();
            for (String next = out.readLine(); next != null; next = out.readLine()) {
                note(line, acknowledged);
                line = next;
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return acknowledged;
    }

    private static void note(String line, Map<Long, Long> acknowledged) {
        assertThat(line).as("the recorder died by itself").isNotNull();
        String[] words = line.split(" ", -1);
        acknowledged.put(Long.valueOf(words[0]), Long.valueOf(words[1]));
    }

    /** Records three sessions from three threads until it is killed, and says for each chunk that it was recorded. */
    static final class AppendsForEver {

        private AppendsForEver() {}

        public static void main(String[] arguments) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            Recorder recorder = new Recorder(ChronicleJournal.open(
                    Path.of(arguments[0]), JournalLimits.NONE.stripes(Integer.parseInt(arguments[1]))));
            for (int i = 0; i < 3; i++) {
                new Thread(() -> record(recorder, out)).start();
            }
        }

        private static void record(Recorder recorder, PrintStream out) {
            SessionRecorder session = recorder.opened(Conversations.opening());
            session.connectionOpened(1);
            for (long chunks = 1; ; chunks++) {
                byte[] bytes = Conversations.query("select " + "x".repeat((int) (chunks % 900)));
                session.written(1, bytes, 0, bytes.length);
                String line = session.session() + " " + chunks + "\n";
                byte[] said = line.getBytes(StandardCharsets.UTF_8);
                synchronized (out) {
                    out.write(said, 0, said.length);
                    out.flush();
                }
            }
        }
    }
}
