package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Row;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowView;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.client.blocking.BlockingSession;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.postgres.PostgresServer;

/** A session's rows know the types of its options and those that were looked up by any session of the same options. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SessionTypesTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String SCHEMA = "pgreel_session_types";
    private static final String SPOT = SCHEMA + ".spot";
    private static final String ONE = "SELECT ROW(1, 'a b')::" + SPOT;
    private static final int NUMERIC = 1700;

    private static PgClient client;
    private static TypedSession administrator;

    record Spot(int number, String label) {}

    record Euro(BigDecimal amount) {}

    @BeforeAll
    static void makeTypes() throws Exception {
        client = PgClient.create();
        administrator = TypedSession.open();
        administrator.run("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE; CREATE SCHEMA " + SCHEMA + "; CREATE TYPE "
                + SPOT + " AS (number int, label text); CREATE TYPE " + SCHEMA + ".changing AS (a int)");
    }

    @AfterAll
    static void close() throws Exception {
        client.close();
        administrator.run("DROP SCHEMA " + SCHEMA + " CASCADE");
        administrator.close();
    }

    private static ConnectOptionsBuilder to() {
        return ConnectOptions.builder()
                .host(SERVER.host())
                .port(SERVER.port())
                .user(SERVER.user())
                .password(SERVER.password())
                .database(SERVER.database())
                .sslMode(SslMode.DISABLE);
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static ParameterizedQuery query(String sql, boolean binary, Parameter... parameters) {
        return new ParameterizedQuery(sql, List.of(parameters), binary);
    }

    @Test
    void rowsKnowTheTypesOfTheOptions() throws Exception {
        TypeRegistry types = TypeRegistry.builtIn()
                .with(
                        NUMERIC,
                        TypeRegistry.builtIn()
                                .codec(NUMERIC, BigDecimal.class)
                                .as(Euro.class, Euro::new, Euro::amount));
        try (Session session = client.connect(to().types(types).build())) {
            assertThat(session.types()).isSameAs(types);
            Row row = done(session.query(
                            query("SELECT $1", true, Parameter.of(new Euro(BigDecimal.TEN), session.types()))))
                    .onlyRow();

            assertThat(row.types()).isSameAs(types);
            assertThat(row.get(0, Euro.class)).isEqualTo(new Euro(BigDecimal.TEN));
        }
    }

    @Test
    void whatWasLookedUpIsKnownToEveryRowOfEverySessionOfTheOptions() throws Exception {
        ConnectOptions options = to().build();
        try (Session first = client.connect(options);
                Session second = client.connect(options)) {
            done(second.ready());
            QueryResult early = done(first.query(query(ONE, true)));
            assertThatThrownBy(() -> early.onlyRow().get(0, Spot.class)).isInstanceOf(IllegalArgumentException.class);

            TypeRegistry found = done(first.lookUpTypes(List.of(SPOT)));

            Spot spot = new Spot(1, "a b");
            int oid = found.typeNamed("spot").orElseThrow().oid();
            assertThat(early.onlyRow().get(0, Spot.class))
                    .as("of a row that had come")
                    .isEqualTo(spot);
            assertThat(second.types()).isSameAs(found);
            assertThat(second.lookUpTypes(List.of(SPOT))).as("nothing is asked").isCompletedWithValue(found);
            for (boolean binary : new boolean[] {false, true}) {
                ParameterizedQuery asked = query("SELECT $1", binary, Parameter.of(spot, oid, second.types()));
                assertThat(done(second.query(asked)).onlyRow().get(0, Spot.class))
                        .isEqualTo(spot);
                assertThat(received(second, asked)).containsExactly(spot);
                assertThat(done(second.pipeline(List.of(asked, asked), PipelineSync.BATCH)))
                        .allSatisfy(outcome -> assertThat(((PipelineOutcome.Succeeded) outcome)
                                        .result()
                                        .onlyRow()
                                        .get(0, Spot.class))
                                .isEqualTo(spot));
            }
            assertThat(done(second.query(ONE)).only().onlyRow().get(0, Spot.class))
                    .isEqualTo(spot);
        }
    }

    /** By the view of a receiver, and by the rows that it keeps. */
    private static List<@Nullable Spot> received(Session session, ParameterizedQuery query) throws Exception {
        List<@Nullable Spot> spots = new ArrayList<>();
        List<Row> kept = new ArrayList<>();
        RowReceiver receiver = new RowReceiver() {
            @Override
            public void row(RowView row) {
                spots.add(row.get(0, Spot.class));
                kept.add(row.toRow());
            }
        };
        done(session.query(query, receiver));
        assertThat(kept.get(0).get(0, Spot.class)).isEqualTo(spots.get(0));
        done(session.stream(query, 0, receiver).done());
        spots.remove(1);
        return spots;
    }

    @Test
    void theTypesOfAResultAreLookedUpWhereTheyAreNotKnown() throws Exception {
        try (Session session = client.connect(to().build())) {
            QueryResult result = done(session.query(query(ONE, false)));
            done(session.lookUpTypesOf(result));

            assertThat(result.onlyRow().get(0, Spot.class)).isEqualTo(new Spot(1, "a b"));
            assertThat(session.lookUpTypesOf(result)).isDone();
            assertThat(done(session.lookUpTypes(List.of("no_such_type"))).typeNamed("no_such_type"))
                    .isEmpty();
        }
    }

    @Test
    void aPoolLooksUpOnceForAllItsSessions() throws Exception {
        try (SessionPool pool =
                client.pool(to().build(), PoolOptions.builder().max(2).build())) {
            Session one = done(pool.acquire());
            Session other = done(pool.acquire());
            done(one.lookUpTypes(List.of(SPOT)));

            assertThat(other.lookUpTypes(List.of(SPOT))).isDone();
            assertThat(done(other.query(query(ONE, true))).onlyRow().get(0, Spot.class))
                    .isEqualTo(new Spot(1, "a b"));
            one.close();
            other.close();
        }
    }

    @Test
    void aTypeThatWasChangedIsForgottenAndLookedUpAgain() throws Exception {
        String type = SCHEMA + ".changing";
        try (Session session = client.connect(to().build())) {
            BlockingSession blocking = BlockingSession.of(session).ready();
            assertThat(blocking.lookUpTypes(List.of(type))
                            .typeNamed(type)
                            .orElseThrow()
                            .fields())
                    .hasSize(1);
            blocking.query("ALTER TYPE " + type + " ADD ATTRIBUTE b int");

            session.forgetTypes();
            assertThat(blocking.types()).isSameAs(TypeRegistry.builtIn());
            assertThat(blocking.lookUpTypes(List.of(type))
                            .typeNamed(type)
                            .orElseThrow()
                            .fields())
                    .hasSize(2);
        }
    }

    @Test
    void eachServerHasItsOwnForOidsDiffer() {
        ConnectOptions options = to().build();
        DatabaseTypes here = options.typesOf(new ServerAddress.Tcp("here.example", 5432));
        DatabaseTypes there = options.typesOf(new ServerAddress.Tcp("there.example", 5432));
        here.learn(TypeRegistry.builtIn().with(PgType.base(70_000, "spot")), List.of("spot", "nothing"));

        assertThat(here.knows("spot")).isTrue();
        assertThat(here.knows("nothing")).isFalse();
        assertThat(there.knows("spot")).isFalse();
        assertThat(there.now()).isSameAs(TypeRegistry.builtIn());
        assertThat(options.typesOf(new ServerAddress.Tcp("here.example", 5432))).isSameAs(here);
    }
}
