package org.pgreel.client.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.pgreel.client.PoolClosedException;
import org.pgreel.client.Session;
import org.pgreel.client.Timers;
import org.pgreel.client.Transaction;
import org.pgreel.client.TransactionOptions;
import org.pgreel.client.TransactionRunner;
import org.pgreel.client.pool.Place.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends sessions: up to max of them, each to one borrower at a time, in the order in which they are asked for.
 * {@code PgClient.pool} makes one.
 *
 * <p>A borrower returns a session by closing it; the pool then rolls back what was left open and has the session forget
 * its borrower ({@link SessionReset}). A session that is over makes room for another. While the server cannot be reached
 * there is one attempt to connect at a time, with growing waits; those who wait go on waiting, unless the failure is one
 * that will last (a wrong password, say) and no session is left.
 *
 * <p>The pool has no thread of its own. Futures complete on the event loop of the session, or at once on the thread that
 * asks. Thread-safe.
 */
public final class SessionPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPool.class);

    private final PoolOptions options;
    private final Timers timers;
    private final long origin;
    private final Tending tending;
    private final Opening opening;
    private final ListeningPost listening;
    private final TransactionRunner runner;
    private final Observation observation;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final AtomicLong leaks = new AtomicLong();

    /** Guards the book and what follows; never held while something is done outside of them. */
    private final ReentrantLock lock = new ReentrantLock();

    private final PoolBook book;
    private List<Runnable> todo = new ArrayList<>();
    private long wakeAt = Long.MAX_VALUE;

    private SessionPool(SessionSource source, PoolOptions options, Timers timers) {
        this.options = options;
        this.timers = timers;
        this.origin = timers.nanos();
        this.tending = new Tending(options);
        this.opening = new Opening(source, options, tending, this::input);
        this.listening = new ListeningPost(source, options, timers);
        this.runner = new TransactionRunner(options.transactionRetry(), timers, options.random());
        this.observation = new Observation(options.observers());
        this.book = new PoolBook(options, new Postponed());
    }

    /**
     * Opens a pool; it begins at once to open as many sessions as it has to have at least.
     *
     * @param source where sessions come from
     * @param options how many, for how long
     * @param timers what measures time, unless the options name others
     */
    public static SessionPool open(SessionSource source, PoolOptions options, Timers timers) {
        SessionPool pool = new SessionPool(source, options, options.timers().orElse(timers));
        pool.observation.opened(options, pool::metrics);
        pool.input(PoolBook::opened);
        return pool;
    }

    /**
     * Asks for a session. Cancelling the future takes the question back; a session that comes too late returns to the pool.
     *
     * @return a session that is ready and in no transaction; {@link Session#close} returns it. Or
     *     {@link org.pgreel.client.AcquireTimedOutException}, {@link PoolClosedException}, or why no session can be had
     */
    public CompletableFuture<Session> acquire() {
        Waiter waiter = new Waiter(
                now(), options.leakReportAfter().isPresent() ? new Throwable("the session was acquired here") : null);
        input((pool, now) -> pool.asked(waiter, now));
        if (!waiter.future.isDone()) {
            waiter.boundedBy(after(
                    options.acquireTimeout(),
                    () -> input((pool, now) -> pool.timedOut(waiter, opening.lastFailure()))));
            CompletionStage<Session> answer = waiter.future;
            answer.whenComplete((session, failure) -> {
                waiter.waitsNoLonger();
                if (failure != null) {
                    input((pool, now) -> pool.gaveUp(waiter));
                }
            });
        }
        return waiter.future;
    }

    /**
     * Runs work with a session and returns it, however the work ends.
     *
     * @param work what to do
     * @param <T> what it gives
     * @return what the work gave
     */
    public <T> CompletableFuture<T> withSession(Function<? super Session, ? extends CompletionStage<T>> work) {
        return acquire().thenCompose(session -> begun(session, work).whenComplete((value, failure) -> session.close()));
    }

    private static <T> CompletionStage<T> begun(
            Session session, Function<? super Session, ? extends CompletionStage<T>> work) {
        try {
            return work.apply(session);
        } catch (RuntimeException | Error thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /**
     * Runs work in a transaction, and again if the server gives it up for the sake of others; see
     * {@link TransactionRunner}. Between two attempts no session is held.
     *
     * @param transactionOptions what kind of transaction
     * @param work what to do, once for each attempt
     * @param <T> what it gives
     * @return what the work gave, when that is committed
     */
    public <T> CompletableFuture<T> inTransaction(
            TransactionOptions transactionOptions, Function<? super Transaction, ? extends CompletionStage<T>> work) {
        return runner.retry(() -> withSession(session -> TransactionRunner.once(session, transactionOptions, work)));
    }

    /** Runs work in a transaction of the session's default kind; see the other method of this name. */
    public <T> CompletableFuture<T> inTransaction(Function<? super Transaction, ? extends CompletionStage<T>> work) {
        return inTransaction(TransactionOptions.DEFAULTS, work);
    }

    /**
     * Listens on a channel, by a session of the pool's own that is not among those it lends (nor counted by max), one for all
     * channels. When that session is lost another listens as soon as it can, and the listener hears of the gap.
     *
     * @param channel the channel's name, exactly: LISTEN without quotes would fold it to lower case
     * @param listener who hears what is notified
     * @return closing it ends the interest
     * @throws IllegalArgumentException if the name is empty or too long for PostgreSQL
     */
    public Subscription listen(String channel, ChannelListener listener) {
        return listening.subscribe(channel, listener);
    }

    /** Returns what the pool consists of now. */
    public PoolMetrics metrics() {
        lock.lock();
        try {
            int tended = book.count(State.CHECKING) + book.count(State.RETURNING) + book.count(State.CLOSING);
            return new PoolMetrics(
                    options.max(),
                    book.total(),
                    book.count(State.LENT),
                    book.count(State.IDLE),
                    book.count(State.CONNECTING),
                    tended,
                    book.waiting(),
                    book.created,
                    book.over,
                    book.connectFailures,
                    book.lent,
                    book.timedOut,
                    leaks.get(),
                    book.standbys);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lends no more, closes what is not lent, and what is lent when it comes back or the drain limit is over. It waits for
     * nothing; {@link #shutdown} tells when it is done.
     */
    @Override
    public void close() {
        CompletableFuture<Void> unused = shutdown(options.drainLimit());
    }

    /**
     * Closes the pool as {@link #close} does, with another limit. Closing again may shorten the limit.
     *
     * @param limit how long to wait for sessions that are lent
     * @return done when the last session is over, the one that listens included
     */
    public CompletableFuture<Void> shutdown(Duration limit) {
        input(PoolBook::close);
        if (!drained.isDone()) {
            Timers.Waiting end = after(limit, () -> input(PoolBook::closeLent));
            CompletionStage<Void> over = drained;
            over.whenComplete((done, failure) -> end.cancel());
        }
        return CompletableFuture.allOf(drained, listening.close());
    }

    private long now() {
        return timers.nanos() - origin;
    }

    /** When the client is closed nothing can be waited for any more; every session is over then, or soon is. */
    private Timers.Waiting after(Duration delay, Runnable task) {
        try {
            return timers.after(delay, task);
        } catch (RejectedExecutionException clientIsClosed) {
            return () -> {};
        }
    }

    /** Takes an input, then does what it leads to, outside of the lock. */
    private void input(ObjLongConsumer<PoolBook> change) {
        List<Runnable> deeds;
        lock.lock();
        try {
            change.accept(book, now());
            deeds = todo;
            todo = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        for (Runnable deed : deeds) {
            try {
                deed.run();
            } catch (RuntimeException defect) {
                LOG.error("A pool failed for a reason within PgReel; please report this", defect);
            }
        }
    }

    /** Collects what the book wants done; called under the lock. */
    private final class Postponed implements PoolDeeds {
        @Override
        public void connect(Place place) {
            todo.add(() -> opening.open(place));
        }

        @Override
        public void check(Place place) {
            todo.add(() -> bounded(place, tending.check(place)));
        }

        @Override
        public void lend(Place place, Waiter waiter) {
            todo.add(() -> Deliveries.deliver(() -> SessionPool.this.lend(place, waiter)));
        }

        @Override
        public void close(Place place) {
            todo.add(place::close);
        }

        @Override
        public void fail(Waiter waiter, RuntimeException why) {
            todo.add(() -> Deliveries.deliver(() -> waiter.future.completeExceptionally(why)));
        }

        @Override
        public void wakeBy(long nanos) {
            if (nanos < wakeAt) {
                wakeAt = nanos;
                long delay = Math.max(0, nanos - now());
                todo.add(() -> {
                    Timers.Waiting unused = after(Duration.ofNanos(delay), () -> wokenUp(nanos));
                });
            }
        }

        @Override
        public void drained() {
            wakeAt = Long.MIN_VALUE;
            todo.add(() -> {
                observation.closed();
                drained.complete(null);
            });
        }
    }

    /** Only the timer that was armed last counts. */
    private void wokenUp(long nanos) {
        input((pool, now) -> {
            if (wakeAt == nanos) {
                wakeAt = Long.MAX_VALUE;
                pool.tick(now);
            }
        });
    }

    private void lend(Place place, Waiter waiter) {
        Loan loan = new Loan(place, now(), this::returned);
        observation.waited(loan.since() - waiter.since);
        options.leakReportAfter().ifPresent(time -> loan.watchedBy(after(time, () -> leaked(loan, waiter, time))));
        if (!waiter.future.complete(loan.session())) {
            loan.end();
        }
    }

    private void leaked(Loan loan, Waiter waiter, Duration time) {
        Throwable askedAt = waiter.askedAt;
        if (loan.isOut() && askedAt != null) {
            leaks.incrementAndGet();
            options.leakListener()
                    .accept(new LeakReport(time, askedAt, loan.place().session().processId()));
        }
    }

    private void returned(Loan loan) {
        observation.used(now() - loan.since());
        input((pool, now) -> pool.returning(loan.place()));
        bounded(loan.place(), tending.reset(loan));
    }

    /** Has a session lent again if it answers well in time, and gives it up otherwise. */
    private void bounded(Place place, CompletionStage<?> answer) {
        boolean done = answer.toCompletableFuture().isDone();
        Timers.Waiting limit =
                done ? () -> {} : after(options.checkTimeout(), () -> input((pool, now) -> pool.doomed(place, now)));
        answer.whenComplete((good, failure) -> {
            limit.cancel();
            if (failure == null) {
                input((pool, now) -> {
                    if (options.primariesOnly() && place.state == State.CHECKING) {
                        pool.takesWrites(place);
                    }
                    pool.available(place, now);
                });
                return;
            }
            input((pool, now) -> {
                if (Tending.foundStandby(failure)) {
                    pool.foundStandby();
                }
                pool.doomed(place, now);
            });
        });
    }
}
