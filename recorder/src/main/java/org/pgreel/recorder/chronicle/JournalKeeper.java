package org.pgreel.recorder.chronicle;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a journal that is being written needs from time to time, on a thread of its own, so that nobody who records
 * waits for it.
 */
final class JournalKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalKeeper.class);

    private static final long PERIOD_MILLIS = 100;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread created = new Thread(work, "pgreel-journal");
        created.setDaemon(true);
        return created;
    });

    private final ScheduledFuture<?> repetition;

    private JournalKeeper(Runnable work) {
        repetition =
                thread.scheduleWithFixedDelay(() -> quietly(work), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to do some work over and over; what it throws is logged and ends nothing. */
    static JournalKeeper of(Runnable work) {
        return new JournalKeeper(work);
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("The journal cannot be looked after: {}", e.toString());
        }
    }

    /** Ends it; work that has begun goes on to its end meanwhile. */
    @Override
    public void close() {
        repetition.cancel(false);
        thread.shutdown();
    }
}
