package org.pgreel.transport;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.SaltedPassword;

/**
 * Derives SCRAM's keys away from the event loops and remembers the last ones: a pool of connections logs in with the
 * same password and salt again and again, and each derivation takes a millisecond at PostgreSQL's usual 4,096
 * iterations.
 *
 * <p>A password is not kept: the keys are found by a hash of password, salt and iterations under a random key of this
 * process. Thread-safe.
 */
final class KeyDerivation {
    /** One key for each of the roles and servers that a program usually talks to. */
    private static final int REMEMBERED_MAX = 64;

    private final Executor executor;
    private final byte[] fingerprintKey = new byte[32];
    private final Map<Fingerprint, byte[]> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, byte[]> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    KeyDerivation(Executor executor) {
        this.executor = executor;
        new SecureRandom().nextBytes(fingerprintKey);
    }

    /**
     * Derives a key on the executor.
     *
     * @param derived called on a thread of the executor with the key, which is the caller's own copy
     * @param failed called on a thread of the executor with the failure
     * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down or full
     */
    void derive(byte[] password, byte[] salt, int iterations, Consumer<byte[]> derived, Consumer<Throwable> failed) {
        executor.execute(() -> {
            byte[] key;
            try {
                key = derived(password, salt, iterations);
            } catch (GeneralSecurityException | RuntimeException failure) {
                failed.accept(failure);
                return;
            }
            derived.accept(key);
        });
    }

    private byte[] derived(byte[] password, byte[] salt, int iterations) throws GeneralSecurityException {
        Fingerprint fingerprint = fingerprint(password, salt, iterations);
        byte[] known;
        synchronized (remembered) {
            known = remembered.get(fingerprint);
        }
        if (known != null) {
            return known.clone();
        }
        byte[] key = SaltedPassword.derive(password, salt, iterations);
        synchronized (remembered) {
            remembered.put(fingerprint, key.clone());
        }
        return key;
    }

    private Fingerprint fingerprint(byte[] password, byte[] salt, int iterations) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(fingerprintKey, "HmacSHA256"));
        for (int part : new int[] {iterations, salt.length}) {
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part).array());
        }
        mac.update(salt);
        return new Fingerprint(mac.doFinal(password));
    }

    /** A hash that can be looked up. */
    private static final class Fingerprint {
        private final byte[] hash;

        Fingerprint(byte[] hash) {
            this.hash = hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Fingerprint that && MessageDigest.isEqual(hash, that.hash);
        }

        @Override
        public int hashCode() {
            return ByteBuffer.wrap(hash).getInt();
        }
    }
}
