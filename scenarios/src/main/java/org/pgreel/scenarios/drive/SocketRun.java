package org.pgreel.scenarios.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.play.Standing;
import org.pgreel.replay.server.ScriptServer;
import org.pgreel.scenarios.file.Scenario;

/** One run of a scenario over TCP: our client as an application has it, against a scripted server. */
final class SocketRun implements World {
    /** More than the server's patience, so that what does not come is reported by its line. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private static final Duration END_LIMIT = Duration.ofSeconds(5);
    private static final int PASSWORD_BYTES = 12;

    private final Scenario scenario;
    private final ToldScript told;
    private final PgClient client;
    private final String password;
    private final Driver driver;
    private final Changes changes = new Changes();
    private final List<RunTap> taps = new CopyOnWriteArrayList<>();
    private final Certificates certificates;
    private @Nullable ScriptServer server;

    private SocketRun(Scenario scenario, PgClient client, Certificates certificates) {
        this.scenario = scenario;
        this.told = new ToldScript(scenario.script());
        this.client = client;
        this.certificates = certificates;
        var random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        this.password = Bytes.wrap(random).hex();
        this.driver = new Driver(scenario, told, this, password);
    }

    static RunResult of(Scenario scenario, Chunking chunking, PgClient client, UnaryOperator<PlayedServer> around) {
        try (var certificates = new Certificates(scenario.server().certificate())) {
            var run = new SocketRun(scenario, client, certificates);
            ServerSettings settings = scenario.settings()
                    .withAuthentication(scenario.server().auth(), run.password)
                    .withScramIterations(1);
            ScriptServer.Builder builder = ScriptServer.builder(scenario.script())
                    .settings(settings)
                    .chunking(chunking)
                    .around(around)
                    .listener(run.driver);
            try (ScriptServer started = certificates.shownBy(builder).start()) {
                run.server = started;
                return run.play(started);
            }
        } catch (NotationException | IllegalArgumentException unplayable) {
            throw new UnplayableException(String.valueOf(unplayable.getMessage()), unplayable);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private RunResult play(ScriptServer started) {
        var clock = new RunClock(LIMIT);
        var leaks = new ArrayList<String>();
        driver.start();
        while (true) {
            long seen = changes.count();
            if (driver.failure() != null) {
                break;
            }
            List<Standing> standings = started.standings();
            if (quiet(standings) && driver.idle(standings)) {
                continue;
            }
            PlayReport now = started.report();
            // Asked anew, because a connection may have come since and its client be over already.
            if (now.failed() || driver.over() && (started.standings().isEmpty() || now.passed())) {
                break;
            }
            if (!changes.await(seen, clock)) {
                leaks.add("the run did not end within " + LIMIT.toSeconds() + " s");
                break;
            }
        }
        PlayReport report = started.report();
        boolean failed = driver.failure() != null || report.failed() || !leaks.isEmpty();
        if (failed) {
            driver.closeAll();
        }
        awaitEnds(leaks);
        return RunResult.of(scenario, told, driver, report, leaks, password, Set.of(), Set.of(), 0);
    }

    /** Tells whether the client has read all that was sent. */
    private boolean quiet(List<Standing> standings) {
        long sent = standings.stream().mapToLong(Standing::sent).sum();
        return sent == taps.stream().mapToLong(RunTap::bytes).sum();
    }

    private void awaitEnds(List<String> leaks) {
        for (DrivenSession session : driver.sessions()) {
            try {
                session.session().ended().get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException late) {
                leaks.add("a session of our client does not end");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public Session connect(ConnectOptionsBuilder options, Wishes wishes, SessionStatusNotify session) {
        ScriptServer up = server;
        if (up == null) {
            throw new IllegalStateException("The server is not up yet");
        }
        options.addresses(wishes.servers(
                new ServerAddress.Tcp(up.host(), up.port()), new ServerAddress.Tcp(up.host(), closedPort())));
        var tap = new RunTap(changes::changed, wishes.tapFails());
        taps.add(tap);
        options.tap(tap);
        certificates.trustedBy(options, wishes, up);
        return client.connect(options.build(), session);
    }

    @Override
    public void breakTimers(SessionStatusNotify session, int times) {
        throw new IllegalArgumentException("timers do not break over sockets");
    }

    /** Returns a port at which nothing listens any more. */
    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void changed() {
        changes.changed();
    }
}
