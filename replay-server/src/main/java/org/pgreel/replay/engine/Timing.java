package org.pgreel.replay.engine;

import java.time.Duration;
import java.util.Random;

/**
 * When answers leave: at once, as long after what they answer as in the recording, or that time scaled; and by how much that
 * is disturbed.
 *
 * @param scale what recorded times are multiplied by; 0 for answers at once
 * @param jitter each answer is late by up to so much more
 * @param seed from which that is drawn, for each connection anew
 */
public record Timing(double scale, Duration jitter, long seed) {
    /** No answer waits longer than this. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final double SCALE_MAX = 1000;

    /** Every answer leaves at once. */
    public static final Timing NONE = new Timing(0, Duration.ZERO, 0);

    /** As it was recorded. */
    public static final Timing RECORDED = new Timing(1, Duration.ZERO, 0);

    /** Refuses what is negative, and what would hardly end. */
    public Timing {
        if (!(scale >= 0 && scale <= SCALE_MAX)) {
            throw new IllegalArgumentException("times are scaled by 0 to 1000, not by " + scale);
        }
        if (jitter.isNegative() || jitter.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the jitter is " + jitter + "; it must be from 0 to " + LONGEST);
        }
    }

    /**
     * Reads how times are kept: {@code none}, {@code recorded}, or {@code x} and a number, such as {@code x0.5}.
     *
     * @throws IllegalArgumentException if it is none of them; its message is part of a sentence
     */
    public static Timing of(String word) {
        if (word.equals("none")) {
            return NONE;
        }
        if (word.equals("recorded")) {
            return RECORDED;
        }
        if (word.matches("x[0-9]{1,4}(\\.[0-9]{1,6})?")) {
            return new Timing(Double.parseDouble(word.substring(1)), Duration.ZERO, 0);
        }
        throw new IllegalArgumentException("'" + word + "' is none of none, recorded, xN, such as x0.5");
    }

    /** Returns the same with a jitter. */
    public Timing withJitter(Duration most, long newSeed) {
        return new Timing(scale, most, newSeed);
    }

    /** Returns what times the answers of one connection, of the number given; the same for the same seed. */
    Pace pace(int connection) {
        return new Pace(new Random(seed * 31 + connection));
    }

    /** The times of one connection. Confined to one thread. */
    final class Pace {
        private final Random random;

        private Pace(Random random) {
            this.random = random;
        }

        /** Returns how long an answer waits that took so long when it was recorded. */
        Duration after(long recordedNanos) {
            double nanos = Math.max(0, recordedNanos) * scale;
            long late = jitter.isZero() ? 0 : (long) (random.nextDouble() * jitter.toNanos());
            return Duration.ofNanos(Math.min(LONGEST.toNanos(), (long) nanos + late));
        }
    }
}
