package org.pgreel.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.RequireAuth;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.server.ScriptServer;

/**
 * The server of a test: PostgreSQL as the script or scenario wants it, on loopback and a free port.
 *
 * <p>It starts to listen when its address is first asked for. Safe for use by several threads.
 */
public final class ReplayServer {
    /** Where a client connects: loopback, in numbers, so that no resolver has a say. */
    private static final String HOST = "127.0.0.1";

    private static final String NAME = "pgreel";

    /** How long a client's last bytes, or the end of its connection, may take to arrive. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Duration SIGNALLED = Duration.ofSeconds(10);

    private final ServerPlan plan;
    private final long seed;
    private final String password;
    private final OpenSessions sessions = new OpenSessions();
    private Chunking chunking = Chunking.WHOLE;
    private @Nullable ScriptServer server;
    private boolean judged;
    private boolean stopped;

    ReplayServer(ServerPlan plan, long seed) {
        this.plan = plan;
        this.seed = seed;
        this.password = "p" + Long.toHexString(new Random(seed).nextLong());
    }

    /** Returns the address on which it listens, in numbers. */
    public String host() {
        return HOST;
    }

    /** Returns the port on which it listens. */
    public int port() {
        return started().port();
    }

    /** Returns where it is as libpq writes it, with user, password, database and {@code sslmode}. */
    public String url() {
        return "postgresql://" + user() + ":" + password + "@" + host() + ":" + port() + "/" + database() + "?sslmode="
                + plan.sslMode().word() + trust("sslrootcert");
    }

    /** Returns where it is as pgjdbc writes it, with user, password, database and {@code sslmode}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database() + "?user=" + user() + "&password="
                + password + "&sslmode=" + plan.sslMode().word() + trust("sslrootcert");
    }

    /** Returns where it is as r2dbc-postgresql writes it, with user, password, database and {@code sslMode}. */
    public String r2dbcUrl() {
        return "r2dbc:postgresql://" + user() + ":" + password + "@" + host() + ":" + port() + "/" + database()
                + "?sslMode=" + plan.sslMode().word().toUpperCase(Locale.ROOT).replace('-', '_') + trust("sslRootCert");
    }

    /** Returns the parameter of a URL that names the certificate to trust; "" if the client looks at none. */
    private String trust(String parameter) {
        Path file = authorityFile();
        return file == null ? "" : "&" + parameter + "=" + URLEncoder.encode(file.toString(), StandardCharsets.UTF_8);
    }

    private @Nullable Path authorityFile() {
        return plan.givesAuthority() ? started().authority().map(PemFiles::of).orElse(null) : null;
    }

    /**
     * Returns options for PgReel's own client, with what the scenario asks of it.
     *
     * <p>Sessions that are opened with them must be closed by the test.
     */
    public ConnectOptionsBuilder connectOptions() {
        var options = ConnectOptions.builder()
                .host(host())
                .port(port())
                .user(user())
                .password(password())
                .database(database())
                .sslMode(plan.sslMode())
                .tap(sessions);
        Path authority = authorityFile();
        if (authority != null) {
            options.sslRootCertificate(authority);
        }
        if (plan.client().requireAuth() != null) {
            options.requireAuth(RequireAuth.parse(plan.client().requireAuth()));
        }
        if (plan.client().channelBinding() != null) {
            options.channelBinding(plan.client().channelBinding());
        }
        return options;
    }

    /** Returns a user that may log in; any other may too. */
    public String user() {
        return NAME;
    }

    /** Returns the password of all users; the script decides whether it is asked for. */
    public String password() {
        return password;
    }

    /** Returns a database; any other is there too. */
    public String database() {
        return NAME;
    }

    /** Returns what the run has come to so far. */
    public PlayReport report() {
        ScriptServer running = running();
        return running == null ? new PlayReport(List.of(), List.of(nobodyCame()), List.of()) : running.report();
    }

    /** Signals the label, for which {@code await} waits in the script; the script's owner has to name it too. */
    public void signal(String label) {
        started().signal(label);
    }

    /**
     * Waits until the script has signalled the label, or the fault of that label has fired.
     *
     * @throws AssertionError if that has not happened within 10 s, or cannot any more because the client departed
     */
    public void await(String label) {
        ScriptServer running = started();
        if (!running.awaitSignal(label, SIGNALLED)) {
            PlayReport report = running.report();
            throw new AssertionError("\"" + label + "\" was not signalled within " + SIGNALLED.toSeconds() + " s"
                    + (report.passed() ? "" : ": " + report.text()));
        }
    }

    /** Starts to listen if it does not yet. */
    synchronized ScriptServer started() {
        if (stopped) {
            throw new IllegalStateException("The server of " + plan.name() + " was stopped with its test");
        }
        if (server == null) {
            try {
                server = ScriptServer.builder(plan.script())
                        .settings(settings())
                        .chunking(chunking)
                        .seed(seed)
                        .certificate(plan.certificate().shown())
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }

    private ServerSettings settings() {
        return plan.settings().withAuthentication(plan.settings().authentication(), password);
    }

    private synchronized @Nullable ScriptServer running() {
        return server;
    }

    private String nobodyCame() {
        return server == null
                ? "no client came: the test never asked where the server is"
                : "no client came to " + HOST + ":" + port();
    }

    /** Begins a run, unless one is on that no test has judged yet and whose writes are cut so. */
    synchronized void begin(Chunking next) {
        if (server != null && (judged || !next.equals(chunking))) {
            server.begin(next);
        }
        chunking = next;
        judged = false;
    }

    /** Begins another run. */
    synchronized void rewind() {
        judged = true;
        begin(chunking);
    }

    /** Returns what the run has come to, once what is under way has arrived; the next test is another run. */
    Verdict judge() {
        ScriptServer running = running();
        PlayReport report = running == null ? report() : running.awaitVerdict(SETTLED);
        return judged(report);
    }

    /** Returns what the run has come to by now; the next test is another run. */
    Verdict judgeNow() {
        return judged(report());
    }

    private synchronized Verdict judged(PlayReport report) {
        judged = true;
        return verdict(report);
    }

    /** Returns what the run has come to so far. */
    Verdict soFar() {
        return verdict(report());
    }

    private synchronized Verdict verdict(PlayReport report) {
        boolean none = report.connections().isEmpty();
        return new Verdict(plan.name(), none ? List.of(nobodyCame()) : report.problems(), report, chunking, seed);
    }

    /** Returns the sessions of PgReel's own client that nobody has closed, in words. */
    List<String> leaks() {
        return sessions.leaked(SETTLED);
    }

    /** Ends the run and the connections that are left, and listens no more. */
    synchronized void stop() {
        stopped = true;
        if (server != null) {
            server.close();
        }
    }
}
