package org.pgreel.protocol.authentication;

/**
 * What a server keeps of a password: enough to check a client's proof and to sign, not enough to log in elsewhere.
 *
 * <p>Immutable; {@link #toString()} shows none of it.
 */
public final class ScramCredential {

    private final byte[] salt;
    private final int iterations;
    private final byte[] storedKey;
    private final byte[] serverKey;

    private ScramCredential(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
        this.salt = salt;
        this.iterations = iterations;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    /**
     * Makes the credential of a password; takes milliseconds.
     *
     * @param password the password, prepared here by {@link SaslPrep}
     * @param salt not empty; PostgreSQL takes 16 random bytes
     * @param iterations at least 1; PostgreSQL's default is {@link ScramSha256#ITERATIONS}
     */
    public static ScramCredential of(CharSequence password, byte[] salt, int iterations) {
        byte[] salted = SaltedPassword.derive(SaslPrep.passwordBytes(password), salt, iterations);
        byte[] storedKey = ScramKeys.storedKey(ScramKeys.clientKey(salted));
        return new ScramCredential(salt.clone(), iterations, storedKey, ScramKeys.serverKey(salted));
    }

    /**
     * Returns the same with another salt, to which no password belongs: for a user whom a server does not know, and who is not to
     * learn that.
     */
    public ScramCredential withSalt(byte[] otherSalt) {
        return new ScramCredential(otherSalt.clone(), iterations, storedKey, serverKey);
    }

    byte[] salt() {
        return salt;
    }

    int iterations() {
        return iterations;
    }

    byte[] storedKey() {
        return storedKey;
    }

    byte[] serverKey() {
        return serverKey;
    }

    @Override
    public String toString() {
        return "SCRAM-SHA-256 credential of " + iterations + " iterations";
    }
}
