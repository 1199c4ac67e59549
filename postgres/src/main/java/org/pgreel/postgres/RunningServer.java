package org.pgreel.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A server that somebody else runs, named by its URL. It is neither started nor stopped here. */
final class RunningServer implements PostgresServer.Running {

    private static final int PORT_DEFAULT = 5432;

    private RunningServer() {}

    static PostgresServer at(URI url) {
        String[] login = url.getRawUserInfo() == null
                ? new String[] {System.getProperty("user.name")}
                : url.getRawUserInfo().split(":", 2);
        String user = decoded(login[0]);
        String password = login.length > 1 ? decoded(login[1]) : "";
        String host = url.getHost() == null ? "127.0.0.1" : url.getHost();
        int port = url.getPort() < 0 ? PORT_DEFAULT : url.getPort();
        String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
        String database = path.isEmpty() ? user : path;
        String version = version(host, port, database, user, password);
        var superuser = new Role(user, password, AuthMethod.SCRAM_SHA_256);
        return new PostgresServer(
                new PostgresServer.Endpoint(version, "by its URL", host, port, superuser, database, List.of()),
                new RunningServer());
    }

    private static String version(String host, int port, String database, String user, String password) {
        String url = "jdbc:postgresql://" + host + ":" + port + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new PostgresUnavailableException(
                    "cannot use the PostgreSQL on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void stop(boolean tellClients) {
        // It is not ours to stop.
    }

    @Override
    public void kill9() {
        throw new UnsupportedOperationException("a server that was only named by its URL is not killed");
    }

    @Override
    public Optional<Path> unixSocketDirectory() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> caCertificate() {
        return Optional.empty();
    }

    @Override
    public List<String> log() {
        return List.of();
    }
}
