package org.pgreel.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.chronicle.JournalLimits;
import org.pgreel.tap.SessionOpening;

/**
 * Two sessions are recorded by two threads at once: into a journal of one stripe, where they wait for each other, and into
 * one of two. Paired rounds, as in {@link PairedRounds}. The processor time is that of all threads of Java.
 */
final class StripesBenchmark {

    private static final int THREADS = 2;
    private static final int EVENTS = 2_000;

    /** So often everything is opened anew, and what was written is removed. */
    private static final int FILES = 10;

    private StripesBenchmark() {}

    /** A journal and the sessions that are recorded into it, one a thread. */
    private record Journaled(ChronicleJournal journal, List<SessionRecorder> sessions) {

        static Journaled open(Path directory, int stripes) {
            ChronicleJournal journal = ChronicleJournal.open(directory, JournalLimits.NONE.stripes(stripes));
            var recorder = new Recorder(journal);
            List<SessionRecorder> sessions = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                SessionRecorder session =
                        recorder.opened(new SessionOpening(SessionOpening.Role.PROXY, "client", "server", Map.of()));
                byte[] login = {0, 0, 0, 8, 0, 3, 0, 0};
                session.written(1, login, 0, login.length);
                sessions.add(session);
            }
            return new Journaled(journal, sessions);
        }

        void record(byte[] chunk, ExecutorService threads) {
            try {
                List<Callable<Void>> work = new ArrayList<>();
                for (SessionRecorder session : sessions) {
                    work.add(() -> {
                        for (int i = 0; i < EVENTS; i++) {
                            session.read(1, chunk, 0, chunk.length);
                        }
                        return null;
                    });
                }
                for (Future<Void> done : threads.invokeAll(work)) {
                    done.get();
                }
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Measures and prints.
     *
     * @param arguments the number of rounds; 1,000 if there is none
     * @throws IOException if a journal cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int bytes : new int[] {128, 1024, 4096}) {
                out.println("chunks of " + bytes + " bytes, by " + THREADS + " threads");
                measure(message(bytes), Math.max(1, rounds / FILES), threads);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void measure(byte[] chunk, int rounds, ExecutorService threads) throws IOException {
        Map<String, Journaled> open = new LinkedHashMap<>();
        Map<String, Runnable> variants = new LinkedHashMap<>();
        for (String name : List.of("1 stripe", "2 stripes")) {
            variants.put(name, () -> Objects.requireNonNull(open.get(name)).record(chunk, threads));
        }
        PairedRounds paired = new PairedRounds(variants);
        for (int files = 0; files < FILES; files++) {
            Path directory = Files.createTempDirectory("pgreel-stripes");
            open.put("1 stripe", Journaled.open(directory.resolve("one"), 1));
            open.put("2 stripes", Journaled.open(directory.resolve("two"), 2));
            try {
                if (files == 0) {
                    paired.warmUp(StripesBenchmark::processorNanos);
                }
                paired.run(rounds, StripesBenchmark::processorNanos);
            } finally {
                open.values().forEach(journaled -> journaled.journal().close());
                delete(directory);
            }
        }
        paired.print(THREADS * EVENTS);
    }

    /** Returns the processor time of all threads, which is told more finely than that of the process. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (long thread : threads.getAllThreadIds()) {
            nanos += Math.max(0, threads.getThreadCpuTime(thread));
        }
        return nanos;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Returns a CopyData message that is as long as told. */
    private static byte[] message(int length) {
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) 'x');
        message[0] = 'd';
        int announced = length - 1;
        for (int i = 1; i <= 4; i++) {
            message[i] = (byte) (announced >>> 8 * (4 - i));
        }
        return message;
    }
}
