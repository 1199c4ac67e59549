package org.pgreel.recorder.projection;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.SessionTap;
import org.postgresql.PGConnection;

/** Sessions of pgjdbc with a real server, recorded by the proxy. */
public final class RealSessions {

    private RealSessions() {}

    /** Records a session with all that a projection has a word for, and one whose login fails. */
    public static List<RecordedSession> record() throws SQLException, IOException {
        var journal = new InMemoryJournal("run");
        PostgresServer server = PostgresServer.shared();
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .upstreamSslMode(SslMode.DISABLE)
                .start()) {
            String url = String.format(
                    Locale.ROOT,
                    "jdbc:postgresql://127.0.0.1:%d/postgres",
                    proxy.address().getPort());
            var login = new Properties();
            login.put("user", "pgreel_scram");
            login.put("password", server.password());
            login.put("sslmode", "disable");
            login.put("prepareThreshold", "2");
            try (Connection connection = DriverManager.getConnection(url, login)) {
                work(connection);
            }
            login.put("password", "wrong");
            try {
                DriverManager.getConnection(url, login).close();
            } catch (SQLException expected) {
                // The failed login is what is wanted.
            }
        }
        return Recordings.of(journal).sessions();
    }

    private static void work(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temporary table t (a int, b text)");
            statement.execute("listen orders; notify orders, 'one'");
            try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
                for (int i = 0; i < 6; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "x".repeat(i * 7));
                    insert.addBatch();
                    if (i % 2 == 1) {
                        insert.executeBatch();
                    }
                }
            }
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy t from stdin", new StringReader("7\tseven\n8\teight\n"));
            statement.execute("do $$ begin raise notice 'note well'; end $$");
            connection.setAutoCommit(false);
            statement.setFetchSize(3);
            try (var rows = statement.executeQuery("select * from t order by a")) {
                while (rows.next()) {
                    rows.getString(2);
                }
            }
            failing(statement, "select 1/0");
            connection.rollback();
            statement.execute("listen other");
            connection.rollback();
            connection.setAutoCommit(true);
            failing(statement, "select nothing");
        }
    }

    private static void failing(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException expected) {
            // The error is what is wanted.
        }
    }

    static List<SessionEvent> events(RecordedSession session) {
        List<SessionEvent> events = new ArrayList<>();
        session.events().forEach(events::add);
        return events;
    }

    /** Records what was said once more, in chunks of a few bytes, so that messages begin and end anywhere in them. */
    static RecordedSession recut(RecordedSession session, int bytes) {
        var journal = new InMemoryJournal("run");
        SessionTap tap = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION)
                .sessionOpened(Conversations.opening());
        for (SessionEvent event : session.events()) {
            if (event instanceof Chunk chunk) {
                byte[] all = chunk.bytes().toArray();
                for (int at = 0; at < all.length; at += bytes) {
                    int to = Math.min(all.length, at + bytes);
                    if (chunk.direction() == Direction.FRONTEND) {
                        tap.written(chunk.connection(), all, at, to);
                    } else {
                        tap.read(chunk.connection(), all, at, to);
                    }
                }
            } else if (event instanceof ConnectionOpened opened) {
                tap.connectionOpened(opened.connection());
            } else if (event instanceof ConnectionClosed closed) {
                tap.connectionClosed(closed.connection(), closed.how(), closed.by());
            }
        }
        return Recordings.of(journal).sessions().get(0);
    }
}
