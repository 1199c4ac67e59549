package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.exchange.VolatilityLearner;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordingSource;

/** A program whose keys, times and order differ from run to run is replayed, once that was learnt and declared. */
@Timeout(120)
class VolatileReplayTest {
    private static final Random CHANCE = new Random();
    private static String customer = "ann";

    @TempDir
    Path directory;

    /** What an application with a mapper and migrations does: keys and times of its own, a set in no order. */
    @Replay("checkout")
    static class Checkout {
        private static Connection database;

        /** Each run has another order than the one before; by chance two recordings would now and then have the same. */
        private static int turn;

        @BeforeAll
        static void migrates(ReplayServer server) throws SQLException {
            turn++;
            database = DriverManager.getConnection(server.jdbcUrl());
            try (var statement = database.createStatement()) {
                statement.execute("create table orders (id uuid primary key, customer text, placed_at timestamptz)");
                statement.execute("create table items (place serial, order_id uuid, name text)");
                statement.execute("create table log (deployment text)");
                statement.execute("insert into log values ('" + (1_000_000 + CHANCE.nextInt(1_000_000)) + "')");
            }
        }

        @AfterAll
        static void closes() throws SQLException {
            database.close();
        }

        @Test
        void anOrderIsStoredAndFound() throws SQLException {
            UUID first = place(customer);
            UUID second = place("bob");
            for (int i = 0; i < 6; i++) { // The driver turns to binary.
                assertThat(find(first)).isEqualTo(first + " " + customer);
                assertThat(find(second)).isEqualTo(second + " bob");
            }
        }

        private static UUID place(String who) throws SQLException {
            UUID id = UUID.randomUUID();
            database.setAutoCommit(false);
            try (var order = database.prepareStatement("insert into orders values (?, ?, ?)");
                    var item = database.prepareStatement("insert into items (order_id, name) values (?, ?)")) {
                order.setObject(1, id);
                order.setString(2, who);
                order.setTimestamp(3, Timestamp.from(Instant.now()));
                order.executeUpdate();
                List<String> names = new ArrayList<>(List.of("tea", "cup", "spoon"));
                Collections.rotate(names, turn);
                for (String name : names) {
                    item.setObject(1, id);
                    item.setString(2, name);
                    item.executeUpdate();
                }
                database.commit();
                return id;
            } finally {
                database.setAutoCommit(true);
            }
        }

        private static String find(UUID id) throws SQLException {
            try (var select = database.prepareStatement("select id, customer from orders where id = ?")) {
                select.setObject(1, id);
                try (var rows = select.executeQuery()) {
                    return rows.next() ? rows.getObject(1, UUID.class) + " " + rows.getString(2) : "nothing";
                }
            }
        }
    }

    @BeforeEach
    void annComes() {
        customer = "ann";
    }

    @AfterEach
    void nothingIsLeft() {
        System.clearProperty("pgreel.tapes");
        System.clearProperty("pgreel.mode");
    }

    private EngineExecutionResults run(String tapes, ReplayMode mode) {
        System.setProperty("pgreel.tapes", directory.resolve(tapes).toString());
        System.setProperty("pgreel.mode", mode.word());
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Checkout.class))
                .execute();
    }

    private static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().failed().map(Event::toString).toList();
    }

    private PlayableRecording recorded(String tapes) {
        assertThat(failures(run(tapes, ReplayMode.RECORD))).isEmpty();
        return RecordingSource.read(Recordings.open(directory.resolve(tapes).resolve("checkout.pgreel")));
    }

    @Test
    void whatDiffersIsLearntFromTwoRecordingsAndThenDeclared() throws Exception {
        VolatilityLearner.Learnt learnt = VolatilityLearner.learn(recorded("one"), recorded("two"));

        assertThat(learnt.unlike()).isEmpty();
        assertThat(learnt.volatility().size()).isLessThanOrEqualTo(10);
        assertThat(learnt.volatility().print())
                .contains("statement \"insert into log values ('\"<digits>\"')\"\n")
                .contains("statement \"insert into orders values ($1, $2, $3)\" $1=<uuid:v1> $3=<timestamp>\n")
                .contains("statement \"select id, customer from orders where id = $1\" $1=<uuid:v1>\n")
                .contains("ordered \"insert into items (order_id, name) values ($1, $2)\" $1=<uuid:v1>\n");
        assertThat(failures(run("one", ReplayMode.REPLAY))).isNotEmpty();

        Files.writeString(
                directory.resolve("one/checkout.volatile"), learnt.volatility().print());
        for (int i = 0; i < 10; i++) {
            assertThat(failures(run("one", ReplayMode.REPLAY)))
                    .as(learnt.volatility().print())
                    .isEmpty();
        }

        customer = "eve";
        assertThat(failures(run("one", ReplayMode.REPLAY)))
                .singleElement()
                .asString()
                .contains("asked what was not recorded: insert into orders values ($1, $2, $3)")
                .contains("parameter 2: recorded \"ann\", got \"eve\"")
                .containsOnlyOnce("asked what was not recorded");
    }
}
