package org.pgreel.benchmarks.clients;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pgreel.benchmarks.peer.Workload;

/** What is to be reached, and whether it was. */
final class Goals {

    private static final double NEAR = 0.95;
    private static final double AHEAD = 1.1;
    private static final double OF_CEILING = 0.9;
    private static final double RECORDED = 0.85;

    private Goals() {}

    /**
     * A goal and what was measured.
     *
     * @param workload the workload
     * @param site where
     * @param subject whose figure it is
     * @param against with whom it is compared
     * @param figure what is compared
     * @param least what the ratio must reach; for costs, what it may not exceed
     * @param cost whether less is better
     * @param ratio subject to against
     */
    record Outcome(
            Workload workload,
            Site site,
            Contender subject,
            Contender against,
            String figure,
            double least,
            boolean cost,
            Statistics.Spread ratio) {

        boolean reached() {
            return cost ? ratio.median() <= least : ratio.median() >= least;
        }
    }

    /** Returns the goals that these rounds say something about. */
    static List<Outcome> of(Rounds rounds) {
        List<Outcome> outcomes = new ArrayList<>();
        Optional<Contender> ours = rounds.contenders().stream()
                .filter(contender -> contender.kind() == Contender.Kind.OURS)
                .findFirst();
        Optional<Contender> best = best(rounds);
        if (ours.isEmpty() || rounds.workload() == Workload.W1_WAITING) {
            return outcomes;
        }
        best.ifPresent(peer -> againstPeer(rounds, ours.get(), peer, outcomes));
        Optional<Contender> merged = fastest(rounds, Contender.Kind.PEER_MERGED);
        fastest(rounds, Contender.Kind.OURS_MERGED)
                .ifPresent(one -> merged.ifPresent(other -> againstPeer(rounds, one, other, outcomes)));
        for (Contender contender : rounds.contenders()) {
            boolean ceiling = contender.kind() == Contender.Kind.CEILING && rounds.site() == Site.POSTGRES;
            if (ceiling) {
                outcomes.add(throughput(rounds, ours.get(), contender, OF_CEILING));
            } else if (contender.kind() == Contender.Kind.OURS_RECORDED) {
                recorded(rounds, contender, ours.get(), best, outcomes);
            }
        }
        return outcomes;
    }

    /** Returns the fastest of the other libraries, those aside that make one statement of many. */
    static Optional<Contender> best(Rounds rounds) {
        return fastest(rounds, Contender.Kind.PEER);
    }

    private static Optional<Contender> fastest(Rounds rounds, Contender.Kind kind) {
        return rounds.contenders().stream()
                .filter(contender -> contender.kind() == kind)
                .max(Comparator.comparingDouble(
                        contender -> rounds.perSecond(contender).median()));
    }

    private static void againstPeer(Rounds rounds, Contender ours, Contender peer, List<Outcome> outcomes) {
        boolean ahead = rounds.site() == Site.POSTGRES
                ? rounds.workload() == Workload.W4 || rounds.workload() == Workload.W6
                : isFirstThree(rounds.workload());
        outcomes.add(throughput(rounds, ours, peer, ahead ? AHEAD : NEAR));
        outcomes.add(cost(
                rounds, ours, peer, "processor time", rounds.processorMicros(ours) / rounds.processorMicros(peer)));
        outcomes.add(cost(rounds, ours, peer, "bytes allocated", rounds.allocated(ours) / rounds.allocated(peer)));
    }

    private static boolean isFirstThree(Workload workload) {
        return workload == Workload.W1
                || workload == Workload.W2
                || workload == Workload.W3
                || workload == Workload.W3_STREAMED;
    }

    private static void recorded(
            Rounds rounds, Contender recorded, Contender ours, Optional<Contender> best, List<Outcome> outcomes) {
        if (rounds.site() == Site.POSTGRES) {
            best.ifPresent(peer -> outcomes.add(throughput(rounds, recorded, peer, NEAR)));
        } else if (rounds.workload() == Workload.W2) {
            outcomes.add(throughput(rounds, recorded, ours, RECORDED));
        }
    }

    private static Outcome throughput(Rounds rounds, Contender subject, Contender against, double least) {
        return new Outcome(
                rounds.workload(),
                rounds.site(),
                subject,
                against,
                "throughput",
                least,
                false,
                rounds.ratio(subject, against));
    }

    private static Outcome cost(Rounds rounds, Contender ours, Contender peer, String figure, double ratio) {
        Statistics.Spread spread = new Statistics.Spread(ratio, ratio, ratio);
        return new Outcome(rounds.workload(), rounds.site(), ours, peer, figure, 1, true, spread);
    }
}
