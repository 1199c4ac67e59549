package org.pgreel.junit.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.pgreel.junit.Replay;
import org.pgreel.junit.ReplayMode;
import org.pgreel.junit.ReplayServer;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.exchange.DeclaredDifferences;
import org.pgreel.replay.exchange.VolatilityLearner;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.replay.volatility.Volatility;

/** A program on HikariCP, Flyway, Liquibase and Hibernate, recorded twice, is replayed ten times without a database. */
@Timeout(300)
class HibernateReplayTest {
    private static final int REPLAYS = 10;
    private static final int LINES_MAX = 10;

    private static BigDecimal total = BigDecimal.ZERO;

    @TempDir
    Path directory;

    /** The whole program is one test, so that all that it asks has to be asked in each run. */
    @Replay("shop")
    static class Trading {
        @Test
        void anOrderIsPlacedAndRaised(ReplayServer database) throws Exception {
            try (ShopProgram shop = ShopProgram.start(database)) {
                assertThat(shop.trade("ann", total)).isEqualTo("ann " + total.add(BigDecimal.ONE) + " v1 3 items");
            }
        }
    }

    @BeforeEach
    void theOrderIsOf18() {
        total = new BigDecimal("18.90");
    }

    @AfterEach
    void nothingIsLeft() {
        List.of("pgreel.tapes", "pgreel.mode").forEach(System::clearProperty);
    }

    private List<String> run(String tapes, ReplayMode mode) {
        System.setProperty("pgreel.tapes", directory.resolve(tapes).toString());
        System.setProperty("pgreel.mode", mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Trading.class))
                .execute();
        assertThat(results.testEvents().started().count()).isOne();
        return results.allEvents().failed().map(Event::toString).toList();
    }

    private PlayableRecording recorded(String tapes) {
        assertThat(run(tapes, ReplayMode.RECORD)).isEmpty();
        return RecordingSource.read(Recordings.open(tape(tapes)));
    }

    /** In the same milliseconds as the other one's a migration is nothing from which anyone could learn that they vary. */
    private PlayableRecording recordedUnlike(int migrationMillis, String tapes) {
        PlayableRecording recorded = recorded(tapes);
        for (int i = 0; i < REPLAYS && ShopProgram.migrationMillis() == migrationMillis; i++) {
            recorded = recorded(tapes);
        }
        assertThat(ShopProgram.migrationMillis()).isNotEqualTo(migrationMillis);
        return recorded;
    }

    private Path tape(String tapes) {
        return directory.resolve(tapes).resolve("shop.pgreel");
    }

    @Test
    void whatWasRecordedTwiceIsReplayedTenTimes() throws Exception {
        PlayableRecording one = recorded("one");
        PlayableRecording two = recordedUnlike(ShopProgram.migrationMillis(), "two");
        VolatilityLearner.Learnt learnt = VolatilityLearner.learn(one, two);
        String declared = learnt.volatility().print();

        assertThat(learnt.unlike()).isEmpty();
        assertThat(declared.lines()).hasSizeLessThanOrEqualTo(LINES_MAX);
        assertThat(DeclaredDifferences.between(one, two, Volatility.parse(declared))
                        .undeclared())
                .as(declared)
                .isEmpty();
        assertThat(DeclaredDifferences.between(one, two, Volatility.NONE).undeclared())
                .isNotEmpty();
        assertThat(TapeWords.of(tape("one"), declared)).isEqualTo(TapeWords.of(tape("two"), declared));

        Files.writeString(directory.resolve("one/shop.volatile"), declared);
        for (int i = 0; i < REPLAYS; i++) {
            assertThat(run("one", ReplayMode.REPLAY)).as(declared).isEmpty();
        }

        total = new BigDecimal("19.90");
        assertThat(run("one", ReplayMode.REPLAY))
                .singleElement()
                .asString()
                .contains("asked what was not recorded: insert into orders")
                .contains("recorded \"18.90\", got \"19.90\"")
                .containsOnlyOnce("asked what was not recorded")
                // The transcript is that of the connection that asked, and not of one that idles in the pool.
                .containsPattern(
                        "(?s)connection ([0-9]+) asked what .*\n  connection \\1 .*B ErrorResponse ERROR RP001");
    }
}
