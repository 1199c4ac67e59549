package org.pgreel.replay.engine;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Server;
import org.pgreel.protocol.wire.Bytes;

/**
 * Begins the logins of a replay.
 *
 * <p>What SCRAM keeps of the password is made once, when the replay starts, as a server makes it when the password is
 * set: it takes milliseconds and has no place on an event loop.
 */
final class Authenticator {
    private static final int SCRAM_SALT_BYTES = 16;
    private static final int SCRAM_NONCE_BYTES = 18;
    private static final int MD5_SALT_BYTES = 4;

    private final ReplaySettings settings;
    private final Entropy entropy;
    private final @Nullable ScramCredential credential;

    Authenticator(ReplaySettings settings, Entropy entropy) {
        this.settings = settings;
        this.entropy = entropy;
        this.credential = settings.authentication() == AuthenticationMethod.SCRAM_SHA_256
                ? ScramCredential.of(settings.password(), entropy.bytes(SCRAM_SALT_BYTES), ScramSha256.ITERATIONS)
                : null;
    }

    /**
     * Begins the login of a user.
     *
     * @param endPointHash what the login may be bound to; null without TLS
     * @return the exchange; null if everybody is let in
     */
    @Nullable
    PasswordExchange begin(String user, @Nullable Bytes endPointHash) {
        boolean known = settings.user() == null || settings.user().equals(user);
        var account = new Account(user, settings.password(), known);
        return switch (settings.authentication()) {
            case TRUST -> null;
            case PASSWORD -> new CleartextExchange(account);
            case MD5 -> new Md5Exchange(account, entropy.bytes(MD5_SALT_BYTES));
            case SCRAM_SHA_256 -> scram(account, endPointHash);
        };
    }

    private PasswordExchange scram(Account account, @Nullable Bytes endPointHash) {
        if (credential == null) {
            throw new IllegalStateException("There is no SCRAM credential without SCRAM");
        }
        String nonce = Base64.getEncoder().encodeToString(entropy.bytes(SCRAM_NONCE_BYTES));
        ScramSha256Server server = endPointHash == null
                ? ScramSha256Server.unbound(credential, nonce)
                : ScramSha256Server.withBinding(credential, nonce, endPointHash.toArray());
        return new ScramExchange(account, server, endPointHash != null);
    }
}
