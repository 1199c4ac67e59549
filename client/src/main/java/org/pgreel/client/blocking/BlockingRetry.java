package org.pgreel.client.blocking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.SystemChance;
import org.pgreel.client.Timers;
import org.pgreel.client.TransactionRunner;

/** Makes attempts on the caller's thread, by the rules of {@link TransactionRunner}. */
final class BlockingRetry {
    private final RetryPolicy policy;
    private final Timers timers;
    private final DoubleSupplier random;

    BlockingRetry(RetryPolicy policy) {
        this(policy, Timers.system(), SystemChance.fractions());
    }

    BlockingRetry(RetryPolicy policy, Timers timers, DoubleSupplier random) {
        this.policy = policy;
        this.timers = timers;
        this.random = random;
    }

    <T> T run(Supplier<? extends T> attempt) {
        List<RuntimeException> failures = new ArrayList<>();
        while (true) {
            try {
                return attempt.get();
            } catch (RuntimeException failure) {
                if (failures.size() + 1 >= policy.attempts() || !TransactionRunner.mayBeTriedAgain(failure)) {
                    failures.stream().filter(earlier -> earlier != failure).forEach(failure::addSuppressed);
                    throw failure;
                }
                failures.add(failure);
            }
            pause(failures.size());
        }
    }

    private void pause(int failures) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Timers.Waiting timer = timers.after(policy.delay(failures, random.getAsDouble()), () -> over.complete(null));
        Answers.await(over, ServerEffect.NONE, timer::cancel);
    }
}
