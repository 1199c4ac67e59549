package org.pgreel.client;

import java.util.Optional;

/**
 * What a token is asked for.
 *
 * @param server the server that asks
 * @param user the role that logs in
 * @param settings what the options say of OAuth
 */
public record OAuthRequest(ServerAddress server, String user, OAuthSettings settings) {

    /**
     * What a connection string says of OAuth, with libpq's names: {@code oauth_issuer}, {@code oauth_client_id},
     * {@code oauth_client_secret}, {@code oauth_scope}.
     *
     * @param issuer who issues the token
     * @param clientId this client's name there
     * @param clientSecret this client's secret there
     * @param scope what the token is to permit
     */
    public record OAuthSettings(
            Optional<String> issuer, Optional<String> clientId, Optional<String> clientSecret, Optional<String> scope) {

        /** Nothing of it. */
        public static final OAuthSettings NONE =
                new OAuthSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Returns it without the secret. */
        @Override
        public String toString() {
            return "OAuthSettings[issuer=" + issuer + ", clientId=" + clientId + ", scope=" + scope + "]";
        }
    }
}
