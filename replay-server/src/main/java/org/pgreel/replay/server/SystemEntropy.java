package org.pgreel.replay.server;

import java.security.SecureRandom;
import java.time.Instant;
import org.pgreel.replay.engine.Entropy;

/** Bytes that nobody can guess, and the machine's clock. Safe for use by several threads. */
enum SystemEntropy implements Entropy {
    INSTANCE;

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        Randomness.SECURE.nextBytes(bytes);
        return bytes;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** Seeded when the first server starts. */
    private static final class Randomness {
        static final SecureRandom SECURE = new SecureRandom();
    }
}
