package org.pgreel.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** The runtime's randomness, where waits are spread and nothing has to be secret; whoever repeats a run gives another. */
public final class SystemChance {
    private SystemChance() {}

    /** Returns what gives numbers from 0 (inclusive) to 1 (exclusive), from any thread. */
    public static DoubleSupplier fractions() {
        return () -> ThreadLocalRandom.current().nextDouble();
    }
}
