package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
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
 * Runs by seed: a session of some operations, a network that may delay, cut, join and lose, and up to two faults. The run
 * of a seed is always the same. Confined to one thread.
 */
public final class Exploration {
    /** So many seeds in a row have the same session, since making one ready costs more than a run. */
    private static final int RUNS_OF_A_SESSION = 512;

    private static final int LOSS_MAX = 10;
    private static final int FAULTS_MAX = 2;
    private static final int ATTEMPTS = 20;

    private final Plant plant;
    private final Map<Direction, List<Tamper>> tampers = new EnumMap<>(Direction.class);
    private long sessionSeed;
    private @Nullable Subject subject;
    private @Nullable FaultCoverage coverage;

    /**
     * What a seed has found.
     *
     * @param seed the run's
     * @param subject the session
     * @param faults what went wrong on the wire; a network may have been in play too
     * @param invariant what did not hold
     * @param sentence how
     * @param alone one of the faults that breaks it by itself, over a network that does nothing; null if none does
     */
    public record Found(
            long seed,
            Subject subject,
            List<Fault> faults,
            Invariant invariant,
            String sentence,
            Sweep.@Nullable Broken alone) {}

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
        Subject session = session(Math.floorDiv(seed, RUNS_OF_A_SESSION));
        var random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        for (int i = random.nextInt(FAULTS_MAX + 1); i > 0; i--) {
            faults.add(draw(session, random));
        }
        boolean plain = random.nextInt(3) == 0;
        int loss = random.nextInt(LOSS_MAX);
        Trace trace =
                Play.of(session, faults, clock -> plain ? Network.PLAIN : new SeededNetwork(clock, seed, loss), plant);
        for (Invariant invariant : Invariant.ALL) {
            Optional<String> sentence = invariant.broken(session, trace);
            if (sentence.isPresent()) {
                return Optional.of(
                        new Found(seed, session, faults, invariant, sentence.get(), alone(session, faults, invariant)));
            }
        }
        if (coverage != null) {
            faults.forEach(coverage::passed);
        }
        return Optional.empty();
    }

    /** Counts which edges of the conversation matrix are exercised. */
    public Exploration covering(EdgeCounts counts) {
        coverage = new FaultCoverage(counts);
        return this;
    }

    private Subject session(long seed) {
        Subject known = subject;
        if (known == null || seed != sessionSeed) {
            known = new Subject(RandomSession.of(seed));
            if (coverage != null) {
                coverage.calm(known);
            }
            subject = known;
            sessionSeed = seed;
        }
        return known;
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

    private Sweep.@Nullable Broken alone(Subject session, List<Fault> faults, Invariant invariant) {
        for (Fault fault : faults) {
            Optional<String> sentence = invariant.broken(session, Play.of(session, fault, plant));
            if (sentence.isPresent()) {
                return new Sweep.Broken(session, fault, invariant, sentence.get());
            }
        }
        return null;
    }
}
