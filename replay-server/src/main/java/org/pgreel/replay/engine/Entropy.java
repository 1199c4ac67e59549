package org.pgreel.replay.engine;

import java.time.Instant;
import java.util.Random;

/**
 * The source of everything in a replay that is another each time: salts, nonces, cancel keys and process ids, which must
 * not be guessed, and the time.
 *
 * <p>An argument, so that a test or a simulation can repeat a run. A server uses {@link java.security.SecureRandom}.
 */
@FunctionalInterface
public interface Entropy {
    /** Returns that many fresh bytes, in an array of the caller's own. */
    byte[] bytes(int count);

    /**
     * Returns a source that anybody can predict who knows the seed: for tests, whose runs can then be repeated.
     *
     * @param seed the same one gives the same bytes, in the order in which they are asked for
     */
    static Entropy seeded(long seed) {
        var random = new Random(seed);
        return count -> {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        };
    }

    /** Returns the time; the beginning of the year 2000, with which PostgreSQL's own count begins, unless told otherwise. */
    default Instant now() {
        return Instant.ofEpochSecond(YEAR_2000);
    }

    /** Seconds from 1970 to 2000. */
    long YEAR_2000 = 946_684_800;
}
