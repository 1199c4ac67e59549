package org.pgreel.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.benchmarks.peer.Workload;

class PlanTest {

    @Test
    void everythingIsMeasuredUnlessToldOtherwise() {
        Plan plan = Plan.parse(List.of());

        assertThat(plan.workloads()).containsExactly(Workload.values());
        assertThat(plan.sites()).containsExactly(Site.values());
        assertThat(Contender.all()).allMatch(plan::includes);
    }

    @Test
    void optionsNameWhatIsMeasured() {
        Plan plan = Plan.parse(List.of(
                "--workloads",
                "w1,W5out",
                "--sites",
                "canned",
                "--contenders",
                "pgreel,pgjdbc",
                "--rounds",
                "3",
                "--seconds",
                "0.5",
                "--gc",
                "G1"));

        assertThat(plan.workloads()).containsExactly(Workload.W1, Workload.W5_OUT);
        assertThat(plan.sites()).containsExactly(Site.CANNED);
        assertThat(Contender.all().stream().filter(plan::includes).map(Contender::name))
                .containsExactly("PgReel", "pgjdbc");
        assertThat(plan.rounds()).isEqualTo(3);
        assertThat(plan.seconds()).isEqualTo(0.5);
        assertThat(plan.flags()).contains("-XX:+UseG1GC");
    }

    @Test
    void whatIsNotKnownIsRefusedByName() {
        assertThatThrownBy(() -> Plan.parse(List.of("--speed", "9"))).hasMessage("no option --speed");
        assertThatThrownBy(() -> Plan.parse(List.of("--rounds"))).hasMessage("--rounds has no value");
        assertThatThrownBy(() -> Plan.parse(List.of("--workloads", "W9"))).hasMessageStartingWith("no workload W9");
    }
}
