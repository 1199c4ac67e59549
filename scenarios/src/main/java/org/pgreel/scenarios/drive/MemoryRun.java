package org.pgreel.scenarios.drive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.ScriptEngine;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.simulation.KeyDerivation;
import org.pgreel.scenarios.simulation.LinkWatch;
import org.pgreel.scenarios.simulation.Network;
import org.pgreel.scenarios.simulation.SimulatedSession;
import org.pgreel.scenarios.simulation.VirtualClock;
import org.pgreel.session.Chance;
import org.pgreel.session.ClientSession;

/**
 * One run of a scenario with our client's core and the scripted server in one thread, without a socket and with a clock
 * that never waits. The same scenario, chunking and seed give the same run, step by step.
 */
public final class MemoryRun implements World {
    /** A run in which more happens does not end. */
    private static final int STEPS_MAX = 2_000_000;

    private static final Duration TIME_MAX = Duration.ofHours(1);
    private static final int PASSWORD_BYTES = 12;

    private final VirtualClock clock = new VirtualClock();
    private final Entropy entropy;
    private final ScriptEngine engine;
    private final PlayedServer server;
    private final Driver driver;
    private final String password;
    private final boolean watches;
    private final List<SimulatedSession> links = new ArrayList<>();
    private final IdentityHashMap<SessionStatusNotify, SimulatedSession> bySession = new IdentityHashMap<>();
    private final List<WireWatch> watched = new ArrayList<>();
    private final Scenario scenario;
    private final ToldScript told;

    private MemoryRun(
            Prepared prepared, Chunking chunking, long seed, boolean watches, UnaryOperator<PlayedServer> around) {
        this.scenario = prepared.scenario();
        this.told = prepared.told();
        this.entropy = Entropy.seeded(seed);
        this.password = Bytes.wrap(entropy.bytes(PASSWORD_BYTES)).hex();
        this.watches = watches;
        this.driver = new Driver(scenario, told, this, password);
        ServerSettings settings = scenario.settings()
                .withAuthentication(scenario.server().auth(), password)
                .withScramIterations(1);
        this.engine = new ScriptEngine(prepared.script(), settings, chunking, entropy, driver);
        this.server = around.apply(engine);
    }

    /**
     * Runs a scenario.
     *
     * @param chunking how the server's writes are cut
     * @param seed where salts, nonces, keys and the password come from
     * @param watches whether the wire is looked at, for {@link RunResult#observed()} and {@link RunResult#cuts()}
     * @param around puts something between the script and the client
     * @throws UnplayableException if a line asks for what nobody can do
     */
    public static RunResult of(
            Prepared prepared, Chunking chunking, long seed, boolean watches, UnaryOperator<PlayedServer> around) {
        try {
            var run = new MemoryRun(prepared, chunking, seed, watches, around);
            return run.result(run.play());
        } catch (NotationException | IllegalArgumentException unplayable) {
            throw new UnplayableException(String.valueOf(unplayable.getMessage()), unplayable);
        }
    }

    /** Runs a scenario with nothing between the script and the client. */
    public static RunResult of(Prepared prepared, Chunking chunking, long seed, boolean watches) {
        return of(prepared, chunking, seed, watches, server -> server);
    }

    private @Nullable String play() {
        driver.start();
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            if (driver.failure() != null) {
                return null;
            }
            if (!clock.step() && !driver.idle(engine.standings()) && !clock.jump()) {
                return null;
            }
            if (clock.elapsed().compareTo(TIME_MAX) > 0) {
                return "the run does not end within an hour of its own time";
            }
        }
        return "the run does not end within " + STEPS_MAX + " steps";
    }

    private RunResult result(@Nullable String endless) {
        boolean done = driver.failure() == null && endless == null;
        var leaks = new ArrayList<String>();
        if (done) {
            links.stream()
                    .filter(link -> link.clientGone() && link.hasTimers())
                    .forEach(link -> leaks.add("a timer of our client runs behind the end of its session"));
        }
        links.stream()
                .map(SimulatedSession::thrown)
                .filter(thrown -> thrown != null)
                .forEach(thrown -> leaks.add("the driver's callback threw " + thrown));
        if (endless != null) {
            leaks.add(endless);
        }
        Set<String> states = new HashSet<>();
        Set<Long> cuts = new java.util.TreeSet<>();
        long received = 0;
        for (WireWatch watch : watched) {
            states.addAll(watch.states());
            cuts.addAll(watch.cuts());
            received = Math.max(received, watch.received());
        }
        return RunResult.of(scenario, told, driver, engine.report(), leaks, password, states, cuts, received);
    }

    @Override
    public Session connect(ConnectOptionsBuilder options, Wishes wishes, SessionStatusNotify session) {
        var link = new SimulatedSession(
                clock, server, Network.PLAIN, KeyDerivation.REAL, this::newWatch, wishes.brokenTimers());
        links.add(link);
        bySession.put(session, link);
        if (wishes.tapFails() != RunTap.Fails.NEVER) {
            options.tap(new RunTap(() -> {}, wishes.tapFails()));
        }
        var core = new ClientSession(
                options.addresses(wishes.servers(SimulatedSession.SERVER, SimulatedSession.CLOSED))
                        .build(),
                session,
                link,
                Chance.of(() -> Bytes.wrap(entropy.bytes(PASSWORD_BYTES)).hex(), bound -> 0));
        link.begin(core);
        return core.session();
    }

    private LinkWatch newWatch() {
        var watch = new WireWatch(watches);
        watched.add(watch);
        return watch;
    }

    @Override
    public void breakTimers(SessionStatusNotify session, int times) {
        SimulatedSession link = bySession.get(session);
        if (link != null) {
            link.breakTimers(times);
        }
    }

    @Override
    public void changed() {}
}
