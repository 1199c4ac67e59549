package org.pgreel.protocol.authentication;

import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The key derivation of SCRAM ({@code Hi} of RFC 5802, which is PBKDF2 with HMAC-SHA-256 and one block).
 *
 * <p>It is a step of its own because it takes milliseconds, so a caller runs it where nobody waits.
 */
public final class SaltedPassword {

    /** The length of a derived key, in bytes. */
    public static final int LENGTH = 32;

    private SaltedPassword() {}

    /**
     * Derives the key.
     *
     * @param password the prepared password ({@link SaslPrep#passwordBytes}); not changed
     * @param salt the salt; not empty
     * @param iterations how often, at least 1
     * @return the key, {@value #LENGTH} bytes
     */
    public static byte[] derive(byte[] password, byte[] salt, int iterations) {
        if (salt.length == 0 || iterations < 1) {
            throw new IllegalArgumentException("a key needs a salt and at least one iteration");
        }
        // An empty key is legal for HMAC and equals one of zero bytes up to the block, but SecretKeySpec refuses it.
        Mac mac = Hashes.hmacWith(password.length == 0 ? new byte[1] : password);
        mac.update(salt);
        mac.update(new byte[] {0, 0, 0, 1});
        byte[] block = mac.doFinal();
        byte[] key = block.clone();
        for (int i = 1; i < iterations; i++) {
            block = mac.doFinal(block);
            for (int at = 0; at < key.length; at++) {
                key[at] ^= block[at];
            }
        }
        Arrays.fill(block, (byte) 0);
        return key;
    }
}
