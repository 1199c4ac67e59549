package org.pgreel.recorder.proxy;

import java.security.SecureRandom;
import java.util.Base64;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.authentication.ScramSha256;

/**
 * Whom the proxy logs in as itself, with what it needs to check that a client knows the same password. Immutable.
 *
 * @param user the role
 * @param password its password
 * @param scram what a client's proof is checked with
 */
record ProxyCredential(String user, String password, ScramCredential scram) {

    private static final SecureRandom CHANCE = new SecureRandom();
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 18;

    /** Makes the credential of a login; takes milliseconds. */
    static ProxyCredential of(ProxyLogin login) {
        byte[] salt = new byte[SALT_BYTES];
        CHANCE.nextBytes(salt);
        return new ProxyCredential(
                login.user(), login.password(), ScramCredential.of(login.password(), salt, ScramSha256.ITERATIONS));
    }

    /** Returns characters that nobody can guess, never the same. */
    String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        CHANCE.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "ProxyCredential[user=" + user + "]";
    }
}
