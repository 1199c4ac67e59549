package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests share one server with one address, and each of them is a run of its own. */
@Timeout(120)
class SharedServerTest {
    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();
    private static final CyclicBarrier TOGETHER = new CyclicBarrier(2);

    private static EngineExecutionResults run(Class<?> tests, Map<String, String> parameters) {
        PORTS.clear();
        MOST.set(0);
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameters(parameters)
                .execute();
    }

    private static void asks(ReplayServer server) throws Exception {
        PORTS.add(server.port());
        MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
        try {
            assertThat(Database.ask(server.jdbcUrl(), "select 42")).containsExactly("42");
        } finally {
            RUNNING.decrementAndGet();
        }
    }

    /** By annotation. */
    @Script(Database.ONE_ANSWER)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ByAnnotation {
        private static Connection kept;

        @BeforeAll
        static void connects(ReplayServer server) throws Exception {
            PORTS.add(server.port());
            kept = DriverManager.getConnection(server.jdbcUrl());
        }

        @AfterAll
        static void closes() throws Exception {
            kept.close();
        }

        @Test
        @Order(1)
        void whatTheClassOpenedBelongsToTheFirstTest(ReplayServer server) throws Exception {
            assertThat(Database.ask(kept, "select 42")).containsExactly("42");
            assertThat(server.report().connections()).hasSize(1);
        }

        @Test
        @Order(2)
        void theSecondFails(ReplayServer server) throws Exception {
            Database.ask(server.jdbcUrl(), "select 43");
        }

        @RepeatedTest(2)
        @Order(3)
        void theOthersDoNotHearOfIt(ReplayServer server) throws Exception {
            asks(server);
            assertThat(server.report().connections()).hasSize(1);
        }

        @Test
        @Order(4)
        @Script("use login\nuse housekeeping\n")
        void aMethodsOwnScriptWins(ReplayServer server) throws Exception {
            assertThat(PORTS).doesNotContain(server.port());
            DriverManager.getConnection(server.jdbcUrl()).close();
        }

        /** Tests inside. */
        @Nested
        class Inside {
            @Test
            void theClassAroundServesIt(ReplayServer server) throws Exception {
                asks(server);
            }
        }
    }

    @Test
    void eachTestOfAClassIsARunOfItsOwnOnOnePort() {
        EngineExecutionResults results = run(ByAnnotation.class, Map.of());

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(5).failed(1));
        assertThat(results.testEvents().failed().list())
                .singleElement()
                .extracting(event -> event.getTestDescriptor().getDisplayName())
                .isEqualTo("theSecondFails(ReplayServer)");
        assertThat(PORTS).hasSize(1);
    }

    /** Nothing but tests of one server. */
    @Script(Database.ONE_ANSWER)
    static class Crowd {
        @Test
        void one(ReplayServer server) throws Exception {
            asks(server);
        }

        @Test
        void two(ReplayServer server) throws Exception {
            asks(server);
        }

        @RepeatedTest(4)
        void more(ReplayServer server) throws Exception {
            asks(server);
        }

        @EveryFragmentation
        void cut(ReplayServer server) throws Exception {
            asks(server);
        }
    }

    @Test
    void testsThatShareAServerDoNotRunInParallel() {
        EngineExecutionResults results = run(Crowd.class, PARALLEL);

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(14).failed(0));
        assertThat(PORTS).hasSize(1);
        assertThat(MOST).hasValue(1);
    }

    /** An instance for all tests, which asks for the server in its constructor. */
    @Script(Database.ONE_ANSWER)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        private final ReplayServer server;

        OneInstance(ReplayServer server) {
            this.server = server;
        }

        @RepeatedTest(3)
        void asksTheServerOfTheConstructor(ReplayServer same) throws Exception {
            assertThat(same).isSameAs(server);
            asks(server);
        }
    }

    @Test
    void aConstructorMayAskForTheServer() {
        EngineExecutionResults results = run(OneInstance.class, Map.of());

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(3).failed(0));
        assertThat(PORTS).hasSize(1);
    }

    /** Each waits until the other is there too. */
    static class Independent {
        @Test
        @Script(Database.ONE_ANSWER)
        void one(ReplayServer server) throws Exception {
            TOGETHER.await(30, TimeUnit.SECONDS);
            asks(server);
        }

        @Test
        @Script(Database.ONE_ANSWER)
        void two(ReplayServer server) throws Exception {
            TOGETHER.await(30, TimeUnit.SECONDS);
            asks(server);
        }
    }

    @Test
    void testsWithServersOfTheirOwnRunInParallel() {
        EngineExecutionResults results = run(Independent.class, PARALLEL);

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(2).failed(0));
        assertThat(PORTS).hasSize(2);
    }

    /** By field. */
    static class ByField {
        @RegisterExtension
        static final PgReel DATABASE = PgReel.script(Database.ONE_ANSWER);

        @RegisterExtension
        final PgReel own = PgReel.script("use login\nuse housekeeping\n");

        @RepeatedTest(6)
        void asksBoth() throws Exception {
            DriverManager.getConnection(own.jdbcUrl()).close();
            asks(DATABASE.server());
        }

        @Test
        @Script("use login\nuse housekeeping\n")
        void aMethodsOwnScriptLeavesTheSharedServerAlone(ReplayServer server) throws Exception {
            DriverManager.getConnection(own.jdbcUrl()).close();
            DriverManager.getConnection(server.jdbcUrl()).close();
        }

        /** Tests inside. */
        @Nested
        class Inside {
            @Test
            void theFieldServesIt() throws Exception {
                DriverManager.getConnection(own.jdbcUrl()).close();
                asks(DATABASE.server());
            }
        }
    }

    @Test
    void aStaticFieldServesAllTestsAndOneOfAnInstanceEachItsOwn() {
        for (Map<String, String> parameters : List.of(Map.<String, String>of(), PARALLEL)) {
            EngineExecutionResults results = run(ByField.class, parameters);

            results.testEvents()
                    .assertStatistics(statistics -> statistics.succeeded(8).failed(0));
            assertThat(PORTS).hasSize(1);
            assertThat(MOST).hasValue(1);
        }
    }

    @Test
    void noThreadOfAServerIsLeftBehind() {
        run(ByField.class, Map.of());
        run(Crowd.class, PARALLEL);

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.isAlive() && thread.getName().startsWith("pgreel-replay"))
                .isEmpty();
    }
}
