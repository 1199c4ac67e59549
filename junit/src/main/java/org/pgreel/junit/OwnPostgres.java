package org.pgreel.junit;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.postgres.PostgresUnavailableException;

/** A PostgreSQL that is started for a recording. Loaded only where {@code pgreel-postgres} is on the class path. */
final class OwnPostgres implements AutoCloseable {
    private final PostgresServer server;

    private OwnPostgres(PostgresServer server) {
        this.server = server;
    }

    static OwnPostgres start() {
        try {
            return new OwnPostgres(PostgresServer.start(PostgresOptions.defaults()));
        } catch (PostgresUnavailableException unavailable) {
            throw new ExtensionConfigurationException(
                    "there is no PostgreSQL to record from: " + unavailable.getMessage(), unavailable);
        }
    }

    ConnectOptions options() {
        return ConnectOptions.builder()
                .host(server.host())
                .port(server.port())
                .user(server.user())
                .password(server.password())
                .database(server.database())
                .sslMode(SslMode.DISABLE)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
