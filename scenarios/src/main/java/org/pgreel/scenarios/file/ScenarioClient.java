package org.pgreel.scenarios.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.SslMode;

/**
 * What a scenario needs of the client.
 *
 * @param sslMode how much it asks of TLS; null when the scenario does not mind
 * @param requireAuth libpq's {@code require_auth}, as {@link org.pgreel.client.RequireAuth#parse} reads it; null when
 *     the scenario does not mind
 * @param channelBinding whether the login must be bound to the TLS channel; null when the scenario does not mind
 * @param statements what it asks, in order; empty when the scenario does not mind
 * @param connections how many connections it opens
 */
public record ScenarioClient(
        @Nullable SslMode sslMode,
        @Nullable String requireAuth,
        @Nullable ChannelBinding channelBinding,
        List<String> statements,
        int connections) {
    /** The client of a scenario that says nothing of it: one connection. */
    public static final ScenarioClient DEFAULTS = new ScenarioClient(null, null, null, List.of(), 1);

    /** Copies the list. */
    public ScenarioClient {
        statements = List.copyOf(statements);
    }
}
