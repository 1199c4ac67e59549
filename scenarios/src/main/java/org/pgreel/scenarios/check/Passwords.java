package org.pgreel.scenarios.check;

import java.util.SplittableRandom;

/** Passwords that stand in no text by chance, and seeds, both from one seed and the name of a run. */
final class Passwords {
    private final long seed;

    Passwords(long seed) {
        this.seed = seed;
    }

    /** Returns the run's password. */
    String of(String run) {
        var random = new SplittableRandom(seed(run));
        return "pw" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    /** Returns the run's seed. */
    long seed(String run) {
        long hash = seed;
        for (int i = 0; i < run.length(); i++) {
            hash = hash * 0x9E3779B97F4A7C15L + run.charAt(i) + 1;
        }
        return hash;
    }
}
