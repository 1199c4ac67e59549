package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session has one owner at a time, and what is asked of it happens in the order of asking. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SessionTurnsTest {
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
}
