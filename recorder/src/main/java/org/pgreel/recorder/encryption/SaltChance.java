package org.pgreel.recorder.encryption;

import java.security.SecureRandom;

/** What no one can guess, so that no two files are encrypted alike. */
final class SaltChance {

    private static final SecureRandom RANDOM = new SecureRandom();

    private SaltChance() {}

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
