package org.pgreel.client;

import java.util.concurrent.CompletionStage;

/**
 * Gives the token for a login by OAUTHBEARER (RFC 7628, PostgreSQL 18 and newer). How it gets one, from a cache, a device
 * flow or a service account, is its own affair; {@link ConnectOptions#connectTimeout()} runs meanwhile.
 */
@FunctionalInterface
public interface OAuthTokenProvider {

    /**
     * Gets a token.
     *
     * @param request what it is for
     * @return the token, now or later, from any thread; the client overwrites the array when it has sent it. Called on a
     *     thread of the client's that other logins need too, so what takes long belongs on another one
     */
    CompletionStage<char[]> token(OAuthRequest request);
}
