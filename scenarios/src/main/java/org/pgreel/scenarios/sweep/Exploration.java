package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.simulation.Network;
import org.pgreel.scenarios.simulation.SeededNetwork;

/**
 * Runs by seed: one to three sessions of some operations at once, a cancel among them, a network that may delay, cut, join and lose, and up to two faults. The run
 * of a seed is always the same. Confined to one thread.
 */
public final class Exploration {
    /** So many seeds in a row have the same session, since making one ready costs more than a run. */
    private static final int RUNS_OF_A_SESSION = 512;

    /** Of so many draws, and two more, so many are of one session alone; the others are of two and three at once. */
    private static final int ONE_IN = 3;

    private static final int LOSS_MAX = 10;
    private static final int FAULTS_MAX = 2;
    private static final int ATTEMPTS = 20;

    private final Plant plant;
    private final Map<Direction, List<Tamper>> tampers = new EnumMap<>(Direction.class);
    private long sessionSeed;
    private final List<Subject> subjects = new ArrayList<>();
    private @Nullable FaultCoverage coverage;

    /**
     * What a seed has found.
     *
     * @param seed the run's
     * @param subject the session
     * @param faults what went wrong on the wire; a network may have been in play too
     * @param invariant what did not hold
     * @param sentence how
     * @param enough the fewest of the faults that break it by themselves, over a network that does nothing; null if all of
     *     them do not
     */
    public record Found(
            long seed,
            Subject subject,
            List<Fault> faults,
            Invariant invariant,
            String sentence,
            @Nullable List<Fault> enough) {}

    /**
     * Makes an exploration.
     *
     * @param plant a bug to find; {@link Plant#NONE} for the client as it is
     */
    public Exploration(Plant plant) {
        this.plant = plant;
        for (Direction direction : Direction.values()) {
            tampers.put(direction, Tampers.all(direction));
        }
    }

    /** Plays the run of a seed; empty if all invariants hold behind it. */
    public Optional<Found> run(long seed) {
        List<Subject> group = sessions(Math.floorDiv(seed, RUNS_OF_A_SESSION));
        var random = new Random(seed);
        // The faults are in the first, so that is each of them in turn.
        List<Subject> sessions = new ArrayList<>(group);
        Collections.rotate(sessions, random.nextInt(sessions.size()));
        Subject session = sessions.get(0);
        List<Fault> faults = new ArrayList<>();
        for (int i = random.nextInt(FAULTS_MAX + 1); i > 0; i--) {
            faults.add(draw(session, random));
        }
        boolean plain = random.nextInt(3) == 0;
        int loss = random.nextInt(LOSS_MAX);
        List<Trace> traces = Play.together(
                sessions, faults, clock -> plain ? Network.PLAIN : new SeededNetwork(clock, seed, loss), plant);
        for (int i = 0; i < traces.size(); i++) {
            Optional<Found> found = judge(seed, sessions, i, faults, traces.get(i));
            if (found.isPresent()) {
                return found;
            }
        }
        if (coverage != null) {
            faults.forEach(coverage::passed);
        }
        return Optional.empty();
    }

    private Optional<Found> judge(long seed, List<Subject> sessions, int which, List<Fault> faults, Trace trace) {
        Subject session = sessions.get(which);
        for (Invariant invariant : Invariant.ALL) {
            Optional<String> sentence = invariant.broken(session, trace);
            if (sentence.isPresent()) {
                List<Fault> enough = which == 0 ? enough(session, faults, invariant) : null;
                return Optional.of(new Found(seed, session, faults, invariant, sentence.get(), enough));
            }
        }
        return foreign(sessions, session, trace)
                .map(sentence -> new Found(seed, session, faults, new OwnAnswers(), sentence, null));
    }

    /** Nothing that one session is told is another's. */
    private static Optional<String> foreign(List<Subject> sessions, Subject own, Trace trace) {
        if (sessions.size() == 1) {
            return Optional.empty();
        }
        String words = String.join(" ", trace.answers().values());
        for (Subject other : sessions) {
            if (other != own) {
                for (String number : other.allNumbers()) {
                    if (words.contains(number)) {
                        return Optional.of("the session is told " + number + ", which is another session's");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Counts which edges of the conversation matrix are exercised. */
    public Exploration covering(EdgeCounts counts) {
        coverage = new FaultCoverage(counts);
        return this;
    }

    private List<Subject> sessions(long seed) {
        if (subjects.isEmpty() || seed != sessionSeed) {
            subjects.clear();
            int draw = new Random(seed).nextInt(ONE_IN + 2);
            int count = draw < ONE_IN ? 1 : draw - ONE_IN + 2;
            for (int i = 0; i < count; i++) {
                var made = new Subject(RandomSession.of(seed, i));
                if (coverage != null) {
                    coverage.calm(made);
                }
                subjects.add(made);
            }
            sessionSeed = seed;
        }
        return subjects;
    }

    private Fault draw(Subject session, Random random) {
        List<SweptStream> streams = session.streams();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SweptStream stream = streams.get(random.nextInt(streams.size()));
            List<Tamper> all = tampers.getOrDefault(stream.direction(), List.of());
            Tamper tamper = all.get(random.nextInt(all.size()));
            boolean boundary = tamper.kind().ofMessages();
            int points = boundary ? stream.boundaries().size() : stream.bytes().length();
            var fault = new Fault(stream, tamper, boundary, random.nextInt(Math.max(1, points)));
            if (points > 0 && Points.pointless(fault, false).isEmpty()) {
                return fault;
            }
        }
        SweptStream first = streams.get(0);
        return new Fault(
                first, tampers.getOrDefault(first.direction(), List.of()).get(0), false, 0);
    }

    private @Nullable List<Fault> enough(Subject session, List<Fault> faults, Invariant invariant) {
        List<List<Fault>> fewestFirst = new ArrayList<>();
        fewestFirst.add(List.of());
        faults.forEach(fault -> fewestFirst.add(List.of(fault)));
        fewestFirst.add(faults);
        for (List<Fault> some : fewestFirst) {
            Trace trace = Play.of(session, some, Play.plain(), plant);
            if (invariant.broken(session, trace).isPresent()) {
                return some;
            }
        }
        return null;
    }
}
