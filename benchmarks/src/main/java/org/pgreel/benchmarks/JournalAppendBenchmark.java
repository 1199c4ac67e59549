package org.pgreel.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.tap.SessionOpening;

/**
 * What it costs to journal one socket read, against Chronicle Queue alone with the same number of bytes. Run with
 * {@code -prof gc}: an event must allocate nothing. {@code benchmarks/run append} compares them in paired rounds instead.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 12)
@Measurement(iterations = 25)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Xmx512m",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "-Dchronicle.announcer.disable=true",
            "-Dchronicle.analytics.disable=true",
            "-Dslf4j.internal.verbosity=ERROR"
        })
public class JournalAppendBenchmark {

    private static final int EVENTS = 100_000;

    /** A round is a fraction of a millisecond long, so that all of a round fall into one moment of a busy machine. */
    private static final int EVENTS_OF_ROUND = 500;

    /** So often everything is opened anew, and what was written is removed. */
    private static final int FILES = 10;

    private static final int ALLOCATION_ROUNDS = 100;

    /** What the journal puts before the events of a record. */
    private static final int RECORD_HEADER_BYTES = 32;

    /** What an event has beside the bytes of its chunk: header, connection, length, position, spans, checksum. */
    private static final int CHUNK_OVERHEAD_BYTES = 30 + 8 + 16 + 4;

    /** The whole event, its header included. */
    @Param({"256", "4096"})
    int eventBytes;

    private Path directory = Path.of("unused");
    private byte[] event = new byte[0];
    private byte[] chunk = new byte[0];
    private byte[] record = new byte[0];
    private ChronicleQueue queue;
    private ExcerptAppender appender;
    private ChronicleJournal journal;
    private SessionRecorder session;

    /** Opens a queue and a journal, both empty. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        directory = Files.createTempDirectory("pgreel-append");
        event = new byte[eventBytes];
        record = new byte[eventBytes + RECORD_HEADER_BYTES];
        chunk = copyData(eventBytes - CHUNK_OVERHEAD_BYTES);
        queue = SingleChronicleQueueBuilder.binary(directory.resolve("raw").toFile())
                .build();
        appender = queue.createAppender();
        journal = ChronicleJournal.open(directory.resolve("journal"));
        session = new Recorder(journal)
                .opened(new SessionOpening(SessionOpening.Role.PROXY, "client", "server", Map.of()));
        byte[] login = {0, 0, 0, 8, 0, 3, 0, 0};
        session.written(1, login, 0, login.length);
    }

    /** Returns a CopyData message that is as long as told. */
    private static byte[] copyData(int length) {
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) 'x');
        message[0] = 'd';
        int announced = length - 1;
        message[1] = (byte) (announced >>> 24);
        message[2] = (byte) (announced >>> 16);
        message[3] = (byte) (announced >>> 8);
        message[4] = (byte) announced;
        return message;
    }

    /** Closes both and removes their files. */
    @TearDown(Level.Iteration)
    public void close() throws IOException {
        queue.close();
        journal.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Measures in paired rounds and prints the ratios to Chronicle Queue alone, the processor time of the thread that
     * appends and what it allocates.
     *
     * @param arguments the number of rounds (2,000), and of events in each (500)
     * @throws IOException if a queue or a journal cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length == 0 ? 2_000 : Integer.parseInt(arguments[0]);
        int events = arguments.length < 2 ? EVENTS_OF_ROUND : Integer.parseInt(arguments[1]);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        for (int bytes : new int[] {256, 1024, 4096}) {
            out.println("events of " + bytes + " bytes, headers included");
            JournalAppendBenchmark benchmark = new JournalAppendBenchmark();
            benchmark.eventBytes = bytes;
            Map<String, Runnable> variants = new LinkedHashMap<>();
            variants.put("raw queue", () -> benchmark.rawQueue(events));
            variants.put("journal", () -> benchmark.journal(events));
            variants.put("recorder", () -> benchmark.recorder(events));
            PairedRounds paired = new PairedRounds(variants);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (int files = 0; files < FILES; files++) {
                benchmark.open();
                try {
                    if (files == 0) {
                        paired.warmUp(threads::getCurrentThreadCpuTime);
                    }
                    paired.run(Math.max(1, rounds / FILES), threads::getCurrentThreadCpuTime);
                    if (files == FILES - 1) {
                        variants.forEach((name, work) -> allocated(name, work, events, threads, out));
                    }
                } finally {
                    benchmark.close();
                }
            }
            paired.print(events);
        }
    }

    private static void allocated(String name, Runnable work, int events, ThreadMXBean threads, PrintWriter out) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ALLOCATION_ROUNDS * EVENTS_OF_ROUND / events; i++) {
            work.run();
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        out.printf(
                Locale.ROOT,
                "%-10s allocates %.3f bytes an event%n",
                name,
                (double) bytes / Math.max(1, ALLOCATION_ROUNDS * EVENTS_OF_ROUND / events * events));
    }

    /** Chronicle Queue alone: as many bytes as a record of the journal has. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void rawQueue() {
        rawQueue(EVENTS);
    }

    private void rawQueue(int events) {
        for (int i = 0; i < events; i++) {
            try (DocumentContext document = appender.writingDocument()) {
                Bytes<?> bytes = document.wire().bytes();
                bytes.write(record, 0, record.length);
            }
        }
    }

    /** The journal: number, checksum of the header, reserved space, lock. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long journal() {
        return journal(EVENTS);
    }

    private long journal(int events) {
        long previous = Journal.NO_RECORD;
        for (int i = 0; i < events; i++) {
            previous = journal.append(1L << 41, previous, event, 0, event.length);
        }
        return previous;
    }

    /** The recorder: all of it, with framing, masking, time and the chain of checksums. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void recorder() {
        recorder(EVENTS);
    }

    private void recorder(int events) {
        for (int i = 0; i < events; i++) {
            session.read(1, chunk, 0, chunk.length);
        }
    }
}
