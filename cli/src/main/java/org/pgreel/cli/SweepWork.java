package org.pgreel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.pgreel.scenarios.sweep.Sweep;

/** Sweeps a session on several threads, each with a part and a subject of its own. */
final class SweepWork {
    /**
     * What a sweep has come to, and what it took.
     *
     * @param seconds of time
     * @param processorSeconds of the processors' time, all threads together
     */
    record Outcome(Sweep.Result result, double seconds, double processorSeconds) {}

    /** What one thread has done. */
    private record Part(Sweep.Result result, double processorSeconds) {}

    private SweepWork() {}

    /**
     * Sweeps.
     *
     * @param parallel how many threads
     * @param over tells whether the time is over
     * @param maker makes the sweep of a part, on the thread that runs it
     */
    static Outcome run(int parallel, BooleanSupplier over, Function<Sweep.Share, Sweep> maker)
            throws InterruptedException {
        var clock = new SweepClock();
        if (parallel == 1) {
            Part all = part(maker, new Sweep.Share(0, 1, over));
            return new Outcome(all.result(), clock.seconds(), all.processorSeconds());
        }
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            var parts = new ArrayList<Callable<Part>>();
            for (int i = 0; i < parallel; i++) {
                var share = new Sweep.Share(i, parallel, over);
                parts.add(() -> part(maker, share));
            }
            return joined(threads.invokeAll(parts), clock);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Part part(Function<Sweep.Share, Sweep> maker, Sweep.Share share) {
        var clock = new SweepClock();
        return new Part(maker.apply(share).run(), clock.processorSeconds());
    }

    private static Outcome joined(List<Future<Part>> parts, SweepClock clock) throws InterruptedException {
        Sweep.Result result = new Sweep.Result(0, 0, Map.of(), 0, List.of());
        double processor = 0;
        for (Future<Part> future : parts) {
            Part part = get(future);
            result = result.plus(part.result());
            processor += part.processorSeconds();
        }
        return new Outcome(result, clock.seconds(), processor);
    }

    private static Part get(Future<Part> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
