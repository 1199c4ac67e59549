package org.pgreel.cli.demo;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A program on the PostgreSQL JDBC driver, for machines without psql. */
final class JdbcProgram implements ForeignProgram {

    private final StringBuilder printed = new StringBuilder();

    @Override
    public String name() {
        return "JDBC";
    }

    @Override
    public String run(Login login) throws ForeignProgramException {
        printed.setLength(0);
        var properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "20");
        String url = "jdbc:postgresql://" + login.host() + ":" + login.port() + "/" + login.database();
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            talk(connection);
        } catch (SQLException | IOException e) {
            throw new ForeignProgramException("the JDBC program failed: " + e.getMessage(), e);
        }
        return printed.toString();
    }

    private void talk(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temporary table planets (name text, moons int)");
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            line("copied in: " + copy.copyIn("copy planets from stdin", new StringReader("Mars\t2\nJupiter\t95\n")));
            rows(statement, "select * from planets order by moons");
            var copied = new StringWriter();
            copy.copyOut("copy planets to stdout", copied);
            line("copied out: " + copied.toString().strip());
            rows(statement, "select moons / 0 from planets");
            statement.execute("listen sky");
            statement.execute("notify sky, 'an eclipse'");
            notifications(connection.unwrap(PGConnection.class));
        }
    }

    private void rows(Statement statement, String sql) throws SQLException {
        line(sql);
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                line("  " + rows.getString(1) + " | " + rows.getString(2));
            }
        } catch (SQLException e) {
            if (e.getSQLState().startsWith("08")) {
                throw e;
            }
            line("  " + e.getMessage());
        }
    }

    private void notifications(PGConnection connection) throws SQLException {
        for (PGNotification notification : connection.getNotifications()) {
            line("notification " + notification.getName() + " '" + notification.getParameter() + "' from process "
                    + notification.getPID());
        }
    }

    private void line(String text) {
        printed.append(text).append('\n');
    }
}
