package org.pgreel.recorder.redaction;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Permutes the numbers below any bound: a Feistel network over HMAC-SHA-256 whose results are put in again until they lie
 * below the bound, so that no two numbers meet. Confined to one thread.
 */
final class KeyedPermutation {

    private static final int ROUNDS = 10;

    private final Mac mac;

    KeyedPermutation(RedactionKey key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC-SHA-256, which every Java has to have.", e);
        }
    }

    /**
     * Returns what a number becomes.
     *
     * @param number at least 0 and below the bound
     * @param bound how many numbers there are
     * @param tweak which of the permutations of so many numbers
     */
    BigInteger permuted(BigInteger number, BigInteger bound, String tweak) {
        byte[] prefix = (bound.toString(16) + ' ' + tweak).getBytes(StandardCharsets.UTF_8);
        int half = Math.max(1, (bound.subtract(BigInteger.ONE).bitLength() + 1) / 2);
        BigInteger result = number;
        do {
            result = once(result, half, prefix);
        } while (result.compareTo(bound) >= 0);
        return result;
    }

    private BigInteger once(BigInteger number, int half, byte[] prefix) {
        BigInteger mask = BigInteger.ONE.shiftLeft(half).subtract(BigInteger.ONE);
        BigInteger left = number.shiftRight(half);
        BigInteger right = number.and(mask);
        for (int round = 0; round < ROUNDS; round++) {
            BigInteger mixed = left.xor(scrambled(right, round, half, prefix).and(mask));
            left = right;
            right = mixed;
        }
        return left.shiftLeft(half).or(right);
    }

    private BigInteger scrambled(BigInteger number, int round, int half, byte[] prefix) {
        byte[] stream = new byte[(half + 255) / 256 * 32];
        for (int at = 0; at < stream.length; at += 32) {
            mac.update(prefix);
            mac.update(ByteBuffer.allocate(9)
                    .put((byte) round)
                    .putInt(at)
                    .putInt(half)
                    .array());
            mac.update(number.toByteArray());
            System.arraycopy(mac.doFinal(), 0, stream, at, 32);
        }
        return new BigInteger(1, stream);
    }
}
