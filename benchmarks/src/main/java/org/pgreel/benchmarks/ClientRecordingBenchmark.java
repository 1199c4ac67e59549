package org.pgreel.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.journal.Journal;

/**
 * What recording costs a client that asks one query after another and waits for each: one row by its primary key, from a
 * real PostgreSQL on this machine.
 *
 * <p>{@code benchmarks/run recording} has the three kinds open at once and gives them five queries each in random order,
 * round after round, because the speed of a shared machine changes within seconds, and prints the median of the rounds'
 * ratios; run by JMH itself ({@code benchmarks/run ClientRecordingBenchmark}) the kinds are measured one after the other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"
        })
public class ClientRecordingBenchmark {
    private static final int ROWS = 10_000;

    /** Half a millisecond of work: mostly shorter than the time between two moments in which the machine turns away. */
    private static final int OPERATIONS_PER_ROUND = 5;

    /** So often everything is connected anew: where the system puts a backend stays its luck for as long as it lives. */
    private static final int CONNECTIONS = 20;

    /** Whether the session is recorded, and into which journal. */
    @Param({"off", "memory", "chronicle"})
    public String recording = "off";

    private @Nullable PgClient client;
    private @Nullable Journal journal;
    private @Nullable Path directory;
    private @Nullable Session session;

    /**
     * Connects, with a journal of its own.
     *
     * @throws IOException if the journal's directory cannot be made
     */
    @Setup(Level.Trial)
    public void connect() throws IOException {
        PostgresServer server = PostgresServer.shared();
        PgClient fresh = PgClient.builder().eventLoops(1).build();
        ConnectOptionsBuilder options = ConnectOptions.builder()
                .host(server.host())
                .port(server.port())
                .user(server.user())
                .password(server.password())
                .database(server.database())
                .sslMode(SslMode.DISABLE);
        journal = openJournal();
        if (journal != null) {
            options.tap(new Recorder(journal));
        }
        Session opened = fresh.connect(options.build());
        opened.query("CREATE TABLE IF NOT EXISTS benchmark_row (id int PRIMARY KEY, filler text);"
                        + " INSERT INTO benchmark_row SELECT n, repeat('x', 84) FROM generate_series(1, " + ROWS
                        + ") n ON CONFLICT DO NOTHING")
                .join();
        client = fresh;
        session = opened;
    }

    private @Nullable Journal openJournal() throws IOException {
        return switch (recording) {
            case "off" -> null;
            case "memory" -> new InMemoryJournal("benchmark", 4L << 30);
            case "chronicle" -> {
                Path made = Files.createTempDirectory("pgreel-benchmark");
                directory = made;
                yield ChronicleJournal.open(made.resolve("journal"));
            }
            default -> throw new IllegalArgumentException("recording is off, memory or chronicle, not " + recording);
        };
    }

    /**
     * Asks for one row and waits for it.
     *
     * @return the row
     */
    @Benchmark
    public QueryResult oneRow() {
        Session open = session;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        String id = Integer.toString(ThreadLocalRandom.current().nextInt(ROWS) + 1);
        return open.query(ParameterizedQuery.of(
                        "SELECT id, filler FROM benchmark_row WHERE id = $1", List.of(Parameter.text(id))))
                .join();
    }

    /**
     * Closes the session, the client and the journal, and deletes it.
     *
     * @throws Exception if the journal cannot be closed
     */
    @TearDown(Level.Trial)
    public void disconnect() throws Exception {
        if (session != null) {
            session.close();
            session.ended().join();
        }
        if (client != null) {
            client.close();
        }
        if (journal != null) {
            journal.close();
        }
        if (directory != null) {
            delete(directory);
            directory = null;
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            found.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException notDeleted) {
                    throw new UncheckedIOException(notDeleted);
                }
            });
        }
    }

    /**
     * Measures in paired rounds and prints the ratios.
     *
     * @param arguments the number of rounds; 10,000 if there is none
     * @throws Exception if a session cannot be set up or ended
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        List<ClientRecordingBenchmark> all = new ArrayList<>();
        Map<String, Runnable> variants = new LinkedHashMap<>();
        for (String recording : List.of("off", "memory", "chronicle")) {
            ClientRecordingBenchmark benchmark = new ClientRecordingBenchmark();
            benchmark.recording = recording;
            all.add(benchmark);
            variants.put(recording, benchmark::rowsOfOneRound);
        }
        PairedRounds paired = new PairedRounds(variants);
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            try {
                for (ClientRecordingBenchmark benchmark : all) {
                    benchmark.connect();
                }
                if (connection == 0) {
                    paired.warmUp(clientThreads());
                }
                paired.run(Math.max(1, rounds / CONNECTIONS), clientThreads());
            } finally {
                for (ClientRecordingBenchmark benchmark : all) {
                    benchmark.disconnect();
                }
            }
        }
        paired.print(OPERATIONS_PER_ROUND);
    }

    /** Tells what the asking thread and the clients' event loops have used. */
    private static LongSupplier clientThreads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long asking = Thread.currentThread().getId();
        long[] all = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getId() == asking || thread.getName().matches("pgreel-client-\\d+"))
                .mapToLong(Thread::getId)
                .toArray();
        return () -> LongStream.of(all).map(threads::getThreadCpuTime).sum();
    }

    private void rowsOfOneRound() {
        for (int i = 0; i < OPERATIONS_PER_ROUND; i++) {
            if (oneRow().rows().size() != 1) {
                throw new IllegalStateException("the row is missing");
            }
        }
    }
}
