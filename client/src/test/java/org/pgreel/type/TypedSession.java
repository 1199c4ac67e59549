package org.pgreel.type;

import java.util.concurrent.TimeUnit;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;

/** A session with the shared server, and waits that end. */
public final class TypedSession implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final PgClient client;
    private final Session session;

    private TypedSession(PgClient client, Session session) {
        this.client = client;
        this.session = session;
    }

    /** Opens a session. */
    public static TypedSession open() throws Exception {
        PostgresServer server = PostgresServer.shared();
        PgClient client = PgClient.create();
        Session session = client.connect(
                ConnectOptions.builder()
                        .host(server.host())
                        .port(server.port())
                        .user(server.user())
                        .password(server.password())
                        .database(server.database())
                        .sslMode(SslMode.DISABLE)
                        .build(),
                new SessionStatusNotify() {});
        session.ready().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return new TypedSession(client, session);
    }

    /** Returns the session. */
    public Session session() {
        return session;
    }

    /** Runs a statement. */
    public QueryResult query(ParameterizedQuery query) throws Exception {
        return session.query(query).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Runs statements. */
    public QueryResults run(String sql) throws Exception {
        return session.query(sql).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns the server's major version. */
    public int majorVersion() {
        return Integer.parseInt(session.parameters().get("server_version").split("[^0-9]")[0]);
    }

    @Override
    public void close() {
        client.close();
    }
}
