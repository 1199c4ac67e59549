package org.pgreel.client;

import java.nio.CharBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.connect.PasswordFile;
import org.pgreel.protocol.authentication.ScramSha256;

/**
 * The part of {@link ConnectOptionsBuilder} that says how the client proves who it is, and what it takes part in.
 *
 * @param <B> the builder
 */
abstract class LoginChoices<B extends LoginChoices<B>> extends TlsChoices<B> {

    @Nullable
    Supplier<char[]> password;

    @Nullable
    PasswordFile passwordFile;

    ChannelBinding channelBinding = ChannelBinding.PREFER;
    RequireAuth requireAuth = RequireAuth.standard();
    int scramIterationsMax = ScramSha256.ITERATIONS_MAX;

    @Nullable
    OAuthTokenProvider oauthToken;

    OAuthRequest.OAuthSettings oauthSettings = OAuthRequest.OAuthSettings.NONE;

    LoginChoices() {}

    /** Sets the password. */
    public B password(String password) {
        return password(password.toCharArray());
    }

    /** Sets the password; a copy is kept. */
    public B password(char[] password) {
        char[] copy = password.clone();
        Checked.refuseNul("the password", CharBuffer.wrap(copy));
        return password(() -> copy);
    }

    /** Sets where the password comes from; it is asked on the session's event loop when the server asks. */
    public B password(Supplier<char[]> password) {
        this.password = Objects.requireNonNull(password, "password");
        return self();
    }

    /** Sets the file that holds the password if none is given: by host, port, database and user. */
    public B passwordFile(PasswordFile file) {
        this.passwordFile = Objects.requireNonNull(file, "file");
        return self();
    }

    /** Sets who gives the token if the server asks for one (OAUTHBEARER); see {@link RequireAuth#standard()}. */
    public B oauthToken(OAuthTokenProvider provider) {
        this.oauthToken = Objects.requireNonNull(provider, "provider");
        return self();
    }

    /** Sets what the one who gives the token is told of issuer, client and scope. */
    public B oauthSettings(OAuthRequest.OAuthSettings settings) {
        this.oauthSettings = Objects.requireNonNull(settings, "settings");
        return self();
    }

    /** Sets whether the login must be bound to the TLS channel; the standard is {@link ChannelBinding#PREFER}. */
    public B channelBinding(ChannelBinding binding) {
        this.channelBinding = Objects.requireNonNull(binding, "binding");
        return self();
    }

    /** Sets which authentication methods the client takes part in; see {@link RequireAuth#standard()}. */
    public B requireAuth(RequireAuth policy) {
        this.requireAuth = Objects.requireNonNull(policy, "policy");
        return self();
    }

    /** Sets the most SCRAM iterations that the client does; 100,000 unless set. */
    public B scramIterationsMax(int iterations) {
        this.scramIterationsMax = Checked.atLeastOne("scramIterationsMax", iterations);
        return self();
    }
}
