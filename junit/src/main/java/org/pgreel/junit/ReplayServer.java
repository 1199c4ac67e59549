package org.pgreel.junit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.RequireAuth;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.scenarios.file.ScenarioClient;

/**
 * The server of a test, on loopback and a free port: PostgreSQL as the script, the scenario or the recording wants it; while
 * a recording is being made, PostgreSQL itself.
 *
 * <p>It starts to listen when its address is first asked for. Safe for use by several threads.
 */
public final class ReplayServer {
    /** Where a client connects: loopback, in numbers, so that no resolver has a say. */
    static final String HOST = "127.0.0.1";

    private static final Duration CLOSED = Duration.ofSeconds(2);

    private final Served served;
    private final OpenSessions sessions = new OpenSessions();

    ReplayServer(ServerPlan plan, long seed) {
        this(new ScriptServed(plan, seed));
    }

    ReplayServer(Served served) {
        this.served = served;
    }

    /** Returns the address on which it listens, in numbers. */
    public String host() {
        return HOST;
    }

    /** Returns the port on which it listens. */
    public int port() {
        return served.port();
    }

    /** Returns where it is as libpq writes it, with user, password, database and {@code sslmode}. */
    public String url() {
        Served.Login login = served.login();
        return "postgresql://" + coded(login.user()) + ":" + coded(login.password()) + "@" + host() + ":" + port() + "/"
                + coded(login.database()) + "?sslmode=" + login.sslMode().word() + trust("sslrootcert");
    }

    /** Returns where it is as pgjdbc writes it, with user, password, database and {@code sslmode}. */
    public String jdbcUrl() {
        Served.Login login = served.login();
        return plainJdbcUrl() + "?user=" + coded(login.user()) + "&password=" + coded(login.password()) + "&sslmode="
                + login.sslMode().word() + trust("sslrootcert");
    }

    private String plainJdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + coded(database());
    }

    /** Returns where it is as r2dbc-postgresql writes it, with user, password, database and {@code sslMode}. */
    public String r2dbcUrl() {
        Served.Login login = served.login();
        return "r2dbc:postgresql://" + coded(login.user()) + ":" + coded(login.password()) + "@" + host() + ":" + port()
                + "/" + coded(login.database()) + "?sslMode="
                + login.sslMode().word().toUpperCase(Locale.ROOT).replace('-', '_') + trust("sslRootCert");
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns the parameter of a URL that names the certificate to trust; "" if the client looks at none. */
    private String trust(String parameter) {
        Path file = served.authority();
        return file == null ? "" : "&" + parameter + "=" + coded(file.toString());
    }

    /**
     * Returns options for PgReel's own client, with what the scenario asks of it.
     *
     * <p>Sessions that are opened with them must be closed by the test.
     */
    public ConnectOptionsBuilder connectOptions() {
        Served.Login login = served.login();
        var options = ConnectOptions.builder()
                .host(host())
                .port(port())
                .user(login.user())
                .password(login.password())
                .database(login.database())
                .sslMode(login.sslMode())
                .tap(sessions);
        Path authority = served.authority();
        if (authority != null) {
            options.sslRootCertificate(authority);
        }
        ScenarioClient client = served.client();
        if (client.requireAuth() != null) {
            options.requireAuth(RequireAuth.parse(client.requireAuth()));
        }
        if (client.channelBinding() != null) {
            options.channelBinding(client.channelBinding());
        }
        return options;
    }

    /** Returns a user that may log in; with a script or scenario any other may too. */
    public String user() {
        return served.login().user();
    }

    /** Returns the user's password; with a script or scenario that of all users, and the script decides whether it is asked for. */
    public String password() {
        return served.login().password();
    }

    /** Returns a database; with a script or scenario any other is there too. */
    public String database() {
        return served.login().database();
    }

    /** Returns what the run has come to so far. */
    public PlayReport report() {
        return served.report();
    }

    /** Signals the label, for which {@code await} waits in the script; the script's owner has to name it too. */
    public void signal(String label) {
        served.signal(label);
    }

    /**
     * Waits until the script has signalled the label, or the fault of that label has fired.
     *
     * @throws AssertionError if that has not happened within 10 s, or cannot any more because the client departed
     */
    public void await(String label) {
        served.await(label);
    }

    /** Starts to listen if it does not yet. */
    void start() {
        served.port();
    }

    /** Begins a test's run. */
    void begin(Chunking chunking, TestChapter chapter) {
        served.begin(chunking, chapter);
    }

    /** Begins another run. */
    void rewind() {
        served.rewind();
    }

    /** Returns what the run has come to, once what is under way has arrived; the next test is another run. */
    Verdict judge() {
        return served.judge(true);
    }

    /** Returns what the run has come to by now; the next test is another run. */
    Verdict judgeNow() {
        return served.judge(false);
    }

    /** Returns what the run has come to so far. */
    Verdict soFar() {
        return served.soFar();
    }

    /** Returns what stands behind the address. */
    Served served() {
        return served;
    }

    /** Returns the sessions of PgReel's own client that nobody has closed, in words. */
    List<String> leaks() {
        return sessions.leaked(CLOSED);
    }

    /** Ends the run and the connections that are left, and listens no more. */
    void stop() {
        served.stop();
    }
}
