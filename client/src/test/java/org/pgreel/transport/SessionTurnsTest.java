package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session has one owner at a time, and what is asked of it happens in the order of asking. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SessionTurnsTest {
    /** More than the tasks of one turn. */
    private static final int MANY = 1000;

    private final Transport transport = Transport.start(1, true, true);
    private final EventLoop loop = transport.loops().next();
    private final AtomicInteger ends = new AtomicInteger();
    private final List<Throwable> broken = Collections.synchronizedList(new ArrayList<>());
    private final SessionTurns turns = new SessionTurns(loop, ends::incrementAndGet, broken::add);

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void tasksOfOneThreadRunInTheOrderOfAskingAndNeverTwoAtOnce() throws Exception {
        int threads = 4;
        int each = 20_000;
        int[] last = new int[threads];
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads * each);
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            new NamedThreads("asking")
                    .newThread(() -> {
                        for (int i = 1; i <= each; i++) {
                            int order = i;
                            turns.execute(() -> {
                                if (inside.incrementAndGet() != 1 || !loop.inEventLoop() || ++last[number] != order) {
                                    wrong.add(number + ": " + order);
                                }
                                inside.decrementAndGet();
                                done.countDown();
                            });
                        }
                    })
                    .start();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).isEmpty();
        assertThat(ends.get()).as("turns, fewer than tasks").isLessThanOrEqualTo(threads * each);
    }

    @Test
    void whatIsAskedWithinATurnHappensAtItsEndAndBeforeTheFlush() throws Exception {
        List<String> order = new ArrayList<>();
        CompletableFuture<Integer> endsSeen = new CompletableFuture<>();
        turns.execute(() -> {
            turns.execute(() -> {
                order.add("asked within");
                endsSeen.complete(ends.get());
            });
            assertThat(turns.ownedByCurrentThread()).as("something waits").isFalse();
            order.add("the rest of the turn");
        });
        assertThat(endsSeen.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(order).containsExactly("the rest of the turn", "asked within");
    }

    @Test
    void anotherSessionOfTheSameLoopIsNotTheOwner() throws Exception {
        SessionTurns other = new SessionTurns(loop, () -> {}, broken::add);
        CompletableFuture<List<Boolean>> owners = new CompletableFuture<>();
        turns.execute(() -> owners.complete(List.of(turns.ownedByCurrentThread(), other.ownedByCurrentThread())));
        assertThat(owners.get(20, TimeUnit.SECONDS)).containsExactly(true, false);
    }

    @Test
    void aTaskThatThrowsIsReportedAndTheNextOnesRun() throws Exception {
        CompletableFuture<String> next = new CompletableFuture<>();
        turns.execute(() -> {
            throw new IllegalStateException("a defect");
        });
        turns.execute(() -> next.complete("ran"));
        assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo("ran");
        assertThat(broken).hasSize(1);
    }

    @Test
    void whenTheLoopIsGoneTheAskingThreadIsTheOwner() {
        transport.close();
        List<Boolean> owned = new ArrayList<>();
        turns.execute(() -> owned.add(turns.ownedByCurrentThread()));
        assertThat(owned).containsExactly(true);
    }

    @Test
    void moreTasksThanOneTurnTakesAllRunWhenTheLoopIsGone() {
        transport.close();
        List<Integer> ran = new ArrayList<>();
        turns.execute(() -> {
            for (int i = 0; i < MANY; i++) {
                int number = i;
                turns.execute(() -> ran.add(number));
            }
        });
        assertThat(ran.size()).isEqualTo(MANY);
        assertThat(ran).isSorted();
    }

    @Test
    void aTaskThatTheEndingLoopTookAndDroppedRunsAllTheSame() throws Exception {
        EventLoop forgetful = new DefaultEventLoop(new NamedThreads("forgetful")) {
            @Override
            public void execute(Runnable task) {
                // Netty's own loops drop a task that comes between their last pass and their end.
                if (!isShuttingDown()) {
                    super.execute(task);
                }
            }
        };
        CompletableFuture<Void> turnEnded = new CompletableFuture<>();
        SessionTurns ending = new SessionTurns(forgetful, () -> turnEnded.complete(null), broken::add);
        CountDownLatch started = new CountDownLatch(1);
        forgetful.execute(started::countDown);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        Future<?> unused = forgetful.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        CompletableFuture<Void> ran = new CompletableFuture<>();
        ending.execute(() -> ran.complete(null));
        ran.get(20, TimeUnit.SECONDS);
        turnEnded.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whileTheLoopRunsItsLastTasksNobodyElseIsTheOwner() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> running = new CompletableFuture<>();
        CompletableFuture<Boolean> together = new CompletableFuture<>();
        AtomicReference<Runnable> lastPass = new AtomicReference<>(() -> {});
        EventLoop ending = new DefaultEventLoop(new NamedThreads("ending")) {
            @Override
            protected boolean confirmShutdown() {
                if (isShutdown()) {
                    lastPass.getAndSet(() -> {}).run();
                }
                return super.confirmShutdown();
            }
        };
        SessionTurns owned = new SessionTurns(ending, ends::incrementAndGet, broken::add);
        lastPass.set(() -> {
            new NamedThreads("asking")
                    .newThread(() -> {
                        owned.execute(() -> {
                            running.complete(null);
                            together.orTimeout(20, TimeUnit.SECONDS).join();
                        });
                        asked.complete(null);
                    })
                    .start();
            CompletableFuture.anyOf(asked, running)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            owned.turn(() -> together.complete(running.isDone()));
        });
        ending.execute(() -> {});
        Future<?> unused = ending.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        assertThat(together.get(30, TimeUnit.SECONDS)).as("two owners").isFalse();
        running.get(20, TimeUnit.SECONDS);
        assertThat(broken).isEmpty();
    }

    @Test
    void tasksAskedForWhileTheLoopEndsAllRunAndNeverTwoAtOnce() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (Transport ending = Transport.start(1, true, round % 2 == 0)) {
                askWhileItEnds(ending.loops().next());
            }
        }
        assertThat(broken).isEmpty();
    }

    private void askWhileItEnds(EventLoop ending) throws Exception {
        int threads = 3;
        int each = 300;
        SessionTurns racing = new SessionTurns(ending, () -> {}, broken::add);
        CountDownLatch ran = new CountDownLatch(threads * each);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(threads + 1);
        for (int thread = 0; thread < threads; thread++) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(
                    () -> {
                        awaitAll(together);
                        for (int i = 0; i < each; i++) {
                            racing.execute(() -> {
                                if (inside.incrementAndGet() != 1) {
                                    wrong.incrementAndGet();
                                }
                                inside.decrementAndGet();
                                ran.countDown();
                            });
                        }
                    },
                    task -> new NamedThreads("asking").newThread(task).start());
        }
        awaitAll(together);
        Future<?> unused = ending.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        assertThat(ran.await(20, TimeUnit.SECONDS))
                .as("tasks left: " + ran.getCount())
                .isTrue();
        assertThat(wrong).as("two owners at once").hasValue(0);
    }

    private static void awaitAll(CyclicBarrier together) {
        try {
            together.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }
}
