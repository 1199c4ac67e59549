package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.Eventually.until;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.AcquireTimedOutException;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectionLostException;
import org.pgreel.client.PoolClosedException;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.Transaction;
import org.pgreel.client.pool.LeakReport;
import org.pgreel.client.pool.PoolMetrics;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.PoolOptionsBuilder;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.client.pool.SessionReset;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.ErrorResponse;

/** A pool against a real server, in a time that goes on when the test says so. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SessionPoolTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final ManualTimers timers = new ManualTimers();
    private final List<SessionPool> pools = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (SessionPool pool : pools) {
            done(pool.shutdown(Duration.ZERO).orTimeout(30, TimeUnit.SECONDS), pool);
        }
    }

    /** The drain limit is over at once, in the pool's own time. */
    private void done(CompletableFuture<Void> end, SessionPool pool) throws Exception {
        timers.advance(Duration.ZERO);
        end.get(30, TimeUnit.SECONDS);
        assertThat(pool.metrics().total()).isZero();
    }

    private PoolOptionsBuilder upTo(int max) {
        return PoolOptions.builder().max(max).timers(timers).random(() -> 0.5);
    }

    private SessionPool pool(PoolOptionsBuilder options) {
        SessionPool pool = WATCHED.client().pool(WatchedClient.to(SERVER).build(), options.build());
        pools.add(pool);
        return pool;
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static String value(Session session, String sql) throws Exception {
        return String.valueOf(done(session.query(sql)).only().onlyRow().text(0));
    }

    @Test
    void sessionsAreLentUpToMaxAndThenInTheOrderOfAsking() throws Exception {
        SessionPool pool = pool(upTo(2));
        Session first = done(pool.acquire());
        Session second = done(pool.acquire());
        List<CompletableFuture<Session>> waiting = List.of(pool.acquire(), pool.acquire(), pool.acquire());
        PoolMetrics full = pool.metrics();
        assertThat(full.active()).isEqualTo(2);
        assertThat(full.waiting()).isEqualTo(3);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        String backend = value(first, "SELECT pg_backend_pid()");

        first.close();
        Session third = done(waiting.get(0));
        assertThat(value(third, "SELECT pg_backend_pid()")).isEqualTo(backend);
        assertThat(waiting.get(1)).isNotDone();
        second.close();
        third.close();
        done(waiting.get(1)).close();
        done(waiting.get(2)).close();

        until(() -> pool.metrics().idle() == 2, "both are back");
        assertThat(pool.metrics().created()).isEqualTo(2);
        assertThat(pool.metrics().lent()).isEqualTo(5);
    }

    @Test
    void anAcquireThatTakesTooLongNamesTheSizesOfThePool() throws Exception {
        SessionPool pool = pool(upTo(1).acquireTimeout(Duration.ofSeconds(3)));
        Session only = done(pool.acquire());
        CompletableFuture<Session> waiting = pool.acquire();
        timers.advance(Duration.ofMillis(2_999));
        assertThat(waiting).isNotDone();
        timers.advance(Duration.ofMillis(1));

        assertThatThrownBy(() -> done(waiting))
                .cause()
                .isInstanceOfSatisfying(AcquireTimedOutException.class, failure -> {
                    assertThat(failure)
                            .hasMessage("the pool had no session to lend within 3000 ms (acquireTimeout): of at most 1"
                                    + " sessions 1 are lent, 0 idle and 0 connecting, and 0 others wait;"
                                    + " raise max, or look for sessions that are not returned (leakReportAfter)");
                    assertThat(failure.effect()).isEqualTo(ServerEffect.NONE);
                });
        assertThat(pool.metrics().timedOut()).isEqualTo(1);
        only.close();
        done(pool.acquire()).close();
    }

    @Test
    void whoCancelsIsNotServedAndNoSessionIsLost() throws Exception {
        SessionPool pool = pool(upTo(1));
        Session only = done(pool.acquire());
        CompletableFuture<Session> cancelled = pool.acquire();
        CompletableFuture<Session> served = pool.acquire();
        cancelled.cancel(false);
        assertThat(pool.metrics().waiting()).isEqualTo(1);
        only.close();
        done(served).close();
    }

    @Test
    void aSessionThatWasReturnedIsRefusedAndForgetsItsBorrower() throws Exception {
        SessionPool pool = pool(upTo(1));
        Session first = done(pool.acquire());
        String backend = value(first, "SELECT pg_backend_pid()");
        done(first.query("SET work_mem = '5MB'; CREATE TEMPORARY TABLE own (n int); LISTEN own;"
                + " SELECT pg_advisory_lock(42)"));
        Transaction transaction = done(first.begin());
        done(transaction.query("SELECT 1"));
        CompletableFuture<?> leftUnderWay = first.query("SELECT pg_sleep(0.05)");
        first.close();
        first.close();

        assertThatThrownBy(() -> first.query("SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was returned to its pool");
        assertThatThrownBy(() -> transaction.query("SELECT 1")).isInstanceOf(IllegalStateException.class);
        Session second = done(pool.acquire());
        done(leftUnderWay);
        assertThat(value(second, "SELECT pg_backend_pid()")).isEqualTo(backend);
        assertThat(value(second, "SHOW work_mem")).isNotEqualTo("5MB");
        assertThat(value(second, "SELECT to_regclass('pg_temp.own') IS NULL")).isEqualTo("t");
        assertThat(value(second, "SELECT count(*) FROM pg_listening_channels()"))
                .isEqualTo("0");
        assertThat(value(second, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = " + backend))
                .isEqualTo("0");
        done(second.begin());
        second.close();
    }

    @Test
    void aSmallerResetKeepsSettingsButNoTransactionAndNoChannel() throws Exception {
        SessionPool pool = pool(upTo(1).reset(SessionReset.ROLLBACK));
        Session first = done(pool.acquire());
        done(first.query("SET work_mem = '5MB'"));
        done(first.query("LISTEN own"));
        done(first.query("BEGIN"));
        assertThatThrownBy(() -> done(first.query("SELECT 1/0"))).isNotNull();
        first.close();

        Session second = done(pool.acquire());
        assertThat(value(second, "SHOW work_mem")).isEqualTo("5MB");
        assertThat(value(second, "SELECT count(*) FROM pg_listening_channels()"))
                .isEqualTo("0");
        second.close();
        SessionPool all = pool(upTo(1).reset(SessionReset.DISCARD_ALL));
        done(all.withSession(session -> session.query("SET work_mem = '5MB'")));
        assertThat(value(done(all.acquire()), "SHOW work_mem")).isNotEqualTo("5MB");
    }

    @Test
    void aSessionWhoseBackendIsTerminatedMakesRoomForAnother() throws Exception {
        SessionPool pool = pool(upTo(2));
        Session lent = done(pool.acquire());
        Session other = done(pool.acquire());
        CompletableFuture<Session> waiting = pool.acquire();
        done(other.query("SELECT pg_terminate_backend(" + lent.processId().orElseThrow() + ")"));

        done(waiting).close();
        assertThatThrownBy(() -> done(lent.query("SELECT 1"))).cause().isInstanceOf(ConnectionLostException.class);
        lent.close();
        other.close();
        until(() -> pool.metrics().idle() == 2, "two are idle");
        assertThat(pool.metrics().closed()).isEqualTo(1);

        Session killer = done(pool.acquire());
        Session idle = done(pool.acquire());
        int victim = idle.processId().orElseThrow();
        idle.close();
        until(() -> pool.metrics().idle() == 1, "one is idle");
        done(killer.query("SELECT pg_terminate_backend(" + victim + ")"));
        until(() -> pool.metrics().closed() == 2, "the end is noticed while idle");
        assertThat(done(pool.acquire()).processId().orElseThrow()).isNotEqualTo(victim);
    }

    @Test
    void sessionsAboveMinGoWhenIdleAndAllGoWhenOld() throws Exception {
        SessionPool pool = pool(upTo(3).min(1)
                .idleTimeout(Duration.ofMinutes(2))
                .maxLife(Duration.ofMinutes(20))
                .validateAfter(Duration.ofHours(1)));
        until(() -> pool.metrics().idle() == 1, "one is kept from the start");
        List<Session> lent = List.of(done(pool.acquire()), done(pool.acquire()), done(pool.acquire()));
        int kept = lent.get(0).processId().orElseThrow();
        lent.forEach(Session::close);
        until(() -> pool.metrics().idle() == 3, "three are idle");

        timers.advance(Duration.ofMinutes(3));
        until(() -> pool.metrics().total() == 1, "min is left");
        timers.advance(Duration.ofMinutes(10));
        assertThat(pool.metrics().idle()).isEqualTo(1);

        // Of 20 minutes 5 % are taken off at random; the next lives on.
        timers.advance(Duration.ofMinutes(6));
        until(() -> pool.metrics().created() == 4 && pool.metrics().idle() == 1, "an old one is replaced");
        assertThat(done(pool.acquire()).processId().orElseThrow()).isNotEqualTo(kept);
    }

    @Test
    void anOldSessionIsNotTakenFromItsBorrower() throws Exception {
        SessionPool pool = pool(upTo(1).maxLife(Duration.ofMinutes(1)));
        Session lent = done(pool.acquire());
        String backend = value(lent, "SELECT pg_backend_pid()");
        timers.advance(Duration.ofMinutes(5));
        assertThat(value(lent, "SELECT pg_backend_pid()")).isEqualTo(backend);
        lent.close();
        assertThat(value(done(pool.acquire()), "SELECT pg_backend_pid()")).isNotEqualTo(backend);
    }

    @Test
    void aLeakIsReportedOnceWithThePlaceWhereItWasAcquired() throws Exception {
        ConcurrentLinkedQueue<LeakReport> reports = new ConcurrentLinkedQueue<>();
        SessionPool pool = pool(upTo(2).leakReportAfter(Duration.ofSeconds(10), reports::add));
        Session kept = done(pool.acquire());
        done(pool.acquire()).close();
        timers.advance(Duration.ofMinutes(1));

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.lentFor()).isEqualTo(Duration.ofSeconds(10));
            assertThat(report.processId()).isEqualTo(kept.processId());
            assertThat(report.acquiredAt().getStackTrace())
                    .anyMatch(
                            frame -> frame.getMethodName().equals("aLeakIsReportedOnceWithThePlaceWhereItWasAcquired"));
        });
        assertThat(pool.metrics().leaks()).isEqualTo(1);
    }

    @Test
    void aClosedPoolDrainsWithinItsLimit() throws Exception {
        SessionPool pool = pool(upTo(2));
        Session prompt = done(pool.acquire());
        Session slow = done(pool.acquire());
        CompletableFuture<Session> waiting = pool.acquire();
        CompletableFuture<Void> end = pool.shutdown(Duration.ofSeconds(5));

        assertThatThrownBy(() -> done(waiting)).cause().isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> done(pool.acquire())).cause().isInstanceOf(PoolClosedException.class);
        assertThat(value(prompt, "SELECT 1")).isEqualTo("1");
        prompt.close();
        done(prompt.ended());
        assertThat(end).isNotDone();
        assertThat(value(slow, "SELECT 2")).isEqualTo("2");
        timers.advance(Duration.ofSeconds(5));
        done(slow.ended());
        done(end);
        slow.close();
    }

    @Test
    void workGetsASessionAndTheSessionComesBackHoweverItEnds() throws Exception {
        SessionPool pool = pool(upTo(1));
        assertThatThrownBy(() -> done(pool.withSession(session -> {
                    throw new IllegalArgumentException("own");
                })))
                .cause()
                .hasMessage("own");
        assertThatThrownBy(() -> done(pool.withSession(session -> session.query("SELECT 1/0"))))
                .cause()
                .isInstanceOf(ServerErrorException.class);
        assertThat(done(pool.withSession(session -> session.query("SELECT 7")))
                        .only()
                        .onlyRow()
                        .text(0))
                .isEqualTo("7");
    }

    @Test
    void aTransactionOfThePoolIsTriedAgainAndHoldsNoSessionMeanwhile() throws Exception {
        SessionPool pool =
                pool(upTo(1).transactionRetry(new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(9))));
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<String> outcome = pool.inTransaction(transaction -> attempts.incrementAndGet() < 2
                ? CompletableFuture.failedFuture(new ServerErrorException(
                        ErrorResponse.of("ERROR", "40P01", "deadlock detected"), ServerEffect.NONE))
                : transaction
                        .query("SELECT 'second'")
                        .thenApply(results ->
                                String.valueOf(results.only().onlyRow().text(0))));
        until(() -> timers.waiting() > 0 && timers.delays().contains(Duration.ofMillis(750)), "the wait begins");
        done(pool.acquire()).close();
        timers.advance(Duration.ofMillis(750));
        assertThat(done(outcome)).isEqualTo("second");
    }

    @Test
    void aWrongPasswordIsToldAtOnceToAllWhoWait() {
        SessionPool pool = WATCHED.client()
                .pool(
                        WatchedClient.to(SERVER)
                                .user("pgreel_scram")
                                .password("wrong")
                                .build(),
                        upTo(3).build());
        pools.add(pool);
        for (CompletableFuture<Session> waiting : List.of(pool.acquire(), pool.acquire(), pool.acquire())) {
            assertThatThrownBy(() -> done(waiting))
                    .cause()
                    .isInstanceOfSatisfying(
                            ConnectFailedException.class,
                            failure -> assertThat(failure.kind()).isEqualTo("InvalidPassword"));
        }
        assertThat(pool.metrics().connectFailures()).isBetween(1L, 3L);
    }
}
