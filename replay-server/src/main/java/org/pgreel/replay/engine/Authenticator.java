package org.pgreel.replay.engine;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.authentication.ScramSha256Server;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.wire.Bytes;

/** Begins the logins of a replay. */
final class Authenticator {
    private static final int SCRAM_NONCE_BYTES = 18;
    private static final int MD5_SALT_BYTES = 4;

    private final ReplaySettings settings;
    private final Entropy entropy;
    private final Accounts accounts;
    private final @Nullable ScramCredentials credentials;

    Authenticator(ReplaySettings settings, Entropy entropy) {
        this.settings = settings;
        this.entropy = entropy;
        this.accounts = settings.accounts(entropy);
        this.credentials = settings.authentication() == AuthenticationMethod.SCRAM_SHA_256
                ? new ScramCredentials(accounts, entropy)
                : null;
    }

    /**
     * Returns why a client is turned away before it is asked anything; null if it is not.
     *
     * @param user who it says that it is
     * @param connection its connection
     */
    @Nullable
    ErrorResponse refusal(String user, ReplayConnection connection) {
        if (settings.clientCertificates() == ClientCertificates.NOT_ASKED) {
            return null;
        }
        if (!connection.tlsStarted()) {
            String host = connection.log().client().replaceFirst(":\\d+$", "");
            return Refusals.noEntry(host, user, connection.startup().getOrDefault("database", user));
        }
        String certified = connection.certified();
        if (certified == null) {
            return Refusals.noCertificate();
        }
        boolean named = settings.clientCertificates() == ClientCertificates.VERIFIED || certified.equals(user);
        return named ? null : Refusals.certificateFailed(user);
    }

    /**
     * Begins the login of a user.
     *
     * @param endPointHash what the login may be bound to; null without TLS
     * @return the exchange; null if everybody is let in
     */
    @Nullable
    PasswordExchange begin(String user, @Nullable Bytes endPointHash) {
        Account account = accounts.of(user);
        return switch (settings.authentication()) {
            case TRUST -> null;
            case PASSWORD -> new CleartextExchange(account);
            case MD5 -> new Md5Exchange(account, entropy.bytes(MD5_SALT_BYTES));
            case SCRAM_SHA_256 -> scram(account, endPointHash);
        };
    }

    private PasswordExchange scram(Account account, @Nullable Bytes endPointHash) {
        if (credentials == null) {
            throw new IllegalStateException("There is no SCRAM credential without SCRAM");
        }
        String nonce = Base64.getEncoder().encodeToString(entropy.bytes(SCRAM_NONCE_BYTES));
        ScramCredential credential = credentials.of(account.user());
        ScramSha256Server server = endPointHash == null
                ? ScramSha256Server.unbound(credential, nonce)
                : ScramSha256Server.withBinding(credential, nonce, endPointHash.toArray());
        return new ScramExchange(account, server, endPointHash != null);
    }
}
