package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Spring's test contexts meet the recording without a line of configuration. */
@Timeout(120)
class SpringReplayTest {
    private static final AtomicInteger CONTEXTS = new AtomicInteger();

    @TempDir
    Path tapes;

    /** An application that makes its table when it starts, as a migration does. */
    @Configuration
    static class Application {
        @Bean
        DataSource dataSource(Environment environment) throws SQLException {
            var source = new PGSimpleDataSource();
            source.setUrl(environment.getRequiredProperty("spring.datasource.url"));
            source.setUser(environment.getRequiredProperty("spring.datasource.username"));
            source.setPassword(environment.getRequiredProperty("spring.datasource.password"));
            CONTEXTS.incrementAndGet();
            try (Connection connection = source.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create table if not exists visits (who text)");
            }
            return source;
        }
    }

    private static long visits(DataSource source, String who) throws SQLException {
        try (Connection connection = source.getConnection();
                var insert = connection.prepareStatement("insert into visits values (?)");
                var count = connection.createStatement()) {
            insert.setString(1, who);
            insert.executeUpdate();
            var rows = count.executeQuery("select count(*) from visits");
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The first class. */
    @SpringJUnitConfig(Application.class)
    @Replay("visits")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class FirstVisits {
        @Autowired
        private DataSource source;

        @Test
        @Order(1)
        void annComes() throws SQLException {
            assertThat(visits(source, "ann")).isEqualTo(1);
        }

        @Test
        @Order(2)
        void bobComes() throws SQLException {
            assertThat(visits(source, "bob")).isEqualTo(2);
        }
    }

    /** The second class, whose context is that of the first; behind it the next run makes one anew. */
    @DirtiesContext
    @SpringJUnitConfig(Application.class)
    @Replay("visits")
    static class LaterVisits {
        @Autowired
        private DataSource source;

        @Test
        void cyrComes() throws SQLException {
            assertThat(visits(source, "cyr")).isEqualTo(3);
        }
    }

    private EngineExecutionResults run(ReplayMode mode) {
        System.setProperty("pgreel.tapes", tapes.toString());
        System.setProperty("pgreel.mode", mode.word());
        try {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(FirstVisits.class), selectClass(LaterVisits.class))
                    .execute();
        } finally {
            System.clearProperty("pgreel.tapes");
            System.clearProperty("pgreel.mode");
        }
    }

    @Test
    void contextsAreSharedByTheClassesOfARecording() {
        EngineExecutionResults recorded = run(ReplayMode.RECORD);

        recorded.testEvents().assertStatistics(tests -> tests.started(3).succeeded(3));
        assertThat(CONTEXTS).hasValue(1);
        assertThat(Files.exists(tapes.resolve("visits.pgreel"))).isTrue();

        for (int i = 2; i < 5; i++) {
            run(ReplayMode.REPLAY)
                    .testEvents()
                    .assertStatistics(tests -> tests.started(3).succeeded(3));
            assertThat(CONTEXTS).hasValue(i);
        }
    }
}
