package org.pgreel.replay.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.authentication.ScramSha256;

/**
 * What SCRAM keeps of each password. It is made once, when the replay starts, as a server makes it when the password is set: it
 * takes milliseconds and has no place on an event loop. A user who may not log in has a salt too, always the same, as on a server.
 */
final class ScramCredentials {
    private static final int SALT_BYTES = 16;

    private final Accounts accounts;
    private final Map<String, ScramCredential> known = new HashMap<>();
    private final @Nullable ScramCredential anyone;
    private final ScramCredential nobody;

    ScramCredentials(Accounts accounts, Entropy entropy) {
        this.accounts = accounts;
        accounts.users().forEach((user, password) -> known.put(user, made(password, entropy)));
        this.anyone = accounts.anyone() == null ? null : made(accounts.anyone(), entropy);
        this.nobody = made(accounts.of("").password() + "nobody", entropy);
    }

    private static ScramCredential made(String password, Entropy entropy) {
        return ScramCredential.of(password, entropy.bytes(SALT_BYTES), ScramSha256.ITERATIONS);
    }

    ScramCredential of(String user) {
        ScramCredential own = known.getOrDefault(user, anyone);
        return own == null ? nobody.withSalt(salt(accounts.secretOf(user))) : own;
    }

    private static byte[] salt(byte[] secret) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(secret), SALT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
