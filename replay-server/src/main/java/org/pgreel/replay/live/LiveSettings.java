package org.pgreel.replay.live;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.tap.WireTap;

/**
 * Which live server is asked what no recording answers, as whom, and where it is recorded.
 *
 * @param server makes options that name the server, TLS and the password; called for each connection
 * @param user who logs in; null for the user of each client
 * @param database the database; null for that of each client
 * @param recorder hears each client's runs there, as a session with the client's own start-up parameters
 */
public record LiveSettings(
        Supplier<ConnectOptionsBuilder> server,
        @Nullable String user,
        @Nullable String database,
        WireTap recorder) {}
