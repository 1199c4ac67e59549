package org.pgreel.replay.play;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.authentication.ScramException;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Server;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.Entropy;

/**
 * One SCRAM exchange of a scripted server: honest arithmetic, of which a script may falsify any attribute.
 *
 * <p>A key is derived only when the client's proof is checked, so that a script may announce any number of iterations.
 */
final class ScramPlay {
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 18;
    /** More than this a server does not compute to check a proof; a script that asks for more wants to be refused. */
    private static final int DERIVED_AT_MOST = 1_000_000;

    private final String password;
    private final Entropy entropy;
    private final Phrases phrases;
    private String mechanism = ScramSha256.MECHANISM;
    private @Nullable Bytes clientFirst;
    private @Nullable String serverFirst;
    private byte[] salt = new byte[0];
    private String nonce = "";
    private String iterations;
    private @Nullable String serverFinal;

    ScramPlay(String password, int iterations, Entropy entropy, Phrases phrases) {
        this.phrases = phrases;
        this.password = password;
        this.iterations = String.valueOf(iterations);
        this.entropy = entropy;
    }

    /** The client picked a mechanism and sent its first message. */
    void begun(String newMechanism, Bytes newClientFirst) {
        mechanism = newMechanism;
        clientFirst = newClientFirst;
    }

    /**
     * Returns server-first.
     *
     * @param changes {@code iterations}, {@code salt} (base64 as it stands) and {@code nonce} (the whole, instead of the
     *     client's with ours), {@code extra} behind it
     */
    Bytes serverFirst(Map<String, String> changes) {
        salt = entropy.bytes(SALT_BYTES);
        nonce = changes.containsKey("server-nonce")
                ? changes.get("server-nonce")
                : Base64.getEncoder().encodeToString(entropy.bytes(NONCE_BYTES));
        String saltText = Base64.getEncoder().encodeToString(salt);
        if (changes.containsKey("salt")) {
            saltText = changes.get("salt");
            salt = decoded(saltText);
        }
        iterations = changes.getOrDefault("iterations", iterations);
        String combined = changes.getOrDefault("nonce", clientNonce() + nonce);
        String text = "r=" + combined + ",s=" + saltText + ",i=" + iterations + changes.getOrDefault("extra", "");
        serverFirst = text;
        return Bytes.utf8(text);
    }

    /**
     * Checks client-final.
     *
     * @param endPointHash the hash of this server's certificate when the mechanism binds to it, else null
     * @return null when the client knows the password, else what is wrong with it, in a sentence without secrets
     */
    @Nullable
    String refusal(Bytes clientFinal, @Nullable Bytes endPointHash) {
        Bytes first = clientFirst;
        if (first == null || serverFirst == null) {
            return "there was no SCRAM exchange for this answer";
        }
        int rounds = rounds();
        if (rounds < 1 || salt.length == 0) {
            return null;
        }
        ScramCredential credential = phrases.credential(password, salt, rounds);
        ScramSha256Server server = mechanism.equals(ScramSha256.MECHANISM_PLUS) && endPointHash != null
                ? ScramSha256Server.withBinding(credential, nonce, endPointHash.toArray())
                : ScramSha256Server.unbound(credential, nonce);
        try {
            byte[] signed = server.challenge(mechanism, first.toArray()).verify(clientFinal.toArray());
            serverFinal = new String(signed, StandardCharsets.UTF_8);
            return null;
        } catch (ScramException wrong) {
            return wrong.getMessage();
        }
    }

    /**
     * Returns server-final.
     *
     * @param changes {@code signature}: {@code forged} for one that is well-formed and wrong, or a text as it stands
     */
    Bytes serverFinal(Map<String, String> changes) {
        String signature = changes.get("signature");
        String honest = serverFinal;
        if (signature == null && honest != null) {
            return Bytes.utf8(honest);
        }
        boolean forged = signature == null || signature.equals("forged");
        return Bytes.utf8("v=" + (forged ? Base64.getEncoder().encodeToString(new byte[32]) : signature));
    }

    private int rounds() {
        try {
            int number = Integer.parseInt(iterations);
            return number <= DERIVED_AT_MOST ? number : 0;
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private String clientNonce() {
        String text = clientFirst == null ? "" : clientFirst.text();
        int at = text.indexOf(",r=");
        if (at < 0) {
            return "";
        }
        int end = text.indexOf(',', at + 1);
        return text.substring(at + 3, end < 0 ? text.length() : end);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
