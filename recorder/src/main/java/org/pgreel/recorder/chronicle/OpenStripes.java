package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.journal.JournalWriteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stripes of one run. New sessions begin in the youngest, of which there may be several side by side; an older one is
 * written until its last session is over, then it is closed and may be retired. So a session lies in one file, and none
 * loses its beginning.
 *
 * <p>A session's id holds the place of its stripe among those that are open. Safe for use by many threads: what takes long
 * is done under a lock of its own, which nobody holds who appends.
 */
final class OpenStripes {

    /** So many files are open at once at most; then the youngest is not followed by another before one is closed. */
    static final int PLACES = 64;

    private static final Logger LOG = LoggerFactory.getLogger(OpenStripes.class);

    private static final Duration RETIRING_PERIOD = Duration.ofSeconds(1);
    private static final int RUN_SHIFT = 40;
    private static final int PLACE_SHIFT = 34;

    private final Path journal;
    private final RunDirectory run;
    private final JournalLimits limits;
    private final InstantSource clock;
    private final SizeBudget budget;
    private final ReentrantLock housekeeping = new ReentrantLock();
    private final AtomicReferenceArray<@Nullable OpenStripe> places = new AtomicReferenceArray<>(PLACES);
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final BitSet retired = new BitSet();
    private final Lanes lanes;
    private final @Nullable RunClock runClock;
    private final @Nullable SpaceAhead ahead;
    private int stripes;
    private long sessions;
    private Instant lastRetiring = Instant.MIN;
    private boolean closed;

    OpenStripes(
            Path journal,
            RunDirectory run,
            Map<String, String> properties,
            JournalLimits limits,
            InstantSource clock,
            @Nullable SpaceAhead ahead)
            throws IOException {
        this.journal = journal;
        this.run = run;
        this.limits = limits;
        this.clock = clock;
        this.budget = new SizeBudget(limits.bytesMax());
        this.ahead = ahead;
        this.properties.putAll(properties);
        budget.makesRoomBy(this::makeRoom);
        if (limits.retires()) {
            retire(0);
        }
        int wanted = limits.lanes();
        runClock = wanted > 1 ? RunClock.begin(run) : null;
        places.set(0, create(clock.instant()));
        int made = 1;
        while (made < wanted && createBeside(made)) {
            made++;
        }
        lanes = new Lanes(made);
        for (int lane = 0; lane < made; lane++) {
            lanes.place(lane, lane);
        }
        if (runClock != null) {
            this.properties.put(RunDirectory.SIDE_BY_SIDE, Integer.toString(wanted));
        }
        writeProperties();
    }

    /** Makes a further stripe, unless there is no room: then there are fewer. */
    private boolean createBeside(int place) {
        try {
            places.set(place, create(clock.instant()));
            return true;
        } catch (IOException e) {
            LOG.warn("The journal {} is written with {} stripes only: {}", run.path(), place, e.toString());
            return false;
        }
    }

    /** Makes a stripe; readers hear of it when the properties are written, and it holds no session before. */
    private OpenStripe create(Instant now) throws IOException {
        int ordinal = stripes;
        QueueAppender queue;
        try {
            queue = QueueAppender.create(run.stripe(ordinal), now.toEpochMilli(), budget, runClock, ahead);
        } catch (IOException e) {
            StripeFiles.remove(run, ordinal);
            throw e;
        }
        stripes = ordinal + 1;
        properties.put("stripes", Integer.toString(stripes));
        RollCycle roll = limits.roll();
        return new OpenStripe(ordinal, queue, roll == null ? 0 : roll.of(now));
    }

    private void writeProperties() throws IOException {
        RunProperties.write(run.properties(), properties);
    }

    /** Returns an id for a session, which begins in one of the youngest stripes. */
    synchronized long newSession() {
        int place = lanes.choose(places::get);
        OpenStripe current = places.get(place);
        if (current != null) {
            current.sessionBegan();
        }
        return ((long) run.ordinal() << RUN_SHIFT) | (long) place << PLACE_SHIFT | ++sessions;
    }

    /** Returns how many sessions of its run had an id when this one got its own, itself counted. */
    static long ordinal(long session) {
        return session & (1L << PLACE_SHIFT) - 1;
    }

    /** Returns the queue that a session is appended to. */
    QueueAppender of(long session) {
        OpenStripe stripe = places.get((int) (session >>> PLACE_SHIFT) & PLACES - 1);
        if (stripe == null) {
            throw new JournalWriteException("The session is over, and its file is closed.", null);
        }
        return stripe.queue();
    }

    /** Hears that nothing more comes of a session. */
    synchronized void ended(long session) {
        OpenStripe stripe = places.get((int) (session >>> PLACE_SHIFT) & PLACES - 1);
        if (stripe != null) {
            stripe.sessionEnded();
        }
    }

    /** Does what is due: notes, a new file, closing and retiring old ones. */
    void lookAfter() {
        housekeeping.lock();
        try {
            if (closed) {
                return;
            }
            noteAndTellTheTime();
            for (int lane = 0; lane < lanes.count(); lane++) {
                rollIfDue(lane);
            }
            closeThoseThatAreOver();
            if (limits.retires() && isTimeToRetire()) {
                retire(0);
            }
        } catch (IOException | JournalException e) {
            LOG.warn("The journal {} cannot be looked after: {}", run.path(), e.toString());
        } finally {
            housekeeping.unlock();
        }
    }

    private void noteAndTellTheTime() {
        long now = runClock == null ? 0 : runClock.now();
        for (int place = 0; place < PLACES; place++) {
            OpenStripe stripe = places.get(place);
            if (stripe != null) {
                stripe.queue().note();
            }
        }
        if (runClock != null) {
            runClock.tell(now);
        }
    }

    /** To look through the directory takes a while, so it is not done each time. */
    private boolean isTimeToRetire() {
        Instant now = clock.instant();
        if (budget.left() >= limits.fileBytesMax()
                && Duration.between(lastRetiring, now).compareTo(RETIRING_PERIOD) < 0) {
            return false;
        }
        lastRetiring = now;
        return true;
    }

    private void rollIfDue(int lane) throws IOException {
        Instant now = clock.instant();
        int free = freePlace();
        OpenStripe current = places.get(lanes.place(lane));
        if (free < 0 || current == null || !isDue(current, now)) {
            return;
        }
        try {
            OpenStripe next = create(now);
            writeProperties();
            places.set(free, next);
            synchronized (this) {
                lanes.place(lane, free);
            }
        } catch (SizeBudget.Exhausted e) {
            // The file that there is goes on until it cannot.
            LOG.debug("No new file: {}", e.toString());
        }
    }

    private boolean isDue(OpenStripe current, Instant now) {
        RollCycle roll = limits.roll();
        synchronized (this) {
            if (current.sessions() == 0) {
                return false;
            }
        }
        return roll != null && roll.of(now) > current.cycle() || current.queue().bytes() > limits.fileBytesMax();
    }

    private int freePlace() {
        for (int place = 0; place < PLACES; place++) {
            if (places.get(place) == null) {
                return place;
            }
        }
        return -1;
    }

    private void closeThoseThatAreOver() throws IOException {
        for (int place = 0; place < PLACES; place++) {
            OpenStripe stripe = places.get(place);
            if (stripe == null || lanes.lead(place)) {
                continue;
            }
            boolean over;
            synchronized (this) {
                over = stripe.isOver();
            }
            if (over) {
                close(stripe);
                writeProperties();
                places.set(place, null);
            }
        }
    }

    private void close(OpenStripe stripe) throws IOException {
        Optional<String> seal = stripe.queue().close();
        int ordinal = stripe.ordinal();
        budget.over(stripe.queue().bytes());
        properties.put("records-" + ordinal, Long.toString(stripe.queue().recordCount()));
        properties.put("sessions-" + ordinal, Long.toString(stripe.sessions()));
        properties.put("ended-" + ordinal, clock.instant().toString());
        seal.ifPresent(text -> properties.put("beginning-" + ordinal, text));
    }

    /** Retires what is over so that so many bytes can be written; may be called by one who is about to append. */
    private void makeRoom(long bytes) {
        housekeeping.lock();
        try {
            if (!closed && budget.left() < bytes) {
                closeThoseThatAreOver();
                retire(bytes);
            }
        } catch (IOException | JournalException e) {
            LOG.warn("No room can be made in the journal {}: {}", run.path(), e.toString());
        } finally {
            housekeeping.unlock();
        }
    }

    private void retire(long wanted) throws IOException {
        new JournalRetention(journal, clock.instant(), limits.notices())
                .retire(limits, budget, wanted, run, this::forget);
    }

    /** Says in the properties that a stripe is gone, before it is. */
    private void forget(int ordinal) throws IOException {
        retired.set(ordinal);
        properties.put(RetiredStripes.PROPERTY, RetiredStripes.text(retired));
        for (String name : new String[] {"records-", "sessions-", "ended-", "beginning-"}) {
            properties.remove(name + ordinal);
        }
        writeProperties();
    }

    /** Closes all that is open and says that the run has ended. */
    void close() throws IOException {
        housekeeping.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            for (int place = 0; place < PLACES; place++) {
                OpenStripe stripe = places.get(place);
                if (stripe != null) {
                    close(stripe);
                }
            }
            if (ahead != null) {
                ahead.close();
            }
            properties.put("ended", clock.instant().toString());
            writeProperties();
            if (runClock != null) {
                runClock.tell(runClock.now());
                runClock.close();
            }
        } finally {
            housekeeping.unlock();
        }
    }
}
