package org.pgreel.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Workload;

/** The coordinator with peers of its own making, each in a real process. */
@Timeout(60)
class MatchTest {

    private static final Target TARGET = new Target("127.0.0.1", 1, "user", "secret", "db", 100, 100);
    private static final Match.Between NOTHING = new Match.Between() {
        @Override
        public void before(Workload workload) {}

        @Override
        public void after(Workload workload, int repeats) {}
    };

    private final Map<Contender, PeerProcess> peers = new LinkedHashMap<>();

    @AfterEach
    void endTheProcesses() {
        peers.values().forEach(PeerProcess::close);
    }

    private void peer(Contender contender, String behaviour) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedPeer.class.getName()));
        command.add(behaviour);
        peers.put(contender, PeerProcess.start(contender.name(), command));
    }

    private static Match match() {
        Plan plan = Plan.parse(List.of("--quick", "--rounds", "4"));
        return new Match(plan, Site.POSTGRES, TARGET, NOTHING);
    }

    @Test
    void everyContenderDoesEveryRound() throws IOException {
        Contender first = Contender.all().get(0);
        Contender other = Contender.all().get(3);
        peer(first, "honest");
        peer(other, "honest");

        Rounds rounds = match().run(Workload.W1, peers);

        assertThat(rounds.contenders()).containsExactly(first, other);
        assertThat(rounds.perSecond(first).median()).isPositive();
        assertThat(rounds.ratio(other, first).median()).isPositive();
    }

    @Test
    void whoReadsSomethingElseFailsTheRun() throws IOException {
        peer(Contender.all().get(0), "honest");
        peer(Contender.all().get(3), "lazy");

        assertThatThrownBy(() -> match().run(Workload.W1, peers))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("pgjdbc read something else in W1 at the PostgreSQL: checksum 0 instead of ");
    }

    @Test
    void whoCannotDoAWorkloadIsLeftOut() throws IOException {
        Contender able = Contender.all().get(0);
        peer(able, "honest");
        peer(Contender.all().get(3), "unable");

        assertThat(match().run(Workload.W2, peers).contenders()).containsExactly(able);
    }

    @Test
    void whatAPeerFailsWithIsInTheMessageButNotThePassword() throws IOException {
        peer(Contender.all().get(0), "broken");

        assertThatThrownBy(() -> match().run(Workload.W1, peers))
                .hasMessage("PgReel answered to open W1: failed java.lang.IllegalStateException: no such server");
    }

    @Test
    void aPeerThatEndsIsNotWaitedFor() throws IOException {
        peer(Contender.all().get(0), "gone");

        assertThatThrownBy(() -> match().run(Workload.W1, peers))
                .hasMessage("PgReel ended instead of answering to open W1");
    }
}
