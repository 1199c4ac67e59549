package org.pgreel.client.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.AcquireTimedOutException;
import org.pgreel.client.PoolClosedException;
import org.pgreel.client.pool.Place.State;

/**
 * Who has which session: the pool as a machine without I/O, clock, lock or thread. Inputs are its methods, and what they
 * lead to goes out by {@link PoolDeeds}.
 *
 * <p>Times are nanoseconds since the pool was made, so never negative.
 *
 * <p>Never more than max places; none lent twice; those who wait are served in the order in which they came, also before
 * anyone who comes later. A waiter is never tied to a session that may still turn out bad.
 */
final class PoolBook {
    private final PoolOptions options;
    private final PoolDeeds deeds;
    private final Set<Place> places = new LinkedHashSet<>();
    /** The one used last is first, so that what is not needed grows old. */
    private final Deque<Place> idle = new ArrayDeque<>();

    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private final Map<State, Integer> counts = new EnumMap<>(State.class);
    private long connectNotBefore;
    private int failuresInRow;
    private long generation;
    private boolean closed;
    private boolean drained;

    long created;
    long over;
    long connectFailures;
    long lent;
    long timedOut;
    long standbys;

    PoolBook(PoolOptions options, PoolDeeds deeds) {
        this.options = options;
        this.deeds = deeds;
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns how many sessions are in a state. */
    int count(State state) {
        return counts.getOrDefault(state, 0);
    }

    private void enter(Place place, State state) {
        counts.merge(place.state, -1, Integer::sum);
        counts.merge(state, 1, Integer::sum);
        place.state = state;
    }

    int total() {
        return places.size();
    }

    int waiting() {
        return waiters.size();
    }

    /** Returns how many attempts to connect failed since the last that did not. */
    int failuresInRow() {
        return failuresInRow;
    }

    /** Opens as many sessions as there have to be at least. */
    void opened(long now) {
        serve(now);
    }

    /** Someone asks for a session. */
    void asked(Waiter waiter, long now) {
        if (closed) {
            deeds.fail(waiter, new PoolClosedException());
            return;
        }
        waiters.add(waiter);
        serve(now);
    }

    /** Someone waits no longer. */
    void gaveUp(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** A session got ready. */
    void connected(Place place, long expiresAt, long now) {
        if (place.state == State.CONNECTING) {
            created++;
            failuresInRow = 0;
            connectNotBefore = 0;
            place.wasReady = true;
            place.expiresAt = expiresAt;
            place.generation = generation;
            available(place, now);
        }
    }

    /**
     * A session did not get ready, or is not of use.
     *
     * @param delay how long no other is opened, in nanoseconds
     * @param lasting why the next attempt will fail alike, so that nobody need wait if no session is left that could come
     *     back; null if it may well succeed
     */
    void connectFailed(Place place, long delay, @Nullable RuntimeException lasting, long now) {
        if (place.state != State.CONNECTING) {
            return;
        }
        connectFailures++;
        failuresInRow++;
        connectNotBefore = now + delay;
        doomed(place, now);
        if (lasting != null && places.size() == count(State.CLOSING)) {
            dismiss(lasting);
        }
    }

    private void dismiss(RuntimeException why) {
        waiters.forEach(waiter -> deeds.fail(waiter, why));
        waiters.clear();
    }

    /** Someone has waited as long as they may. */
    void timedOut(Waiter waiter, @Nullable Throwable lastFailure) {
        if (waiters.remove(waiter)) {
            timedOut++;
            deeds.fail(
                    waiter,
                    new AcquireTimedOutException(
                            options.acquireTimeout(),
                            new AcquireTimedOutException.PoolSizes(
                                    options.max(),
                                    count(State.LENT),
                                    count(State.IDLE),
                                    count(State.CONNECTING),
                                    waiting()),
                            failuresInRow > 0 ? lastFailure : null));
        }
    }

    /** The borrower gave the session back. */
    void returning(Place place) {
        if (place.state == State.LENT) {
            enter(place, State.RETURNING);
        }
    }

    /** A session that was opened, checked or reset is good. */
    void available(Place place, long now) {
        if (place.state != State.CONNECTING && place.state != State.CHECKING && place.state != State.RETURNING) {
            return;
        }
        if (closed || place.expiresAt <= now) {
            doomed(place, now);
            return;
        }
        enter(place, State.IDLE);
        place.idleSince = now;
        idle.push(place);
        deeds.wakeBy(endOfIdling(place));
        serve(now);
    }

    /** The server of a place takes writes, as of the latest doubt. */
    void takesWrites(Place place) {
        place.generation = generation;
    }

    /** A server was found to take no writes: every session opened before is asked again before it is lent. */
    void foundStandby() {
        standbys++;
        generation++;
    }

    /** A session is not to be lent again. */
    void doomed(Place place, long now) {
        if (place.state != State.CLOSING && place.state != State.OVER) {
            idle.remove(place);
            enter(place, State.CLOSING);
            deeds.close(place);
            serve(now);
        }
    }

    /** A session that nobody uses is not to be lent again. */
    void doomedIfIdle(Place place, long now) {
        if (place.state == State.IDLE) {
            doomed(place, now);
        }
    }

    /** A session is over, whoever ended it. */
    void ended(Place place, long now) {
        if (remove(place)) {
            serve(now);
        }
    }

    private boolean remove(Place place) {
        if (!places.remove(place)) {
            return false;
        }
        idle.remove(place);
        over += place.wasReady ? 1 : 0;
        enter(place, State.OVER);
        tellIfDrained();
        return true;
    }

    /** Time has passed. */
    void tick(long now) {
        long next = Long.MAX_VALUE;
        for (Iterator<Place> oldest = idle.descendingIterator(); oldest.hasNext(); ) {
            Place place = oldest.next();
            boolean unneeded = places.size() - count(State.CLOSING) > options.min();
            if ((unneeded ? endOfIdling(place) : place.expiresAt) <= now) {
                oldest.remove();
                enter(place, State.CLOSING);
                deeds.close(place);
            } else {
                next = Math.min(next, unneeded ? endOfIdling(place) : place.expiresAt);
            }
        }
        if (next != Long.MAX_VALUE) {
            deeds.wakeBy(next);
        }
        serve(now);
    }

    private long endOfIdling(Place place) {
        return Math.min(place.expiresAt, place.idleSince + PoolOptions.nanos(options.idleTimeout()));
    }

    /** Lends no more; what is not lent is closed. */
    void close(long now) {
        if (closed) {
            return;
        }
        closed = true;
        dismiss(new PoolClosedException());
        for (Place place : List.copyOf(places)) {
            if (place.state != State.LENT) {
                doomed(place, now);
            }
        }
        tellIfDrained();
    }

    /** Closes what is still lent, too. */
    void closeLent(long now) {
        List.copyOf(places).forEach(place -> doomed(place, now));
    }

    private void tellIfDrained() {
        if (closed && places.isEmpty() && !drained) {
            drained = true;
            deeds.drained();
        }
    }

    private void serve(long now) {
        if (closed) {
            return;
        }
        lendWhatIsGood(now);
        int wanted = waiters.size() - count(State.CONNECTING) - count(State.CHECKING) - count(State.RETURNING);
        for (; wanted > 0 && !idle.isEmpty(); wanted--) {
            Place place = idle.pop();
            enter(place, State.CHECKING);
            deeds.check(place);
        }
        open(Math.max(wanted, options.min() - places.size()), now);
    }

    private void lendWhatIsGood(long now) {
        while (!waiters.isEmpty() && !idle.isEmpty()) {
            Place place = idle.peek();
            if (place.expiresAt <= now) {
                idle.pop();
                enter(place, State.CLOSING);
                deeds.close(place);
            } else if (needsCheck(place, now)) {
                return;
            } else {
                idle.pop();
                enter(place, State.LENT);
                lent++;
                Iterator<Waiter> first = waiters.iterator();
                Waiter waiter = first.next();
                first.remove();
                deeds.lend(place, waiter);
            }
        }
    }

    private boolean needsCheck(Place place, long now) {
        return now - place.idleSince >= PoolOptions.nanos(options.validateAfter())
                || (options.primariesOnly() && place.generation < generation);
    }

    /** While the server cannot be reached there is one attempt at a time, each some time after the one before. */
    private void open(int count, long now) {
        int atOnce = failuresInRow == 0 ? options.connectsAtOnce() : 1;
        for (int left = count; left > 0 && places.size() < options.max(); left--) {
            if (now < connectNotBefore) {
                deeds.wakeBy(connectNotBefore);
                return;
            }
            if (count(State.CONNECTING) >= atOnce) {
                return;
            }
            Place place = new Place();
            places.add(place);
            counts.merge(State.CONNECTING, 1, Integer::sum);
            deeds.connect(place);
        }
    }
}
