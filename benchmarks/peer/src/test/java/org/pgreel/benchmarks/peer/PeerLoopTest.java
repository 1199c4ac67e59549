package org.pgreel.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerLoopTest {

    private static List<String> answers(Peer peer, String... orders) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PeerLoop(peer, new PrintStream(out, true, StandardCharsets.UTF_8))
                .serve(new BufferedReader(new StringReader(String.join("\n", orders))));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Work counting() {
        return new Work() {
            @Override
            public long run(Round round) {
                for (int i = 1; i <= round.repeats(); i++) {
                    round.took(i);
                }
                return 99;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void ordersAreAnsweredOneALine() throws IOException {
        List<String> all = answers(
                (workload, target) -> counting(),
                "open W4 127.0.0.1 5432 user password db 10 10",
                "round 101 7",
                "close");

        assertThat(all).hasSize(3);
        assertThat(all.get(0)).isEqualTo("opened");
        assertThat(all.get(2)).isEqualTo("closed");
        Measurement measurement = Measurement.parse(all.get(1).split(" "), 1);
        assertThat(measurement.operations()).isEqualTo(101_000);
        assertThat(measurement.checksum()).isEqualTo(99);
        assertThat(measurement.p50()).isEqualTo(51);
        assertThat(measurement.p99()).isEqualTo(100);
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        assertThat(answers((workload, target) -> null, "open W1 h 1 u p d 1 1")).containsExactly("unsupported");
        assertThat(answers((workload, target) -> null, "round 1 1"))
                .containsExactly("failed java.lang.IllegalStateException: nothing is open");
        assertThat(answers((workload, target) -> null, "dance"))
                .containsExactly("failed java.lang.IllegalArgumentException: no order dance");
    }

    @Test
    void aTargetIsReadAsItIsWrittenAndHidesItsPassword() {
        Target target = new Target("::1", 5432, "user", "secret", "db", 100, 10);

        assertThat(Target.parse(("open W1 " + target.words()).split(" "), 2)).isEqualTo(target);
        assertThat(target.toString()).doesNotContain("secret");
    }
}
