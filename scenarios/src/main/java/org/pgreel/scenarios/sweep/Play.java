package org.pgreel.scenarios.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayListener;
import org.pgreel.replay.play.ScriptEngine;
import org.pgreel.scenarios.drive.Application;
import org.pgreel.scenarios.simulation.LinkWatch;
import org.pgreel.scenarios.simulation.Network;
import org.pgreel.scenarios.simulation.SimulatedSession;
import org.pgreel.scenarios.simulation.VirtualClock;
import org.pgreel.session.Chance;
import org.pgreel.session.ClientSession;

/**
 * One simulated run of a swept session: the client's core, the played server and a fault between them, in one thread and
 * by a clock that never waits. The same subject, fault, network and seed give the same run, event for event.
 */
final class Play {
    /** How long an operation may take, by the session's own options. */
    static final Duration OPERATION_LIMIT = Duration.ofSeconds(6);

    private static final Duration TIME_MAX = Duration.ofMinutes(30);
    private static final int STEPS_MAX = 1_000_000;
    private static final int NONCE_BYTES = 12;
    private static final long SEED = 1;
    private static final NetworkMaker PLAIN = clock -> Network.PLAIN;

    /** Makes the network of a run, on its clock. */
    interface NetworkMaker {
        Network over(VirtualClock clock);
    }

    private static final LinkWatch NOBODY = new LinkWatch() {
        @Override
        public void frontend(byte[] bytes) {}

        @Override
        public void backend(byte[] bytes) {}
    };

    private final VirtualClock clock = new VirtualClock();
    private final Trace trace;
    private final Application application;
    private final SimulatedSession session;
    private final ScriptEngine engine;
    private final List<Tampering> tampering = new ArrayList<>();
    private final List<StreamWatch> watches = new ArrayList<>();
    private boolean over;
    private int timersLeft;
    private int connectionsLeft;

    private Play(
            Subject subject,
            List<Fault> faults,
            NetworkMaker network,
            long seed,
            boolean watched,
            Plant plant,
            UnaryOperator<PlayedServer> around) {
        subject.journal().clear();
        trace = new Trace(subject.journal());
        application = new Application(subject.asked(), trace);
        Entropy entropy = Entropy.seeded(seed);
        engine = new ScriptEngine(subject.script(), subject.settings(), Chunking.WHOLE, entropy, PlayListener.NONE);
        PlayedServer server = engine;
        for (Fault fault : faults) {
            var tampers = new Tampering(server, fault);
            tampering.add(tampers);
            server = tampers;
            trace.alters(fault);
        }
        session = new SimulatedSession(
                clock,
                around.apply(server),
                network.over(clock),
                subject.keys(),
                watched ? this::watch : () -> NOBODY,
                false);
        var core = new ClientSession(
                subject.options(plant),
                plant.notify(application),
                plant.effects(session),
                Chance.of(() -> Bytes.wrap(entropy.bytes(NONCE_BYTES)).hex(), bound -> 0));
        session.turned(() -> trace.holds(plant.held(core.held())));
        trace.session(core.session());
        application.began(plant.session(core.session()));
        session.begin(core);
    }

    /** Plays a session in which nothing goes wrong, and learns what it says. */
    static Trace calm(Subject subject) {
        return new Play(subject, List.of(), PLAIN, SEED, true, Plant.NONE, Play::alone).trace();
    }

    /** Plays a session in which that goes wrong. */
    static Trace of(Subject subject, Fault fault) {
        return of(subject, fault, Plant.NONE);
    }

    /** Plays a session in which that goes wrong, with a bug in the client. */
    static Trace of(Subject subject, @Nullable Fault fault, Plant plant) {
        return new Play(subject, faults(fault), PLAIN, SEED, false, plant, Play::alone).trace();
    }

    /** Plays a session over another network. */
    static Trace of(Subject subject, @Nullable Fault fault, NetworkMaker network, long seed) {
        return new Play(subject, faults(fault), network, seed, false, Plant.NONE, Play::alone).trace();
    }

    /** Plays a session in which several things go wrong. */
    static Trace of(Subject subject, List<Fault> faults, NetworkMaker network, Plant plant) {
        return new Play(subject, faults, network, SEED, false, plant, Play::alone).trace();
    }

    /** Plays a session in which that goes wrong, with something between the server and the network. */
    static Trace of(Subject subject, Fault fault, UnaryOperator<PlayedServer> around) {
        return new Play(subject, List.of(fault), PLAIN, SEED, false, Plant.NONE, around).trace();
    }

    /** Returns a network that is as good as none. */
    static NetworkMaker plain() {
        return PLAIN;
    }

    private static PlayedServer alone(PlayedServer server) {
        return server;
    }

    private static List<Fault> faults(@Nullable Fault fault) {
        return fault == null ? List.of() : List.of(fault);
    }

    private LinkWatch watch() {
        var watch = new StreamWatch();
        watches.add(watch);
        return watch;
    }

    private Trace trace() {
        boolean closed = false;
        int steps = 0;
        while (true) {
            steps++;
            if (steps > STEPS_MAX || clock.elapsed().compareTo(TIME_MAX) > 0) {
                trace.endless("the run does not end within " + clock.elapsed());
                break;
            }
            if (clock.step()) {
                look();
                continue;
            }
            if (gone()) {
                break;
            }
            if (!closed && application.finished()) {
                closed = true;
                trace.session().close();
            } else if (!clock.jump()) {
                trace.endless("nothing will happen any more, and the session has not ended");
                break;
            } else {
                look();
            }
        }
        conclude();
        return trace;
    }

    /** What a session leaves is what it has in the moment of its end: timers go off sooner or later. */
    private void look() {
        if (!over && trace.session().shutdownReason().isPresent()) {
            over = true;
            timersLeft = session.hasTimers() ? 1 : 0;
            connectionsLeft = session.open();
        }
    }

    /** Tells whether the session has ended and nothing of it is left, so that nothing more can come of it. */
    private boolean gone() {
        return trace.session().shutdownReason().isPresent()
                && (session.open() == 0 && !session.hasTimers()
                        || clock.elapsed().compareTo(TIME_MAX) > 0);
    }

    private void conclude() {
        boolean fired = tampering.stream().allMatch(Tampering::fired);
        trace.left(fired, timersLeft, connectionsLeft, application.outstanding(), clock.elapsed());
        Throwable thrown = session.thrown();
        if (thrown != null) {
            trace.endless("the application's callback threw " + thrown);
        }
        if (!watches.isEmpty()) {
            engine.report().problems().stream().findFirst().ifPresent(trace::mismatch);
            for (int i = 0; i < watches.size(); i++) {
                trace.streams().addAll(watches.get(i).streams(i + 1));
            }
        }
    }
}
