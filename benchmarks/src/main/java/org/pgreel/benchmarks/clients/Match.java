package org.pgreel.benchmarks.clients;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.Measurement;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Workload;

/**
 * One workload at one site by everybody who can do it: warms up, finds out how often it is done in a round, and then lets
 * all do each round, in a new random order each time. Every checksum must be the right one.
 */
final class Match {

    private static final int REPEATS_MAX = 2_000_000;
    private static final double SHORT = 0.25;

    private final Plan plan;
    private final Site site;
    private final Target target;
    private final Between between;
    private final Random random;

    /** What is done and checked outside of the measured time. */
    interface Between {
        /** Empties what the workload fills. */
        void before(Workload workload) throws IOException;

        /** Checks what it filled. */
        void after(Workload workload, int repeats) throws IOException;
    }

    Match(Plan plan, Site site, Target target, Between between) {
        this.plan = plan;
        this.site = site;
        this.target = target;
        this.between = between;
        this.random = new Random(plan.seed());
    }

    /** Tells whether the site has what the workload needs: the canned server neither asks for proofs nor notifies. */
    boolean isPossible(Workload workload) {
        return site == Site.POSTGRES || (workload != Workload.W6 && workload != Workload.W7);
    }

    /** Runs it; contenders that cannot do the workload are left out. */
    Rounds run(Workload workload, Map<Contender, PeerProcess> peers) throws IOException {
        Map<Contender, PeerProcess> able = new LinkedHashMap<>();
        for (Map.Entry<Contender, PeerProcess> peer : peers.entrySet()) {
            if (peer.getKey().takesPart(workload, site) && peer.getValue().open(workload, target)) {
                able.put(peer.getKey(), peer.getValue());
            }
        }
        Rounds rounds = new Rounds(workload, site);
        if (!able.isEmpty()) {
            int repeats = warmUp(workload, able);
            for (int round = 0; round < plan.rounds(); round++) {
                long seed = random.nextLong();
                for (Contender contender : shuffled(able)) {
                    rounds.add(contender, round(workload, contender, able, repeats, seed));
                }
            }
            for (PeerProcess peer : able.values()) {
                peer.done();
            }
        }
        return rounds;
    }

    private List<Contender> shuffled(Map<Contender, PeerProcess> able) {
        List<Contender> order = new ArrayList<>(able.keySet());
        Collections.shuffle(order, random);
        return order;
    }

    /** Returns how often the work is done in a round that takes the planned time, by the first contender. */
    private int warmUp(Workload workload, Map<Contender, PeerProcess> able) throws IOException {
        int repeats = 1;
        boolean first = true;
        for (Contender contender : able.keySet()) {
            double spent = 0;
            int times = first ? 1 : repeats;
            do {
                Measurement measurement = round(workload, contender, able, times, random.nextLong());
                double seconds = measurement.nanos() / 1e9;
                spent += seconds;
                if (first) {
                    times = next(times, seconds);
                    repeats = times;
                }
            } while (spent < plan.warmUpSeconds());
            first = false;
        }
        return repeats;
    }

    /** At most four times as often, until a round is long enough to tell. */
    private int next(int times, double seconds) {
        double factor = plan.seconds() / Math.max(seconds, 1e-6);
        double bounded = seconds < SHORT * plan.seconds() ? Math.min(factor, 4) : factor;
        return (int) Math.max(1, Math.min(REPEATS_MAX, Math.round(times * bounded)));
    }

    private Measurement round(
            Workload workload, Contender contender, Map<Contender, PeerProcess> able, int repeats, long seed)
            throws IOException {
        PeerProcess peer = able.get(contender);
        if (peer == null) {
            throw new IllegalStateException(contender + " is not in this match");
        }
        between.before(workload);
        Measurement measurement = peer.round(repeats, seed);
        if (contender.reads()) {
            long expected = Checksum.expected(workload, target, repeats, seed);
            if (measurement.checksum() != expected) {
                throw new IOException(contender + " read something else in " + workload.label() + " at the "
                        + site.label() + ": checksum " + measurement.checksum() + " instead of " + expected);
            }
            between.after(workload, repeats);
        }
        return measurement;
    }
}
