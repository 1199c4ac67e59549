package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.report.ExchangeReport;

/** The same small application on five clients: recorded once, and played to each ten times without a database. */
@Timeout(300)
final class FiveClientsTest {
    private static final ReplaySettings EXCHANGES = ReplaySettings.DEFAULTS.withMatching(Matching.EXCHANGE);

    /** The application on one client. */
    @FunctionalInterface
    interface Shop {
        String run(RecordedRun.Target target, boolean changed) throws Exception;
    }

    @Test
    void pgjdbcWithHikariCp() throws Exception {
        tenReplaysAreEqualAndAChangedParameterIsOneMiss(JdbcShop::run);
    }

    @Test
    void vertxPgClient() throws Exception {
        tenReplaysAreEqualAndAChangedParameterIsOneMiss(VertxShop::run);
    }

    @Test
    void nodePostgres() throws Exception {
        tenReplaysAreEqualAndAChangedParameterIsOneMiss(ForeignShops::node);
    }

    @Test
    void psycopg() throws Exception {
        tenReplaysAreEqualAndAChangedParameterIsOneMiss(ForeignShops::psycopg);
    }

    @Test
    void psql() throws Exception {
        tenReplaysAreEqualAndAChangedParameterIsOneMiss(ForeignShops::psql);
    }

    private static void tenReplaysAreEqualAndAChangedParameterIsOneMiss(Shop shop) throws Exception {
        RecordedRun<String> run = RecordedRun.of(target -> shop.run(target, false));
        assertThat(run.result()).contains("name-39", "23505", "worker 3 done");
        for (int i = 0; i < 10; i++) {
            try (ReplayServer server = serve(run)) {
                String replayed = shop.run(run.target(server, ""), false);
                String report = server.report().text();
                assertThat(replayed).as(report).isEqualTo(run.result());
                assertThat(exchanges(server).misses()).as(report).isEmpty();
                assertThat(exchanges(server).leftOver()).as(report).isEmpty();
            }
        }
        try (ReplayServer server = serve(run)) {
            assertThat(shop.run(run.target(server, ""), true)).contains("RP001");
            ExchangeReport report = exchanges(server);
            assertThat(report.misses()).as(server.report().text()).hasSize(1);
            assertThat(report.misses().get(0).sentence()).contains("recorded", "2.50", "3.50");
        }
    }

    private static ReplayServer serve(RecordedRun<String> run) throws Exception {
        return ReplayServer.builder(run.recording()).settings(EXCHANGES).start();
    }

    private static ExchangeReport exchanges(ReplayServer server) {
        ExchangeReport report = server.report().exchanges();
        assertThat(report).isNotNull();
        return report;
    }
}
