package org.pgreel.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.server.ScriptServer;
import org.pgreel.scenarios.file.ScenarioClient;

/** Plays a script or scenario to a test; it starts to listen when its address is first asked for. */
final class ScriptServed implements Served {
    /** How long a client's last bytes, or the end of its connection, may take to arrive. */
    static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Duration SIGNALLED = Duration.ofSeconds(10);
    private static final String NAME = "pgreel";

    private final ServerPlan plan;
    private final long seed;
    private final String password;
    private Chunking chunking = Chunking.WHOLE;
    private @Nullable ScriptServer server;
    private @Nullable SuiteCoverage coverage;
    private boolean judged;
    private boolean stopped;

    ScriptServed(ServerPlan plan, long seed) {
        this.plan = plan;
        this.seed = seed;
        this.password = "p" + Long.toHexString(new Random(seed).nextLong());
    }

    @Override
    public int port() {
        return started().port();
    }

    @Override
    public Login login() {
        return new Login(NAME, password, NAME, plan.sslMode());
    }

    @Override
    public @Nullable Path authority() {
        return plan.givesAuthority() ? started().authority().map(PemFiles::of).orElse(null) : null;
    }

    @Override
    public ScenarioClient client() {
        return plan.client();
    }

    @Override
    public PlayReport report() {
        ScriptServer running = running();
        return running == null ? PlayReport.NOTHING : running.report();
    }

    @Override
    public void signal(String label) {
        started().signal(label);
    }

    @Override
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
                server = builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }

    private ScriptServer.Builder builder() {
        ScriptServer.Builder builder = ScriptServer.builder(plan.script())
                .settings(settings())
                .chunking(chunking)
                .seed(seed)
                .certificate(plan.certificate().shown());
        coverage = SuiteCoverage.begin().orElse(null);
        return coverage == null ? builder : builder.around(coverage::around);
    }

    private ServerSettings settings() {
        return plan.settings().withAuthentication(plan.settings().authentication(), password);
    }

    /** Returns the server if its address was asked for. */
    synchronized @Nullable ScriptServer running() {
        return server;
    }

    private String nobodyCame() {
        ScriptServer running = running();
        return running == null
                ? "no client came: the test never asked where the server is"
                : "no client came to " + ReplayServer.HOST + ":" + running.port();
    }

    /** Begins a run, unless one is on that no test has judged yet and whose writes are cut so. */
    @Override
    public synchronized void begin(Chunking next, TestChapter chapter) {
        if (server != null && (judged || !next.equals(chunking))) {
            server.begin(next);
        }
        chunking = next;
        judged = false;
    }

    /** Has writes cut so from now on; connections go on unless that changes. */
    synchronized void cut(Chunking next) {
        if (server != null && !next.equals(chunking)) {
            server.begin(next);
        }
        chunking = next;
    }

    @Override
    public synchronized void rewind() {
        judged = true;
        begin(chunking, TestChapter.STARTUP);
    }

    @Override
    public Verdict judge(boolean settled) {
        ScriptServer running = running();
        PlayReport report = !settled || running == null ? report() : running.awaitVerdict(SETTLED);
        synchronized (this) {
            judged = true;
        }
        return verdict(report);
    }

    @Override
    public Verdict soFar() {
        return verdict(report());
    }

    private synchronized Verdict verdict(PlayReport report) {
        boolean nobody = report.connections().isEmpty();
        return new Verdict(plan.name(), nobody ? List.of(nobodyCame()) : report.problems(), report, chunking, seed);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (server != null) {
            server.close();
        }
        if (coverage != null) {
            coverage.write();
        }
    }
}
