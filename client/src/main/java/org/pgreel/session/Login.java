package org.pgreel.session;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.AuthenticationMethod;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionFailureReason.AuthenticationMethodRejected;
import org.pgreel.client.ConnectionFailureReason.ServerVerificationFailed;
import org.pgreel.client.ConnectionFailureReason.UnsupportedAuthenticationMethod;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.authentication.Md5Password;
import org.pgreel.protocol.authentication.OAuthBearer;
import org.pgreel.protocol.authentication.SaslPrep;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Client;
import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;

/**
 * Answers the server's authentication requests as the options allow.
 *
 * <p>What it refuses it refuses before a credential leaves the client. Its reasons go before the conversation's verdict,
 * because a server that does not prove itself says more than a message out of order.
 */
final class Login {

    private final ConnectOptions options;
    private final Chance chance;
    private final Route route;
    private final Outbound outbound;
    private final Dialogue dialogue;
    private final Effects effects;
    private AuthenticationMethod method = AuthenticationMethod.NONE;
    private @Nullable TlsSession tls;
    private @Nullable SaslExchange sasl;
    private final TokenLogin token;
    private boolean keyAwaited;
    private byte[] preparedPassword = new byte[0];

    Login(ConnectOptions options, Chance chance, Route route, Outbound outbound, Dialogue dialogue, Effects effects) {
        this.options = options;
        this.chance = chance;
        this.route = route;
        this.outbound = outbound;
        this.dialogue = dialogue;
        this.effects = effects;
        this.token = new TokenLogin(options, route, outbound, dialogue, effects);
    }

    /** Another connection begins. */
    void restart() {
        method = AuthenticationMethod.NONE;
        tls = null;
        sasl = null;
        token.restart();
        Arrays.fill(preparedPassword, (byte) 0);
        preparedPassword = new byte[0];
    }

    /** Returns the part that knows of tokens. */
    TokenLogin token() {
        return token;
    }

    /** Tells whether a key was asked for and has not come. */
    boolean awaitsKey() {
        return keyAwaited;
    }

    /** A key came, or failed to; whose it was does not matter. */
    void keyCame() {
        keyAwaited = false;
    }

    void tls(TlsSession session) {
        tls = session;
    }

    /**
     * Answers a request.
     *
     * @return whether the client is let in
     */
    boolean requested(AuthenticationRequest request) {
        if (outbound.collects()) {
            throw SessionEnd.violation(
                    request.name() + " came together with the request before it, whose answer was not sent yet");
        }
        if (request instanceof AuthenticationOk ok) {
            accept(ok);
            return true;
        }
        if (request instanceof AuthenticationSASLContinue challenge) {
            challenged(challenge);
        } else if (request instanceof AuthenticationSASLFinal signature) {
            concluded(signature);
        } else if (request instanceof AuthenticationSASL offer) {
            dialogue.heard(request);
            offered(offer);
        } else if (request instanceof AuthenticationCleartextPassword) {
            dialogue.heard(request);
            demand(AuthenticationMethod.PASSWORD);
            outbound.send(new PasswordMessage(clearPassword()));
        } else if (request instanceof AuthenticationMD5Password md5) {
            dialogue.heard(request);
            demand(AuthenticationMethod.MD5);
            byte[] password = clearPassword().getBytes(StandardCharsets.UTF_8);
            outbound.send(new PasswordMessage(
                    Md5Password.answer(options.user(), password, md5.salt().toArray())));
        } else {
            throw SessionEnd.failed(new UnsupportedAuthenticationMethod(request.name()));
        }
        return false;
    }

    private void accept(AuthenticationOk ok) {
        SaslExchange exchange = sasl;
        if (exchange != null && !exchange.isVerified()) {
            throw SessionEnd.failed(new ServerVerificationFailed("it let the client in without signing"));
        }
        if (method == AuthenticationMethod.OAUTH) {
            token.accepted();
        }
        demandPermitted(method);
        if (options.channelBinding() == ChannelBinding.REQUIRE && (exchange == null || !exchange.isBound())) {
            throw rejected(
                    "the server let the client in without channel binding, which channelBinding REQUIRE refuses");
        }
        dialogue.heard(ok);
    }

    /** The server asks for a password in a way that cannot be bound to the channel. */
    private void demand(AuthenticationMethod asked) {
        method = asked;
        demandPermitted(asked);
        if (options.channelBinding() == ChannelBinding.REQUIRE) {
            throw rejected("the server asks for " + asked.word() + ", which channelBinding REQUIRE refuses");
        }
    }

    private void demandPermitted(AuthenticationMethod asked) {
        if (!options.requireAuth().permits(asked, tls != null)) {
            String what = asked == AuthenticationMethod.NONE
                    ? "the server let the client in without asking for anything"
                    : "the server asks for " + asked.word() + (tls == null ? " over a connection without TLS" : "");
            throw rejected(what + ", which requireAuth (" + options.requireAuth() + ") refuses; nothing was sent");
        }
    }

    private void offered(AuthenticationSASL offer) {
        boolean plusOffered = offer.mechanisms().contains(ScramSha256.MECHANISM_PLUS);
        boolean plainOffered = offer.mechanisms().contains(ScramSha256.MECHANISM);
        Optional<Bytes> endPoint = options.channelBinding() == ChannelBinding.DISABLE || tls == null
                ? Optional.empty()
                : Optional.ofNullable(tls.endPointHash());
        if (!plusOffered && !plainOffered && offer.mechanisms().contains(OAuthBearer.MECHANISM)) {
            demand(AuthenticationMethod.OAUTH);
            demandVerifiedServer();
            token.begin();
            return;
        }
        boolean bind = plusOffered && endPoint.isPresent();
        if (!bind && !plainOffered) {
            throw SessionEnd.failed(new UnsupportedAuthenticationMethod("SASL without " + ScramSha256.MECHANISM));
        }
        method = AuthenticationMethod.SCRAM_SHA_256;
        demandPermitted(method);
        if (!bind && options.channelBinding() == ChannelBinding.REQUIRE) {
            throw rejected("the login cannot be bound to the channel, which channelBinding REQUIRE refuses: "
                    + (plusOffered ? "the certificate has no end-point hash" : "the server does not offer it"));
        }
        if (plusOffered && tls == null && options.channelBinding() != ChannelBinding.DISABLE) {
            // As libpq: the server believes in TLS, so something between the two has removed it.
            throw rejected("the server offers channel binding over a connection without TLS:"
                    + " something in between ends TLS; use channelBinding DISABLE if it is yours");
        }
        begin(bind ? endPoint : Optional.empty(), endPoint.isPresent() && !plusOffered);
    }

    /** A token is worth as much to whoever gets it as to us. */
    private void demandVerifiedServer() {
        boolean verified = options.sslMode().compareTo(SslMode.VERIFY_CA) >= 0
                || options.sslRootCertificate().isPresent();
        if (!verified && !options.requireAuth().permitsTokenToAnyServer()) {
            throw rejected("the server asks for an OAuth token, and its certificate was not verified: use sslmode"
                    + " verify-full, or ask for oauth by requireAuth; nothing was sent");
        }
    }

    private void begin(Optional<Bytes> endPoint, boolean notOffered) {
        String nonce = chance.nonce();
        ScramSha256Client client = endPoint.map(hash -> ScramSha256Client.bound(nonce, hash.toArray()))
                .orElseGet(() ->
                        notOffered ? ScramSha256Client.bindingNotOffered(nonce) : ScramSha256Client.unbound(nonce));
        char[] password = requirePassword();
        preparedPassword = SaslPrep.passwordBytes(CharBuffer.wrap(password));
        Arrays.fill(password, '\0');
        sasl = new SaslExchange(client, endPoint.isPresent(), options.scramIterationsMax());
        outbound.send(new SASLInitialResponse(client.mechanism(), Bytes.wrap(client.firstMessage())));
    }

    private void challenged(AuthenticationSASLContinue message) {
        if (token.underWay()) {
            token.challenged(message);
            return;
        }
        SaslExchange exchange = sasl;
        if (exchange == null) {
            dialogue.heard(message);
            throw SessionEnd.violation("AuthenticationSASLContinue before any SASL exchange");
        }
        ScramSha256Client.Challenge challenge =
                exchange.challenged(message.data().toArray());
        dialogue.heard(message);
        keyAwaited = true;
        effects.deriveKey(preparedPassword, challenge.salt(), challenge.iterations());
        preparedPassword = new byte[0];
    }

    /** The key that a challenge asked for has come. */
    void keyDerived(byte[] saltedPassword) {
        SaslExchange exchange = sasl;
        if (exchange == null) {
            throw new IllegalStateException("no key was asked for");
        }
        byte[] answer = exchange.derived(saltedPassword);
        Arrays.fill(saltedPassword, (byte) 0);
        outbound.send(new SASLResponse(Bytes.wrap(answer)));
    }

    private void concluded(AuthenticationSASLFinal message) {
        SaslExchange exchange = sasl;
        if (exchange == null) {
            dialogue.heard(message);
            throw SessionEnd.violation("AuthenticationSASLFinal before any SASL exchange");
        }
        exchange.concluded(message.data().toArray());
        dialogue.heard(message);
    }

    private String clearPassword() {
        char[] password = requirePassword();
        String text = new String(password);
        Arrays.fill(password, '\0');
        if (text.indexOf('\0') >= 0) {
            throw rejected("the password holds a NUL, which cannot be sent");
        }
        return text;
    }

    private char[] requirePassword() {
        Optional<char[]> password;
        try {
            password = options.password(route.current());
        } catch (RuntimeException e) {
            throw rejected("the server asks for a password, and the one who should give it failed: "
                    + e.getClass().getSimpleName());
        }
        return password.orElseThrow(() -> rejected("the server asks for a password, and none was given: "
                + options.passwordFile()
                        .flatMap(file -> file.passedOver().map(why -> "the password file " + file.path() + " " + why))
                        .orElse("call password(…)")));
    }

    private static SessionEnd rejected(String detail) {
        return SessionEnd.failed(new AuthenticationMethodRejected(detail));
    }
}
