package org.pgreel.protocol.authentication;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of SCRAM-SHA-256(-PLUS): checks the client's proof and channel binding, and signs.
 *
 * <p>Each step is a value that leads to the next. Its rules of channel binding are PostgreSQL's. Immutable.
 */
public final class ScramSha256Server {

    private final ScramCredential credential;
    private final String nonce;
    private final byte @Nullable [] endPointHash;

    private ScramSha256Server(ScramCredential credential, String nonce, byte @Nullable [] endPointHash) {
        ScramSha256.requireNonce(nonce);
        this.credential = credential;
        this.nonce = nonce;
        this.endPointHash = endPointHash;
    }

    /**
     * Begins an exchange on a connection without TLS, or where only {@link ScramSha256#MECHANISM} was offered.
     *
     * @param credential the user's
     * @param nonce what the server adds to the client's nonce: printable, unguessable, never used before
     */
    public static ScramSha256Server unbound(ScramCredential credential, String nonce) {
        return new ScramSha256Server(credential, nonce, null);
    }

    /**
     * Begins an exchange inside TLS where both mechanisms were offered.
     *
     * @param credential the user's
     * @param nonce what the server adds to the client's nonce: printable, unguessable, never used before
     * @param endPointHash the {@code tls-server-end-point} data of the server's own certificate
     */
    public static ScramSha256Server withBinding(ScramCredential credential, String nonce, byte[] endPointHash) {
        return new ScramSha256Server(credential, nonce, endPointHash.clone());
    }

    /**
     * Reads client-first, the data of SASLInitialResponse.
     *
     * @param mechanism the mechanism that the client picked
     * @param clientFirst what the client sent
     * @throws ScramException if it is malformed, or its channel binding does not fit what was offered
     */
    public Challenge challenge(String mechanism, byte[] clientFirst) {
        boolean plus = mechanism.equals(ScramSha256.MECHANISM_PLUS);
        boolean offered = plus ? endPointHash != null : mechanism.equals(ScramSha256.MECHANISM);
        if (!offered) {
            throw new ScramException(ScramException.Kind.MALFORMED, "the client picked a mechanism not offered");
        }
        ScramAttributes attributes = ScramAttributes.of("client-first", clientFirst);
        Gs2Header header = header(attributes, plus);
        String firstBare = attributes.rest();
        attributes.next('n');
        String combined = attributes.nextNonce() + nonce;
        String serverFirst = "r=" + combined + ",s=" + Base64.getEncoder().encodeToString(credential.salt()) + ",i="
                + credential.iterations();
        return new Challenge(this, header, firstBare, combined, serverFirst);
    }

    private Gs2Header header(ScramAttributes attributes, boolean plus) {
        for (Gs2Header header : Gs2Header.values()) {
            if (attributes.skip(header.text())) {
                if (plus != (header == Gs2Header.TLS_SERVER_END_POINT)) {
                    throw binding("the client's words on channel binding do not fit the mechanism that it picked");
                }
                if (header == Gs2Header.NOT_OFFERED && endPointHash != null) {
                    throw binding("the client believes that channel binding was not offered, but it was");
                }
                return header;
            }
        }
        throw attributes.malformed("does not begin with n,, or y,, or p=tls-server-end-point,,");
    }

    private static ScramException binding(String message) {
        return new ScramException(ScramException.Kind.CHANNEL_BINDING, message);
    }

    private byte[] expectedBinding(Gs2Header header) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(header.text().getBytes(StandardCharsets.UTF_8));
        if (header == Gs2Header.TLS_SERVER_END_POINT && endPointHash != null) {
            data.writeBytes(endPointHash);
        }
        return data.toByteArray();
    }

    /** The server's challenge, and what the client must answer it with. Immutable. */
    public static final class Challenge {
        private final ScramSha256Server server;
        private final Gs2Header header;
        private final String firstBare;
        private final String combinedNonce;
        private final String serverFirst;

        private Challenge(
                ScramSha256Server server,
                Gs2Header header,
                String firstBare,
                String combinedNonce,
                String serverFirst) {
            this.server = server;
            this.header = header;
            this.firstBare = firstBare;
            this.combinedNonce = combinedNonce;
            this.serverFirst = serverFirst;
        }

        /** Returns server-first, the data of AuthenticationSASLContinue. */
        public byte[] message() {
            return serverFirst.getBytes(StandardCharsets.UTF_8);
        }

        /**
         * Checks client-final, the data of SASLResponse.
         *
         * @param clientFinal what the client sent
         * @return server-final, the data of AuthenticationSASLFinal, which proves that the server knows the password
         * @throws ScramException if it is malformed, bound to another channel, or the proof is wrong
         */
        public byte[] verify(byte[] clientFinal) {
            ScramAttributes attributes = ScramAttributes.of("client-final", clientFinal);
            byte[] bound =
                    attributes.base64(attributes.next('c'), ScramException.Kind.CHANNEL_BINDING, "the channel binding");
            if (!Arrays.equals(bound, server.expectedBinding(header))) {
                throw binding("the client is bound to another channel");
            }
            if (!attributes.nextNonce().equals(combinedNonce)) {
                throw new ScramException(ScramException.Kind.NONCE, "the client did not repeat the nonce");
            }
            byte[] proof = attributes.base64(attributes.next('p'), ScramException.Kind.PROOF, "the proof");
            String whole = new String(clientFinal, StandardCharsets.UTF_8);
            String withoutProof = whole.substring(0, whole.lastIndexOf(",p="));
            String authMessage = firstBare + "," + serverFirst + "," + withoutProof;
            checkProof(proof, authMessage);
            byte[] signature = ScramKeys.signature(server.credential.serverKey(), authMessage);
            return ("v=" + Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.UTF_8);
        }

        private void checkProof(byte[] proof, String authMessage) {
            byte[] storedKey = server.credential.storedKey();
            boolean right = proof.length == storedKey.length
                    && MessageDigest.isEqual(
                            ScramKeys.storedKey(ScramKeys.xor(proof, ScramKeys.signature(storedKey, authMessage))),
                            storedKey);
            if (!right) {
                throw new ScramException(ScramException.Kind.PROOF, "the client's proof is wrong");
            }
        }
    }
}
