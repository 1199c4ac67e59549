package org.pgreel.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes the coordinator's orders, one a line, and answers each by one line, in a process of its own:
 *
 * <pre>
 * open W1 HOST PORT USER PASSWORD DATABASE ROWS KEYS   opened, unsupported
 * round REPEATS SEED                                   measured and the words of a Measurement
 * close                                                closed
 * </pre>
 *
 * or {@code failed} and why. The end of the input ends the process.
 */
public final class PeerLoop {

    private final Peer peer;
    private final PrintStream answers;
    private final Meter meter = new Meter();
    private @Nullable Work work;
    private @Nullable Workload workload;
    private @Nullable Target target;

    PeerLoop(Peer peer, PrintStream answers) {
        this.peer = peer;
        this.answers = answers;
    }

    /**
     * Serves a peer until the coordinator ends it; whatever the library prints goes to standard error.
     *
     * @param peer the peer; closed at the end
     * @throws Exception if it cannot be closed
     */
    public static void serve(Peer peer) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        new PeerLoop(peer, answers).serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        peer.close();
        // Threads that a library leaves behind must not keep the process alive.
        Runtime.getRuntime().halt(0);
    }

    void serve(BufferedReader orders) throws IOException {
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            answers.println(obey(order));
        }
    }

    private String obey(String order) {
        try {
            String[] words = order.split(" ");
            return switch (words[0]) {
                case "open" -> open(Workload.of(words[1]), Target.parse(words, 2));
                case "round" -> round(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                case "close" -> close();
                default -> throw new IllegalArgumentException("no order " + words[0]);
            };
        } catch (Exception | AssertionError | OutOfMemoryError e) {
            return "failed " + String.valueOf(e).replaceAll("\\s+", " ");
        }
    }

    private String open(Workload asked, Target at) throws Exception {
        workload = asked;
        target = at;
        work = peer.open(asked, at);
        return work == null ? "unsupported" : "opened";
    }

    private String round(int repeats, long seed) throws Exception {
        Work open = work;
        if (open == null || workload == null || target == null) {
            throw new IllegalStateException("nothing is open");
        }
        Round round = new Round(repeats, seed, target.keys());
        long operations = (long) repeats * workload.operationsPerRepeat(target);
        long allocated = meter.allocated();
        long processor = meter.processorNanos();
        long begun = System.nanoTime();
        long checksum = open.run(round);
        long nanos = System.nanoTime() - begun;
        Measurement measurement = new Measurement(
                operations,
                nanos,
                meter.processorNanos() - processor,
                meter.allocated() - allocated,
                checksum,
                round.quantile(0.5),
                round.quantile(0.99));
        return "measured " + measurement.words();
    }

    private String close() throws Exception {
        if (work != null) {
            Work open = work;
            work = null;
            open.close();
        }
        return "closed";
    }
}
