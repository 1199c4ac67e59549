package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.opentest4j.TestAbortedException;

/** Tests are recorded from PostgreSQL once, and replayed without it. */
@Timeout(120)
class ReplayTest {
    private static final List<String> PROPERTIES = List.of("pgreel.tapes", "pgreel.mode");

    private static BigDecimal price = new BigDecimal("18.90");
    private static boolean naive;

    @TempDir
    Path tapes;

    @BeforeEach
    void tapesAreKeptHere() {
        System.setProperty("pgreel.tapes", tapes.toString());
        price = new BigDecimal("18.90");
        naive = false;
    }

    @AfterEach
    void nothingIsLeft() {
        PROPERTIES.forEach(System::clearProperty);
    }

    private static EngineExecutionResults run(Class<?> tests, ReplayMode mode) {
        System.setProperty("pgreel.mode", mode.word());
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .execute();
    }

    private static @Nullable Throwable failure(EngineExecutionResults results, String method) {
        return results.testEvents()
                .finished()
                .filter(event -> event.getTestDescriptor().getDisplayName().startsWith(method))
                .findFirst()
                .flatMap(event -> event.getPayload(org.junit.platform.engine.TestExecutionResult.class))
                .flatMap(org.junit.platform.engine.TestExecutionResult::getThrowable)
                .orElse(null);
    }

    private static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().failed().map(Event::toString).toList();
    }

    /** A small application whose connection stays open over all tests, as a pool's does. */
    @Replay("orders")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Orders {
        private static Connection kept;

        @BeforeAll
        static void theContextStarts(ReplayServer server) throws SQLException {
            kept = DriverManager.getConnection(server.jdbcUrl());
            try (var statement = kept.createStatement()) {
                statement.execute("create table orders (id serial primary key, customer text, total numeric)");
            }
        }

        @AfterAll
        static void closes() throws SQLException {
            kept.close();
        }

        private static int place(String customer, BigDecimal total) throws SQLException {
            kept.setAutoCommit(false);
            try (PreparedStatement insert =
                    kept.prepareStatement("insert into orders (customer, total) values (?, ?) returning id")) {
                insert.setString(1, customer);
                insert.setBigDecimal(2, total);
                try (ResultSet rows = insert.executeQuery()) {
                    rows.next();
                    int id = rows.getInt(1);
                    kept.commit();
                    return id;
                }
            } finally {
                if (!kept.isClosed()) {
                    kept.setAutoCommit(true);
                }
            }
        }

        @Test
        @Order(1)
        void anOrderIsStored() throws SQLException {
            assertThat(place("ann", price)).isEqualTo(1);
        }

        @Test
        @Order(2)
        void whatWasStoredIsFound() throws SQLException {
            for (int i = 0; i < 7; i++) { // At the fifth the driver turns to a named statement and binary results.
                try (var select = kept.prepareStatement("select total from orders where id = ?")) {
                    select.setInt(1, 1);
                    ResultSet rows = select.executeQuery();
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getBigDecimal(1)).isEqualByComparingTo("18.90");
                }
            }
        }

        @Test
        @Order(3)
        void aRefusalIsTold() {
            assertThatThrownBy(() -> kept.createStatement().execute("insert into nowhere values (1)"))
                    .hasMessageContaining("nowhere");
        }

        @Test
        @Order(4)
        void theDatabaseIsNotNeeded() {}

        @Test
        @Order(5)
        @Fault("lost: swallow, reset @ B CommandComplete \"COMMIT\"")
        @Never(after = "lost", statement = "(?i)insert into orders.*")
        void aLostAcknowledgementIsNotRetried(ReplayServer server) throws SQLException {
            assertThatThrownBy(() -> place("bob", BigDecimal.ONE)).isInstanceOf(SQLException.class);
            kept = DriverManager.getConnection(server.jdbcUrl());
            if (naive) {
                assertThatThrownBy(() -> place("bob", BigDecimal.ONE)).isInstanceOf(SQLException.class);
                kept = DriverManager.getConnection(server.jdbcUrl());
            }
        }
    }

    @Test
    void whatWasRecordedIsReplayedWithoutADatabase() throws Exception {
        EngineExecutionResults recorded = run(Orders.class, ReplayMode.RECORD_MISSING);

        assertThat(failures(recorded)).isEmpty();
        assertThat(recorded.testEvents().succeeded().count()).isEqualTo(4);
        assertThat(failure(recorded, "aLost")).isInstanceOf(TestAbortedException.class);
        assertThat(Files.readString(tapes.resolve("orders.pgreel")))
                .contains("chapter ReplayTest$Orders.anOrderIsStored", "create table orders")
                .doesNotContain("postgres-password");

        for (int i = 0; i < 3; i++) {
            EngineExecutionResults replayed = run(Orders.class, ReplayMode.REPLAY);
            assertThat(failures(replayed)).isEmpty();
            assertThat(replayed.testEvents().succeeded().count()).isEqualTo(5);
        }
    }

    @Test
    void aChangedParameterIsOneMiss() {
        run(Orders.class, ReplayMode.RECORD);
        price = new BigDecimal("19.90");

        EngineExecutionResults replayed = run(Orders.class, ReplayMode.REPLAY);

        assertThat(replayed.testEvents().failed().count()).isEqualTo(1);
        Throwable miss = failure(replayed, "anOrderIsStored");
        assertThat(miss)
                .isInstanceOf(ReplayError.class)
                .hasMessageContaining("asked what was not recorded: insert into orders")
                .hasMessageContaining("parameter 2: recorded \"18.90\", got \"19.90\"")
                .hasMessageContaining("to record it: PGREEL_MODE=record mvn test -Dtest=ReplayTest");
        assertThat(miss.getSuppressed()).anyMatch(failure -> failure instanceof SQLException);
    }

    /** A class whose context does not start. */
    @Replay("unborn")
    static class Unborn {
        Unborn(ReplayServer server) throws SQLException {
            DriverManager.getConnection(server.jdbcUrl()).close();
            throw new IllegalStateException("no context");
        }

        @Test
        void isNotReached() {}
    }

    @Test
    void nothingIsWrittenWhenATestFailed() {
        EngineExecutionResults recorded = run(Unborn.class, ReplayMode.RECORD);

        assertThat(recorded.testEvents().failed().count()).isEqualTo(1);
        assertThat(tapes).isEmptyDirectory();
    }

    @Test
    void theMissOnThePageIsOneOfARealRun() throws Exception {
        run(Orders.class, ReplayMode.RECORD);
        price = new BigDecimal("19.90");
        Throwable miss = failure(run(Orders.class, ReplayMode.REPLAY), "anOrderIsStored");

        String shown = miss.getMessage()
                .lines()
                .limit(4)
                .map(line -> line.replace("-Dtest=ReplayTest", "-Dtest=OrdersTest"))
                .map(line -> line.replaceFirst("#1@\\d+", "#1@41")) // How many messages a login has differs.
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("..", "docs", "recorded-tests.md"))).contains("```\n" + shown + "\n```");
    }

    @Test
    void aNaiveRetryBehindALostAcknowledgementIsCaught() {
        run(Orders.class, ReplayMode.RECORD);
        naive = true;

        EngineExecutionResults replayed = run(Orders.class, ReplayMode.REPLAY);

        assertThat(replayed.testEvents().failed().count()).isEqualTo(1);
        assertThat(failure(replayed, "aLost"))
                .isInstanceOf(ReplayError.class)
                .hasMessageContaining("expected never after lost statement");
    }

    @Test
    void aTapeThatIsMissingIsSaidSoWithTheCommandThatRecordsIt() {
        EngineExecutionResults results = run(Orders.class, ReplayMode.REPLAY);

        assertThat(results.allEvents().failed().count()).isEqualTo(1);
        assertThat(results.containerEvents().failed().stream()
                        .findFirst()
                        .orElseThrow()
                        .toString())
                .contains("there is no tape " + tapes.resolve("orders.pgreel"))
                .contains("PGREEL_MODE=record mvn test -Dtest=ReplayTest");
    }
}
