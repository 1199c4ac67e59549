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
    private static final int SETTLE_STEPS_MAX = 10_000;
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

    private final VirtualClock clock;
    private final Trace trace;
    private final Application application;
    private final SimulatedSession session;
    private final ScriptEngine engine;
    private final List<Tampering> tampering = new ArrayList<>();
    private final List<StreamWatch> watches = new ArrayList<>();
    private boolean over;
    private boolean closed;
    private Duration ended = Duration.ZERO;
    private int timersLeft;
    private int connectionsLeft;

    private Play(
            VirtualClock clock,
            Subject subject,
            List<Fault> faults,
            NetworkMaker network,
            long seed,
            boolean watched,
            Plant plant,
            UnaryOperator<PlayedServer> around) {
        this.clock = clock;
        subject.journal().clear();
        trace = new Trace(subject.journal());
        application = new Application(subject.asked(), trace);
        Entropy entropy = Entropy.seeded(seed);
        engine = new ScriptEngine(subject.script(), Chunking.WHOLE, entropy, PlayListener.NONE);
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
        return new Play(new VirtualClock(), subject, List.of(), PLAIN, SEED, true, Plant.NONE, Play::alone).trace();
    }

    /** Plays a session in which that goes wrong. */
    static Trace of(Subject subject, Fault fault) {
        return of(subject, fault, Plant.NONE);
    }

    /** Plays a session in which that goes wrong, with a bug in the client. */
    static Trace of(Subject subject, @Nullable Fault fault, Plant plant) {
        return new Play(new VirtualClock(), subject, faults(fault), PLAIN, SEED, false, plant, Play::alone).trace();
    }

    /** Plays a session over another network. */
    static Trace of(Subject subject, @Nullable Fault fault, NetworkMaker network, long seed) {
        return new Play(new VirtualClock(), subject, faults(fault), network, seed, false, Plant.NONE, Play::alone)
                .trace();
    }

    /** Plays a session in which several things go wrong. */
    static Trace of(Subject subject, List<Fault> faults, NetworkMaker network, Plant plant) {
        return new Play(new VirtualClock(), subject, faults, network, SEED, false, plant, Play::alone).trace();
    }

    /** Plays a session in which that goes wrong, with something between the server and the network. */
    static Trace of(Subject subject, Fault fault, UnaryOperator<PlayedServer> around) {
        return new Play(new VirtualClock(), subject, List.of(fault), PLAIN, SEED, false, Plant.NONE, around).trace();
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

    /**
     * Plays several sessions at once, on one clock and over one network; what goes wrong, goes wrong in the first.
     *
     * @return what each came to, in their order
     */
    static List<Trace> together(List<Subject> subjects, List<Fault> faults, NetworkMaker network, Plant plant) {
        var clock = new VirtualClock();
        Network one = network.over(clock);
        var plays = new ArrayList<Play>();
        for (Subject subject : subjects) {
            List<Fault> own = plays.isEmpty() ? faults : List.of();
            plays.add(new Play(clock, subject, own, same -> one, SEED, false, plant, Play::alone));
        }
        play(clock, plays);
        return plays.stream().map(play -> play.trace).toList();
    }

    private Trace trace() {
        play(clock, List.of(this));
        return trace;
    }

    private static void play(VirtualClock clock, List<Play> plays) {
        int steps = 0;
        String endless = null;
        while (endless == null) {
            steps++;
            if (steps > STEPS_MAX || clock.elapsed().compareTo(TIME_MAX) > 0) {
                endless = "the run does not end within " + clock.elapsed();
            } else if (clock.step()) {
                look(plays);
            } else if (gone(plays)) {
                break;
            } else if (!closes(plays)) {
                if (clock.jump()) {
                    look(plays);
                } else {
                    endless = "nothing will happen any more, and the session has not ended";
                }
            }
        }
        for (int i = 0; i < plays.size(); i++) {
            Play play = plays.get(i);
            if (endless != null && !play.endedInTime()) {
                play.trace.endless(endless);
            }
            play.conclude();
        }
        if (endless == null) {
            settle(clock, plays);
        }
    }

    private boolean endedInTime() {
        return over && ended.compareTo(TIME_MAX) <= 0 && connectionsLeft == 0 && timersLeft == 0;
    }

    /** The server sees the ends of its connections a moment later, or when a silence is over. */
    private static void settle(VirtualClock clock, List<Play> plays) {
        for (int i = 0; i < SETTLE_STEPS_MAX; i++) {
            if (!clock.step() && (quiet(plays) || !clock.jump())) {
                break;
            }
        }
        for (Play play : plays) {
            play.trace.serverLeft(!play.engine.quiet(), play.session.serverHasTimers());
        }
    }

    private static boolean quiet(List<Play> plays) {
        for (int i = 0; i < plays.size(); i++) {
            if (!plays.get(i).engine.quiet()) {
                return false;
            }
        }
        return true;
    }

    private static void look(List<Play> plays) {
        for (int i = 0; i < plays.size(); i++) {
            plays.get(i).look();
        }
    }

    private static boolean gone(List<Play> plays) {
        for (int i = 0; i < plays.size(); i++) {
            if (!plays.get(i).gone()) {
                return false;
            }
        }
        return true;
    }

    /** The application of a session has nothing more to ask, and closes it; false if none does now. */
    private static boolean closes(List<Play> plays) {
        for (int i = 0; i < plays.size(); i++) {
            Play play = plays.get(i);
            if (!play.closed && play.application.finished()) {
                play.closed = true;
                play.trace.session().close();
                return true;
            }
        }
        return false;
    }

    /** What a session leaves is what it has in the moment of its end: timers go off sooner or later. */
    private void look() {
        trace.engineHolds(engine.held());
        if (!over && trace.session().shutdownReason().isPresent()) {
            over = true;
            ended = clock.elapsed();
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
