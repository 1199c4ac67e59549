package org.pgreel.junit;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ServerSettings;

/**
 * A test's server as an object, for those who prefer a field to an annotation.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PgReel db = PgReel.scenario("admin-shutdown-inside-a-result");
 * }</pre>
 *
 * <p>In a static field it serves all tests of the class, each of which is a run of its own; they wait for each other if
 * JUnit runs them in parallel. In an instance field each test has its own. Every test is judged as with
 * {@link Script}. Without JUnit, {@link #start()} and {@link #stop()} do the same by hand, and {@link #verify()} judges.
 */
public final class PgReel
        implements BeforeAllCallback,
                BeforeEachCallback,
                TestExecutionExceptionHandler,
                AfterEachCallback,
                AfterAllCallback,
                AutoCloseable {
    private final ReentrantLock oneTest = new ReentrantLock();
    private final @Nullable ServerPlan plan;
    private final @Nullable TapePlan tape;
    private @Nullable ReplayServer server;
    private int classes;

    private PgReel(ServerPlan plan) {
        this.plan = plan;
        this.tape = null;
    }

    private PgReel(TapePlan tape) {
        this.plan = null;
        this.tape = tape;
    }

    /**
     * Returns a server that answers from a tape as {@link Replay} does, all of it in each run, without a database.
     *
     * <pre>{@code
     * try (PgReel db = PgReel.replay("checkout").start()) {
     *     runTheProgram(db.jdbcUrl());
     *     db.verify();
     * }
     * }</pre>
     *
     * @param name the tape's, beside the tests ({@code src/test/resources/tapes/NAME.pgreel} or {@code .tape})
     * @throws ExtensionConfigurationException if there is none, with the command that records it
     */
    public static PgReel replay(String name) {
        return new PgReel(TapePlan.named(name));
    }

    /**
     * Returns a server that answers from a tape.
     *
     * @param file the tape
     * @throws ExtensionConfigurationException if there is none
     */
    public static PgReel replay(Path file) {
        return new PgReel(TapePlan.of(file));
    }

    /**
     * Returns such a server with a fault laid over its tape.
     *
     * @param line as of {@link Fault}, such as {@code lost: swallow, reset @ B CommandComplete "COMMIT"}
     * @throws ExtensionConfigurationException if it is none of the notation or can never fire, or nothing is replayed
     */
    public PgReel fault(String line) {
        return new PgReel(replayed("a fault").with("! " + line));
    }

    /**
     * Returns such a server whose clients must not send something.
     *
     * @param line what, such as {@code after lost statement <regex "(?i)insert .*">}
     * @throws ExtensionConfigurationException if it is none of the notation, or nothing is replayed
     */
    public PgReel never(String line) {
        return new PgReel(replayed("a prohibition").with("never " + line));
    }

    private TapePlan replayed(String what) {
        if (tape == null) {
            throw new ExtensionConfigurationException(
                    what + " is laid over a recording, PgReel.replay; a script has lines of its own for it");
        }
        return tape;
    }

    private ServerPlan planned() {
        if (plan == null) {
            throw new ExtensionConfigurationException(
                    "a recording is played with SCRAM-SHA-256 and without TLS: its url() has what a client needs");
        }
        return plan;
    }

    private ReplayServer made(long seed) {
        return tape != null ? tape.server(seed) : new ReplayServer(planned(), seed);
    }

    /**
     * Returns a server for the script.
     *
     * @param text in the notation of {@code docs/notation.md}
     * @param signals the labels that the test signals ({@link ReplayServer#signal}), for which the script may await
     * @throws ExtensionConfigurationException if that is no script: one sentence with line, column and the nearest word
     */
    public static PgReel script(String text, String... signals) {
        return new PgReel(ServerPlan.ofScript("PgReel.script", text, Set.of(signals)));
    }

    /**
     * Returns a server for a scenario.
     *
     * @param name in the catalogue; or that of a resource on the class path that ends in {@code .pgreel.yaml}
     * @throws ExtensionConfigurationException if there is none of that name, with the nearest one; or if it is wrong
     */
    public static PgReel scenario(String name) {
        return new PgReel(ServerPlan.ofScenario("PgReel.scenario", name));
    }

    /** Returns such a server that lets clients in by another method; the password is {@link #password()}. */
    public PgReel auth(AuthenticationMethod method) {
        ServerSettings settings = planned().settings();
        return new PgReel(planned().with(settings.withAuthentication(method, settings.password())));
    }

    /** Returns such a server that offers TLS, with a certificate that it has signed itself. */
    public PgReel tls() {
        return new PgReel(planned().with(planned().settings().withTls(true)));
    }

    /** Returns the server, which starts when its address is first asked for. */
    public synchronized ReplayServer server() {
        if (server == null) {
            server = made(RunSettings.seed());
        }
        return server;
    }

    /** Starts to listen, if it does not yet. */
    public PgReel start() {
        server().start();
        return this;
    }

    /** Ends the connections that are left, and listens no more; judges nothing. Has no effect the second time. */
    public synchronized void stop() {
        if (server != null) {
            server.stop();
        }
    }

    /** Does what {@link #stop()} does. */
    @Override
    public void close() {
        stop();
    }

    /** Begins the script anew, on the same port: the connections that are left are closed. */
    public PgReel rewind() {
        server().rewind();
        return this;
    }

    /**
     * Judges the run by hand.
     *
     * @throws AssertionError if the script was not played as written, with the transcript
     */
    public void verify() {
        Verdict verdict = server().judge();
        if (!verdict.passed()) {
            throw new AssertionError(FailureText.withoutTest(verdict));
        }
    }

    /** Returns {@link ReplayServer#host()}. */
    public String host() {
        return server().host();
    }

    /** Returns {@link ReplayServer#port()}. */
    public int port() {
        return server().port();
    }

    /** Returns {@link ReplayServer#url()}. */
    public String url() {
        return server().url();
    }

    /** Returns {@link ReplayServer#jdbcUrl()}. */
    public String jdbcUrl() {
        return server().jdbcUrl();
    }

    /** Returns {@link ReplayServer#r2dbcUrl()}. */
    public String r2dbcUrl() {
        return server().r2dbcUrl();
    }

    /** Returns {@link ReplayServer#user()}. */
    public String user() {
        return server().user();
    }

    /** Returns {@link ReplayServer#password()}. */
    public String password() {
        return server().password();
    }

    /** Returns {@link ReplayServer#database()}. */
    public String database() {
        return server().database();
    }

    /** Returns {@link ReplayServer#report()}. */
    public PlayReport report() {
        return server().report();
    }

    /** Called by JUnit when the field is static, for nested classes too. */
    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        classes++;
        if (server == null) {
            server = made(RunSettings.seed(context));
        }
    }

    /** Called by JUnit: begins the test's run. */
    @Override
    public void beforeEach(ExtensionContext context) {
        if (oneTest.isHeldByCurrentThread()) {
            throw new ExtensionConfigurationException(
                    "a test began while another on the same thread was using the same PgReel; annotate the class with"
                            + " @Execution(SAME_THREAD)");
        }
        oneTest.lock();
        TestServers.begin(context, own(context));
    }

    private synchronized ReplayServer own(ExtensionContext context) {
        if (server == null) {
            server = made(RunSettings.seed(context));
        }
        return server;
    }

    /** Called by JUnit when the test has thrown: the departure of the client is what it comes from. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw Judge.explained(context, server(), failure);
    }

    /** Called by JUnit: judges the test's run. */
    @Override
    public void afterEach(ExtensionContext context) {
        boolean shared = shared();
        try {
            if (!(shared && isAside(context))) {
                Judge.judge(context, server(), shared);
            }
        } finally {
            if (oneTest.isHeldByCurrentThread()) {
                oneTest.unlock();
            }
            if (!shared) {
                stop();
            }
        }
    }

    /** Tells whether the test has a script or scenario of its own, so that this server need not be played. */
    private boolean isAside(ExtensionContext context) {
        return ServerPlan.isPlanned(context.getRequiredTestMethod())
                && !server().soFar().departed();
    }

    private synchronized boolean shared() {
        return classes > 0;
    }

    /** Called by JUnit when the field is static: stops. */
    @Override
    public synchronized void afterAll(ExtensionContext context) {
        classes--;
        if (classes == 0) {
            stop();
            server = null;
        }
    }
}
