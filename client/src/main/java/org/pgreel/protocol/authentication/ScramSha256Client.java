package org.pgreel.protocol.authentication;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The client's side of SCRAM-SHA-256(-PLUS): each step is a value that leads to the next.
 *
 * <pre>
 *   client  firstMessage()                 →
 *           {@link Challenge}                       ←  server-first
 *           {@link SaltedPassword#derive}              takes milliseconds
 *           {@link Proof#message()}                 →
 *           {@link Proof#verify}                    ←  server-final: only now has the server proved itself
 * </pre>
 *
 * <p>The user's name is left empty, as in libpq: PostgreSQL takes it from the StartupMessage. Immutable.
 */
public final class ScramSha256Client {

    private final Gs2Header header;
    private final byte[] channelBinding;
    private final String nonce;

    private ScramSha256Client(Gs2Header header, byte[] channelBinding, String nonce) {
        ScramSha256.requireNonce(nonce);
        this.header = header;
        this.channelBinding = channelBinding;
        this.nonce = nonce;
    }

    /**
     * Begins an exchange that is not bound to the channel, because there is no TLS or binding is not wanted.
     *
     * @param nonce printable, unguessable, never used before
     */
    public static ScramSha256Client unbound(String nonce) {
        return new ScramSha256Client(Gs2Header.NONE, new byte[0], nonce);
    }

    /**
     * Begins an exchange that is not bound because the server does not offer it; a server that did offer it, and whose
     * offer was struck out on the way, refuses.
     *
     * @param nonce printable, unguessable, never used before
     */
    public static ScramSha256Client bindingNotOffered(String nonce) {
        return new ScramSha256Client(Gs2Header.NOT_OFFERED, new byte[0], nonce);
    }

    /**
     * Begins an exchange bound to the server's certificate.
     *
     * @param nonce printable, unguessable, never used before
     * @param endPointHash the {@code tls-server-end-point} data of RFC 5929
     */
    public static ScramSha256Client bound(String nonce, byte[] endPointHash) {
        return new ScramSha256Client(Gs2Header.TLS_SERVER_END_POINT, endPointHash.clone(), nonce);
    }

    /** Returns the mechanism to pick in SASLInitialResponse. */
    public String mechanism() {
        return header == Gs2Header.TLS_SERVER_END_POINT ? ScramSha256.MECHANISM_PLUS : ScramSha256.MECHANISM;
    }

    /** Returns client-first, the data of SASLInitialResponse. */
    public byte[] firstMessage() {
        return (header.text() + firstBare()).getBytes(StandardCharsets.UTF_8);
    }

    private String firstBare() {
        return "n=,r=" + nonce;
    }

    /**
     * Reads server-first, the data of AuthenticationSASLContinue.
     *
     * @param serverFirst what the server sent
     * @param iterationsMax the most iterations that this client does
     * @return what the server asks
     * @throws ScramException if it is malformed, its nonce does not extend ours, or it asks for too much
     */
    public Challenge challenge(byte[] serverFirst, int iterationsMax) {
        ScramAttributes attributes = ScramAttributes.of("server-first", serverFirst);
        String combined = attributes.nextNonce();
        if (!combined.startsWith(nonce) || combined.length() == nonce.length()) {
            throw new ScramException(ScramException.Kind.NONCE, "the server's nonce does not extend the client's");
        }
        byte[] salt = attributes.base64(attributes.next('s'), ScramException.Kind.SALT, "the salt");
        if (salt.length == 0) {
            throw new ScramException(ScramException.Kind.SALT, "the server's salt is empty");
        }
        int iterations = iterations(attributes.next('i'), iterationsMax);
        return new Challenge(this, new String(serverFirst, StandardCharsets.UTF_8), combined, salt, iterations);
    }

    private static int iterations(String value, int iterationsMax) {
        boolean number =
                !value.isEmpty() && value.length() <= 10 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        long iterations = number ? Long.parseLong(value) : 0;
        if (iterations < 1) {
            throw new ScramException(ScramException.Kind.ITERATIONS, "the count of iterations is no positive number");
        }
        if (iterations > iterationsMax) {
            throw new ScramException(
                    ScramException.Kind.ITERATIONS,
                    "the server asks for " + iterations + " iterations, more than the " + iterationsMax
                            + " that scramIterationsMax allows");
        }
        return (int) iterations;
    }

    private String bindingAttribute() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(header.text().getBytes(StandardCharsets.UTF_8));
        data.writeBytes(channelBinding);
        return "c=" + Base64.getEncoder().encodeToString(data.toByteArray());
    }

    /** What the server asks in server-first: derive a key of the password with this salt, so many times. Immutable. */
    public static final class Challenge {
        private final ScramSha256Client client;
        private final String serverFirst;
        private final String combinedNonce;
        private final byte[] salt;
        private final int iterations;

        private Challenge(
                ScramSha256Client client, String serverFirst, String combinedNonce, byte[] salt, int iterations) {
            this.client = client;
            this.serverFirst = serverFirst;
            this.combinedNonce = combinedNonce;
            this.salt = salt;
            this.iterations = iterations;
        }

        /** Returns a copy of the salt. */
        public byte[] salt() {
            return salt.clone();
        }

        /** Returns the count of iterations. */
        public int iterations() {
            return iterations;
        }

        /**
         * Answers with the derived key.
         *
         * @param saltedPassword what {@link SaltedPassword#derive} gave for this salt and count; not changed
         */
        public Proof answer(byte[] saltedPassword) {
            String withoutProof = client.bindingAttribute() + ",r=" + combinedNonce;
            String authMessage = client.firstBare() + "," + serverFirst + "," + withoutProof;
            byte[] clientKey = ScramKeys.clientKey(saltedPassword);
            byte[] signature = ScramKeys.signature(ScramKeys.storedKey(clientKey), authMessage);
            String proof = Base64.getEncoder().encodeToString(ScramKeys.xor(clientKey, signature));
            byte[] expected = ScramKeys.signature(ScramKeys.serverKey(saltedPassword), authMessage);
            return new Proof((withoutProof + ",p=" + proof).getBytes(StandardCharsets.UTF_8), expected);
        }
    }

    /** The client's proof, and the signature with which a true server answers it. Immutable. */
    public static final class Proof {
        private final byte[] message;
        private final byte[] expectedSignature;

        private Proof(byte[] message, byte[] expectedSignature) {
            this.message = message;
            this.expectedSignature = expectedSignature;
        }

        /** Returns client-final, the data of SASLResponse. */
        public byte[] message() {
            return message.clone();
        }

        /**
         * Checks server-final, the data of AuthenticationSASLFinal.
         *
         * @param serverFinal what the server sent
         * @throws ScramException if it is malformed, an error, or not the signature of a server that knows the password
         */
        public void verify(byte[] serverFinal) {
            ScramAttributes attributes = ScramAttributes.of("server-final", serverFinal);
            if (attributes.nextIf('e').isPresent()) {
                throw new ScramException(ScramException.Kind.SERVER_ERROR, "the server ended the exchange by an error");
            }
            byte[] signature =
                    attributes.base64(attributes.next('v'), ScramException.Kind.SIGNATURE, "the server's signature");
            if (!MessageDigest.isEqual(expectedSignature, signature)) {
                throw new ScramException(ScramException.Kind.SIGNATURE, "the server's signature is wrong");
            }
        }
    }
}
