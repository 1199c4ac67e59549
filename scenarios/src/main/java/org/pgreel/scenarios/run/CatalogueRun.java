package org.pgreel.scenarios.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pgreel.scenarios.drive.SocketRuns;
import org.pgreel.scenarios.file.Scenario;

/**
 * Runs many scenarios against PgReel's own client, several at a time.
 *
 * @param verdicts what each came to, in the order in which they were given
 * @param coverage what was observed on the way
 */
public record CatalogueRun(List<Verdict> verdicts, Coverage coverage) {
    /** Copies the list. */
    public CatalogueRun {
        verdicts = List.copyOf(verdicts);
    }

    /** Hears of the scenarios as they end, from several threads, one call at a time. */
    @FunctionalInterface
    public interface Progress {
        /** Hears nothing. */
        Progress NONE = verdict -> {};

        /** A scenario's runs have ended. */
        void ended(Verdict verdict);
    }

    /**
     * Runs them all, to the end.
     *
     * @param scenarios which
     * @param words the fragmentations, as {@link ScenarioRun} explains them
     * @param threads how many at a time, at least 1
     * @throws IllegalArgumentException if a word is none
     */
    public static CatalogueRun of(List<Scenario> scenarios, List<String> words, int threads, Progress progress) {
        var coverage = new Coverage();
        var verdicts = new ArrayList<Verdict>();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try (var sockets = new SocketRuns()) {
            List<Future<Verdict>> futures = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                futures.add(workers.submit(() -> {
                    Verdict verdict = new ScenarioRun(scenario, coverage, sockets).run(words);
                    synchronized (coverage) {
                        progress.ended(verdict);
                    }
                    return verdict;
                }));
            }
            for (Future<Verdict> future : futures) {
                verdicts.add(future.get());
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IllegalArgumentException wrongWord) {
                throw wrongWord;
            }
            throw new IllegalStateException("A scenario could not be run, please report this", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The run of the catalogue was interrupted", interrupted);
        } finally {
            workers.shutdownNow();
        }
        return new CatalogueRun(verdicts, coverage);
    }

    /** Tells whether none failed; those that wait count as neither. */
    public boolean passed() {
        return verdicts.stream().noneMatch(Verdict.Failed.class::isInstance);
    }
}
