package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy that is killed at any moment under load has in its journal every byte that a client got.
 *
 * <p>{@code -Dpgreel.kills=100} kills it as often as that, and {@code -Dpgreel.kills.seed=N} at other moments.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledProxyTest {
    private static final Logger LOG = LoggerFactory.getLogger(KilledProxyTest.class);

    private static final int KILLS = Integer.getInteger("pgreel.kills", 4);
    private static final long SEED = Long.getLong("pgreel.kills.seed", 20261121);
    private static final int CLIENTS = 8;
    private static final int STRIPES_MAX = 4;
    private static final int LOAD_MILLIS_MAX = 2_000;
    private static final int WAIT_SECONDS = 60;

    @TempDir
    Path temporary;

    private final PostgresServer server = PostgresServer.shared();
    private final AtomicLong answers = new AtomicLong();
    private long received;
    private long ahead;
    private long loadNanos;
    private int recorded;
    private boolean withBench;
    private final List<Process> benches = new ArrayList<>();

    @Test
    void everyByteThatAClientGotIsInTheJournal() throws Exception {
        Random random = new Random(SEED);
        prepareBench();
        for (int kill = 1; kill <= KILLS; kill++) {
            Path directory = temporary.resolve("journal-" + kill);
            int millis = random.nextInt(LOAD_MILLIS_MAX);
            int stripes = 1 + kill % STRIPES_MAX;
            List<LoadClient> clients = killAfter(directory, millis, stripes);
            String moment = "kill " + kill + " of seed " + SEED + ", after " + millis + " ms, " + stripes + " stripes";
            check(directory, clients, moment);
            delete(directory);
        }
        LOG.info(
                "{} kills under load: {} sessions recorded; {} clients kept {} answers ({} a second, beside pgbench: {}), "
                        + "{} bytes, each in its journal, which have {} more",
                KILLS,
                recorded,
                KILLS * CLIENTS,
                answers.get(),
                answers.get() * 1_000_000_000L / Math.max(1, loadNanos),
                withBench ? "yes" : "no",
                received,
                ahead);
    }

    private List<LoadClient> killAfter(Path directory, int millis, int stripes) throws Exception {
        Process process = Forks.start(
                ProxyProgram.class, directory.toString(), Integer.toString(server.port()), Integer.toString(stripes));
        List<LoadClient> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String port = out.readLine();
            assertThat(port).as("the proxy did not start").isNotNull();
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
            startBench(address, "disable");
            startBench(address, "require");
            CountDownLatch answered = new CountDownLatch(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new LoadClient("load-" + i, address, server.database(), i % 2 == 1, answered));
                threads.add(new Thread(clients.get(i)));
            }
            threads.forEach(Thread::start);
            assertThat(answered.await(WAIT_SECONDS, TimeUnit.SECONDS))
                    .as(
                            "answered: %s",
                            clients.stream().map(LoadClient::answers).toList())
                    .isTrue();
            long began = System.nanoTime();
            assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS))
                    .as("the proxy died by itself")
                    .isFalse();
            loadNanos += System.nanoTime() - began;
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
                assertThat(thread.isAlive()).isFalse();
            }
        } finally {
            process.destroyForcibly();
            for (Process bench : benches) {
                assertThat(bench.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
            benches.clear();
        }
        assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return clients;
    }

    private void prepareBench() throws Exception {
        withBench = Programs.isHere("pgbench", "--version");
        if (withBench) {
            List<String> words = new ArrayList<>(List.of("pgbench", "-i", "-q"));
            words.addAll(target(new InetSocketAddress(server.host(), server.port())));
            Programs.Ran ran = Programs.run(temporary, words, Map.of("PGPASSWORD", server.password()), "");
            assertThat(ran.status()).as(ran.errors()).isZero();
        }
    }

    /** Adds the load of half the clients that pgbench is to have; it ends when the proxy does. */
    private void startBench(InetSocketAddress proxy, String sslmode) throws IOException {
        if (withBench) {
            String clients = Integer.toString(CLIENTS / 2);
            List<String> words =
                    new ArrayList<>(List.of("pgbench", "-S", "-n", "-M", "prepared", "-c", clients, "-T", "60"));
            words.addAll(target(proxy));
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(Map.of("PGPASSWORD", server.password(), "PGSSLMODE", sslmode));
            benches.add(builder.start());
        }
    }

    private List<String> target(InetSocketAddress address) {
        String port = Integer.toString(address.getPort());
        return List.of("-h", "127.0.0.1", "-p", port, "-U", server.user(), server.database());
    }

    private void check(Path directory, List<LoadClient> clients, String moment) {
        Recording recording = Recordings.open(directory);
        assertThat(recording.verification().sound())
                .as("%s: %s", moment, recording.verification())
                .isTrue();
        int sessions = recording.sessions().size();
        recorded += sessions;
        for (LoadClient client : clients) {
            RecordedSession session = sessionOf(client, recording);
            assertThat(session.state()).as(moment).isEqualTo(SessionState.OPEN);
            assertPrefix(client, session, moment);
            answers.addAndGet(client.answers());
        }
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Conversations.happen(new Recorder(journal), 1);
        }
        Recording after = Recordings.open(directory);
        assertThat(after.verification().sound()).as(moment).isTrue();
        assertThat(after.sessions()).as(moment).hasSize(sessions + 1);
        assertThat(after.sessions().get(sessions).state()).as(moment).isEqualTo(SessionState.WHOLE);
        clients.forEach(client -> assertPrefix(client, sessionOf(client, after), moment + ", appended to"));
    }

    private static RecordedSession sessionOf(LoadClient client, Recording recording) {
        List<RecordedSession> found = recording.sessions().stream()
                .filter(session -> said(session, "application_name\0" + client.name() + "\0"))
                .toList();
        assertThat(found).as(client.name()).hasSize(1);
        return found.get(0);
    }

    private static boolean said(RecordedSession session, String text) {
        int chunks = 0;
        for (SessionEvent event : session.events()) {
            if (event instanceof Chunk chunk && chunk.direction() == Direction.FRONTEND) {
                if (new String(chunk.bytes().toArray(), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                } else if (++chunks > 2) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Demands that what a client got is what the journal has from the beginning on, the masked key aside. */
    private void assertPrefix(LoadClient client, RecordedSession session, String moment) {
        byte[] got = client.kept();
        ByteArrayOutputStream recorded = new ByteArrayOutputStream(got.length);
        for (SessionEvent event : session.events()) {
            if (event instanceof Chunk chunk && chunk.direction() == Direction.BACKEND) {
                int at = recorded.size();
                recorded.writeBytes(chunk.bytes().toArray());
                for (MaskedSpan span : chunk.masked()) {
                    int from = Math.min(got.length, at + span.offset());
                    int to = Math.min(got.length, from + span.length());
                    Arrays.fill(got, from, to, (byte) '*');
                }
            }
        }
        byte[] all = recorded.toByteArray();
        assertThat(all.length)
                .as("%s: the journal of %s, which ended by %s", moment, client.name(), client.end())
                .isGreaterThanOrEqualTo(got.length);
        assertThat(Arrays.mismatch(got, 0, got.length, all, 0, got.length))
                .as("%s: the first byte of %s that is recorded otherwise", moment, client.name())
                .isEqualTo(-1);
        if (!moment.endsWith("appended to")) {
            received += got.length;
            ahead += all.length - got.length;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
