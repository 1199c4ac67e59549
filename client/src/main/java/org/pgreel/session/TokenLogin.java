package org.pgreel.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionFailureReason.AuthenticationMethodRejected;
import org.pgreel.client.OAuthRequest;
import org.pgreel.client.OAuthTokenProvider;
import org.pgreel.protocol.authentication.OAuthBearer;
import org.pgreel.protocol.authentication.OAuthRefusal;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;

/** A login by OAUTHBEARER (RFC 7628): the token is asked for, sent once, and forgotten. */
final class TokenLogin {

    private final ConnectOptions options;
    private final Route route;
    private final Outbound outbound;
    private final Dialogue dialogue;
    private final Effects effects;
    private @Nullable OAuthRequest awaited;
    private boolean sent;
    private boolean refused;

    TokenLogin(ConnectOptions options, Route route, Outbound outbound, Dialogue dialogue, Effects effects) {
        this.options = options;
        this.route = route;
        this.outbound = outbound;
        this.dialogue = dialogue;
        this.effects = effects;
    }

    /** Another connection begins; a token that is still under way is not for it. */
    void restart() {
        awaited = null;
        sent = false;
        refused = false;
    }

    /** Tells whether the exchange has begun. */
    boolean underWay() {
        return awaited != null || sent;
    }

    void begin() {
        OAuthTokenProvider provider = options.oauthToken()
                .orElseThrow(() -> rejected("the server asks for an OAuth token, and nobody was named who gives one:"
                        + " call oauthToken(…)"));
        OAuthRequest request = new OAuthRequest(route.current(), options.user(), options.oauthSettings());
        awaited = request;
        effects.requestToken(request, provider);
    }

    /** A token has come, for the present attempt or for one before it. */
    @SuppressWarnings("ReferenceEquality") // An earlier attempt's request may say the same.
    void given(OAuthRequest request, char[] token) {
        try {
            if (isAwaited(request)) {
                awaited = null;
                send(token);
            }
        } finally {
            Arrays.fill(token, '\0');
        }
    }

    /** The same object, because an attempt before this one may have asked for an equal one. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isAwaited(OAuthRequest request) {
        return request == awaited;
    }

    private void send(char[] token) {
        byte[] message;
        try {
            message = OAuthBearer.initialResponse(token);
        } catch (IllegalArgumentException e) {
            throw rejected(String.valueOf(e.getMessage()));
        }
        sent = true;
        outbound.send(new SASLInitialResponse(OAuthBearer.MECHANISM, Bytes.wrap(message)));
        Arrays.fill(message, (byte) 0);
    }

    @SuppressWarnings("ReferenceEquality") // An earlier attempt's request may say the same.
    void failed(OAuthRequest request, Throwable cause) {
        if (isAwaited(request)) {
            throw rejected("the server asks for an OAuth token, and the one who should give it failed: "
                    + cause.getClass().getSimpleName());
        }
    }

    /** The server refuses the token and says why; its ErrorResponse follows when that is answered. */
    void challenged(AuthenticationSASLContinue message) {
        dialogue.heard(message);
        if (!sent || refused) {
            throw SessionEnd.violation("the server refuses a token that it was not given, or refuses it twice");
        }
        try {
            OAuthRefusal.parse(message.data().toArray());
        } catch (IllegalArgumentException e) {
            throw SessionEnd.violation("what the server says of the token cannot be read: " + e.getMessage());
        }
        refused = true;
        outbound.send(new SASLResponse(Bytes.wrap(OAuthBearer.answerToRefusal())));
    }

    /** The server lets the client in. */
    void accepted() {
        if (!sent || refused) {
            throw SessionEnd.violation("the server lets the client in without having accepted a token");
        }
    }

    private static SessionEnd rejected(String detail) {
        return SessionEnd.failed(new AuthenticationMethodRejected(detail));
    }
}
