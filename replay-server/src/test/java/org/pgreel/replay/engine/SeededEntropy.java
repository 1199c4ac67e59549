package org.pgreel.replay.engine;

import java.util.Random;

/** The same bytes in each run. */
final class SeededEntropy implements Entropy {
    private final Random random = new Random(42);

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
