package org.pgreel.junit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.PgException;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.SslMode;
import org.pgreel.client.blocking.BlockingSession;

/**
 * The PostgreSQL that is recorded, with a database that was made for the recording and is dropped behind it, so that each
 * recording starts from the same.
 */
final class Upstream implements AutoCloseable {
    private static final String VARIABLE = "PGREEL_UPSTREAM";

    private final ConnectOptions options;
    private final String host;
    private final int port;
    private final String password;
    private final String database;
    private final @Nullable AutoCloseable owned;

    private Upstream(ConnectOptions options, String database, @Nullable AutoCloseable owned) {
        if (!(options.address() instanceof ServerAddress.Tcp tcp)) {
            throw new ExtensionConfigurationException(VARIABLE + " names a Unix socket; name a host and a port");
        }
        this.options = options;
        this.host = tcp.hostAddress() == null ? tcp.host() : tcp.hostAddress();
        this.port = tcp.port();
        this.password = options.password(options.address()).map(String::new).orElse("");
        this.database = database;
        this.owned = owned;
    }

    /**
     * Starts or finds the server, and makes the database.
     *
     * @throws ExtensionConfigurationException if none is to be had, or it refuses; the remedy is named
     */
    static Upstream start(String recording) {
        String database = "pgreel_" + recording.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        String url = System.getenv(VARIABLE);
        Upstream upstream = url == null || url.isBlank() ? owned(recording, database) : named(url, database);
        upstream.sql("DROP DATABASE IF EXISTS " + database, "CREATE DATABASE " + database);
        return upstream;
    }

    private static Upstream named(String url, String database) {
        try {
            return new Upstream(ConnectOptions.parse(url), database, null);
        } catch (IllegalArgumentException wrong) {
            throw new ExtensionConfigurationException(VARIABLE + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Upstream owned(String recording, String database) {
        if (!isOnClassPath("org.pgreel.postgres.PostgresServer")) {
            throw new ExtensionConfigurationException(
                    "there is no PostgreSQL to record \"" + recording + "\" from: set "
                            + VARIABLE
                            + " to the URL of one, or add org.pgreel:pgreel-postgres to the tests' dependencies, which"
                            + " starts embedded binaries, or a container where Testcontainers is there too");
        }
        OwnPostgres server = OwnPostgres.start();
        return new Upstream(server.options(), database, server);
    }

    private static boolean isOnClassPath(String type) {
        try {
            Class.forName(type, false, Upstream.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private void sql(String... statements) {
        try (PgClient client = PgClient.create();
                BlockingSession session =
                        BlockingSession.of(client.connect(options)).ready()) {
            for (String statement : statements) {
                session.query(statement);
            }
        } catch (PgException refused) {
            throw new ExtensionConfigurationException(
                    "the PostgreSQL to record from, " + host + ":" + port + ", refused: " + refused.getMessage(),
                    refused);
        }
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String user() {
        return options.user();
    }

    String password() {
        return password;
    }

    String database() {
        return database;
    }

    SslMode sslMode() {
        return options.sslMode();
    }

    /** Drops the database, with whoever is still connected to it; or ends the server that was started for it. */
    @Override
    public void close() {
        if (owned == null) {
            sql("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            return;
        }
        try {
            owned.close();
        } catch (Exception unended) {
            throw new IllegalStateException("The PostgreSQL of a recording could not be stopped", unended);
        }
    }
}
