package org.pgreel.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.replay.TestRecording.row;
import static org.pgreel.replay.TestRecording.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.replay.TestRecording;

/** Answers leave at once, as long after their questions as they were recorded, or that time scaled and disturbed. */
final class TimingTest {

    private static final Duration SLOW = Duration.ofMillis(300);

    private static ReplayEngine engine(Timing timing, Matching matching) {
        var slow = new TestRecording();
        slow(slow);
        ReplaySettings settings = ReplaySettings.DEFAULTS.withTiming(timing).withMatching(matching);
        return new ReplayEngine(slow.playable(), settings, new SeededEntropy());
    }

    /** The first answer takes 300 ms, and the second none. */
    private static void slow(TestRecording recording) {
        TestRecording.Connection connection = recording.connection("alice", 7).sends(new Query("select 1"));
        recording.later(SLOW);
        connection
                .answers(row("1"))
                .sends(new Query("select 2"))
                .answers(row("2"))
                .sends(new Terminate());
    }

    @Test
    void byDefaultAnswersLeaveAtOnce() {
        for (Matching matching : Matching.values()) {
            var client = TestClient.loggedIn(engine(Timing.NONE, matching), user("alice"));
            client.take();
            assertThat(client.send(new Query("select 1")).takeNames()).contains("DataRow");
            assertThat(client.effects.armed(ReplayTimer.PACE)).isFalse();
        }
    }

    @Test
    void anAnswerTakesAsLongAsItWasRecorded() {
        for (Matching matching : Matching.values()) {
            ReplayEngine engine = engine(Timing.RECORDED, matching);
            var client = TestClient.loggedIn(engine, user("alice"));
            client.take();

            assertThat(client.send(new Query("select 1")).take())
                    .as(matching.name())
                    .isEmpty();
            assertThat(client.effects.armedFor(ReplayTimer.PACE)).isBetween(SLOW, SLOW.plusNanos(10));
            client.connection.elapsed(ReplayTimer.PACE);
            assertThat(client.takeNames()).contains("DataRow", "ReadyForQuery");

            client.send(new Query("select 2"));
            assertThat(client.effects.armedFor(ReplayTimer.PACE)).isBetween(Duration.ofNanos(1), Duration.ofNanos(10));
            client.connection.elapsed(ReplayTimer.PACE);
            assertThat(client.takeNames()).contains("DataRow");
        }
    }

    @Test
    void timesAreScaled() {
        var client = TestClient.loggedIn(engine(Timing.of("x0.5"), Matching.VERBATIM), user("alice"));
        client.send(new Query("select 1"));

        assertThat(client.effects.armedFor(ReplayTimer.PACE))
                .isBetween(SLOW.dividedBy(2), SLOW.dividedBy(2).plusNanos(10));
    }

    @Test
    void whatIsPipelinedLeavesInOrderEachAfterItsOwnTime() {
        var client = TestClient.loggedIn(engine(Timing.RECORDED, Matching.VERBATIM), user("alice"));
        client.take();

        client.send(new Query("select 1"), new Query("select 2"));
        client.connection.elapsed(ReplayTimer.PACE);
        assertThat(client.takeNames()).containsOnlyOnce("DataRow");
        client.connection.elapsed(ReplayTimer.PACE);
        assertThat(client.takeNames()).containsOnlyOnce("DataRow");
    }

    @Test
    void theJitterOfASeedIsTheSameEachTime() {
        Timing jitter = Timing.NONE.withJitter(Duration.ofMillis(50), 7);
        List<Duration> first = waits(jitter);

        assertThat(first).isEqualTo(waits(jitter)).doesNotHaveDuplicates();
        assertThat(first).allMatch(wait -> wait.compareTo(Duration.ofMillis(50)) < 0);
        assertThat(waits(Timing.NONE.withJitter(Duration.ofMillis(50), 8))).isNotEqualTo(first);
    }

    private static List<Duration> waits(Timing timing) {
        Timing.Pace pace = timing.pace(1);
        var waits = new ArrayList<Duration>();
        for (int i = 0; i < 20; i++) {
            waits.add(pace.after(1_000_000_000));
        }
        return waits;
    }

    @Test
    void whatIsNoTimingIsRefused() {
        assertThat(List.of(Timing.of("none"), Timing.of("recorded"), Timing.of("x2")))
                .containsExactly(Timing.NONE, Timing.RECORDED, new Timing(2, Duration.ZERO, 0));
        assertThatThrownBy(() -> Timing.of("twice")).hasMessageContaining("'twice' is none of none, recorded, xN");
        assertThatThrownBy(() -> Timing.of("x2000")).hasMessageContaining("0 to 1000");
        assertThatThrownBy(() -> Timing.NONE.withJitter(Duration.ofMillis(-1), 0))
                .hasMessageContaining("jitter");
        assertThat(new Timing(1000, Duration.ZERO, 0).pace(1).after(Long.MAX_VALUE))
                .isEqualTo(Duration.ofHours(1));
    }
}
