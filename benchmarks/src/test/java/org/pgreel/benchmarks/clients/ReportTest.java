package org.pgreel.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.benchmarks.peer.Measurement;
import org.pgreel.benchmarks.peer.Workload;

class ReportTest {

    private static final Contender PGREEL = Contender.all().get(0);
    private static final Contender RECORDED = Contender.all().get(2);
    private static final Contender PGJDBC = Contender.all().get(3);
    private static final Contender VERTX = Contender.all().get(5);
    private static final Contender ZERO = Contender.all().get(7);

    private static Measurement took(long nanos) {
        return new Measurement(1_000, nanos, nanos / 2, 64_000, 0, nanos / 1_000, nanos / 500);
    }

    private static Rounds rounds(Workload workload, Site site) {
        Rounds rounds = new Rounds(workload, site);
        for (int speed = 1; speed <= 3; speed++) {
            rounds.add(PGREEL, took(1_000_000L * speed));
            rounds.add(RECORDED, took(1_100_000L * speed));
            rounds.add(PGJDBC, took(2_000_000L * speed));
            rounds.add(VERTX, took(1_200_000L * speed));
            rounds.add(ZERO, took(800_000L * speed));
        }
        return rounds;
    }

    @Test
    void theBestPeerIsTheFastestOtherLibrary() {
        assertThat(Goals.best(rounds(Workload.W1, Site.POSTGRES))).contains(VERTX);
    }

    @Test
    void goalsAreJudgedByTheMedianRatioOfPairedRounds() {
        List<Goals.Outcome> goals = Goals.of(rounds(Workload.W1, Site.POSTGRES));

        assertThat(goals.get(0).against()).isEqualTo(VERTX);
        assertThat(goals.get(0).ratio().median()).isEqualTo(1.2);
        assertThat(goals.get(0).reached()).isTrue();
        assertThat(goals)
                .filteredOn(goal -> goal.against().equals(ZERO))
                .singleElement()
                .satisfies(goal -> assertThat(goal.reached()).isFalse());
    }

    @Test
    void whereTheClientIsTheLimitMoreIsAskedOfIt() {
        assertThat(Goals.of(rounds(Workload.W2, Site.CANNED)).get(0).least()).isEqualTo(1.1);
        assertThat(Goals.of(rounds(Workload.W2, Site.CANNED)))
                .anySatisfy(goal -> assertThat(goal.subject()).isEqualTo(RECORDED));
    }

    @Test
    void theTwoReportsTellTheSame() {
        List<Rounds> all = List.of(rounds(Workload.W1, Site.POSTGRES));

        String page = MarkdownReport.of(List.of("a line"), all);
        String object = JsonReport.of(List.of("a \"line\""), all);

        assertThat(page)
                .contains("| W1 | PostgreSQL | PgReel | vertx-pg-client | throughput | ≥ 0.95 | 1.20 | yes |")
                .contains("| W1 | PostgreSQL | 500,000 | vertx-pg-client 416,667 | **1.20** | 0.95 |")
                .contains("| PgReel | 500,000 | 1.00 (1.00–1.00) | 2.0 | 4.0 | 1.000 | 64 |");
        assertThat(object)
                .contains("\"conditions\": [\n  \"a \\\"line\\\"\"\n]")
                .contains(
                        "\"workload\": \"W1\", \"site\": \"postgres\", \"client\": \"PgReel\", \"perSecond\": 500000.0000");
    }
}
