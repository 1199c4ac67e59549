package org.pgreel.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.scenarios.simulation.SeededNetwork;

/**
 * Runs by seed: equal in every event when they are repeated, and equal in what the application is told when they are
 * repeated over TCP. {@code -Dpgreel.simulation.runs=2000} sets how many.
 */
@Timeout(1800)
class SimulationTest {
    private static final int RUNS = Integer.getInteger("pgreel.simulation.runs", 60);
    private static final int LOSS = 20;
    private static final int ORDERS = 200;

    static List<String> golden() {
        return Golden.names();
    }

    private static Trace seeded(Subject subject, long seed) {
        return Play.of(subject, null, clock -> new SeededNetwork(clock, seed, LOSS), seed);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void theSameSeedIsTheSameRunEventForEvent(String name) {
        var subject = new Subject(Golden.named(name));
        Set<String> hashes = new HashSet<>();

        for (long seed = 0; seed < RUNS; seed++) {
            String first = seeded(subject, seed).hash();
            assertThat(seeded(subject, seed).hash()).as("seed " + seed).isEqualTo(first);
            hashes.add(first);
        }

        assertThat(hashes).as("runs that differ").hasSizeGreaterThan(RUNS / 2);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyInvariantHoldsOverANetworkThatDelaysCutsAndLoses(String name) {
        var subject = new Subject(Golden.named(name));

        for (long seed = 0; seed < RUNS; seed++) {
            Trace trace = seeded(subject, seed);

            for (Invariant invariant : Invariant.ALL) {
                assertThat(invariant.broken(subject, trace)).as("seed " + seed).isEmpty();
            }
        }
    }

    @Test
    void whatIsToldInTheSimulationIsToldOverTcp() {
        List<Subject> subjects = Golden.names().stream()
                .filter(name -> !name.equals("login")) // Its nonces and its certificate are others over TCP.
                .map(name -> new Subject(Golden.named(name)))
                .toList();
        var random = new Random(7);
        int compared = 0;
        try (var sockets = new SocketPlay()) {
            while (compared < RUNS) {
                Subject subject = subjects.get(random.nextInt(subjects.size()));
                Optional<Fault> drawn = draw(subject, random);
                if (drawn.isEmpty()) {
                    continue;
                }
                Trace simulated = Play.of(subject, drawn.get());
                if (simulated.elapsed().toMillis() > 100) {
                    continue; // It ends by a time limit, for which nobody waits here.
                }
                String expected = simulated.text();
                String told = sockets.of(subject, drawn.get(), Plant.NONE).text();
                if (!told.equals(expected) && !isToldWithDelays(subject, drawn.get(), told)) {
                    assertThat(told)
                            .as("run " + compared + ": " + subject.scenario().name() + ", " + drawn.get())
                            .isEqualTo(expected);
                }
                compared++;
            }
        }
    }

    /** Where both sides speak at once, which of them is heard first is chance: some delays must bring that order about. */
    private static boolean isToldWithDelays(Subject subject, Fault fault, String told) {
        for (long seed = 0; seed < ORDERS; seed++) {
            long delays = seed;
            Trace trace = Play.of(subject, fault, clock -> new SeededNetwork(clock, delays, 0), 1);
            if (trace.text().equals(told)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Fault> draw(Subject subject, Random random) {
        List<SweptStream> streams = subject.streams();
        SweptStream stream = streams.get(random.nextInt(streams.size()));
        List<Tamper> tampers = Tampers.all(stream.direction());
        Tamper tamper = tampers.get(random.nextInt(tampers.size()));
        int points = tamper.kind().ofMessages()
                ? stream.boundaries().size()
                : stream.bytes().length();
        if (points == 0) {
            return Optional.empty();
        }
        var fault = new Fault(stream, tamper, tamper.kind().ofMessages(), random.nextInt(points));
        return Points.pointless(fault, false).isPresent() ? Optional.empty() : Optional.of(fault);
    }
}
