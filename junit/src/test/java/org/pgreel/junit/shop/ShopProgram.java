package org.pgreel.junit.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.SingletonScopeManager;
import liquibase.UpdateSummaryEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.flywaydb.core.Flyway;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.pgreel.junit.ReplayServer;

/** A shop's program on HikariCP, Flyway, Liquibase and Hibernate: it makes its tables, then takes orders. */
final class ShopProgram implements AutoCloseable {
    private static final int POOL = 4;
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");
    private static final AtomicInteger STARTED = new AtomicInteger();

    /** What Flyway has written of its migration in the newest start; the tests of this program run one behind the other. */
    private static int migrationMillis;

    private final int turn = STARTED.getAndIncrement();
    private final HikariDataSource pool;
    private final SessionFactory sessions;

    private ShopProgram(HikariDataSource pool, SessionFactory sessions) {
        this.pool = pool;
        this.sessions = sessions;
    }

    /** Starts it: the pool, both migrations, the mapper, which looks whether the tables are as it thinks. */
    static ShopProgram start(ReplayServer database) throws Exception {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setMaximumPoolSize(POOL);
        config.setConnectionTimeout(20_000);
        var pool = new HikariDataSource(config);
        migrationMillis = Flyway.configure()
                .dataSource(pool)
                .locations("classpath:shop/flyway")
                .load()
                .migrate()
                .migrations
                .get(0)
                .executionTime;
        stock(pool);
        var mapper = new Configuration().addAnnotatedClass(ShopOrder.class).addAnnotatedClass(ShopItem.class);
        mapper.getProperties().put("hibernate.connection.datasource", pool);
        mapper.setProperty("hibernate.hbm2ddl.auto", "validate");
        return new ShopProgram(pool, mapper.buildSessionFactory());
    }

    /** Returns how many milliseconds the migration of the newest start took, as Flyway has written down. */
    static int migrationMillis() {
        return migrationMillis;
    }

    /** Liquibase begins a deployment with a number of its own, as in a process of its own. */
    private static void stock(HikariDataSource pool) throws Exception {
        LIQUIBASE.setLevel(Level.WARNING);
        Scope.setScopeManager(new SingletonScopeManager());
        var quiet = Map.<String, Object>of(
                Scope.Attr.ui.name(), new LoggerUIService(), "liquibase.analytics.enabled", false);
        Scope.child(quiet, () -> {
            try (Connection connection = pool.getConnection();
                    var liquibase = new Liquibase(
                            "shop/stock.yaml",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
                liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                liquibase.update();
            }
        });
    }

    /** Two orders, one of them raised and told; returns what was told of it. */
    String trade(String customer, BigDecimal total) {
        UUID id = place(customer, total, "tea", "cup", "spoon");
        place("bob", BigDecimal.TEN, "pot");
        within(session -> {
            ShopOrder order = session.find(ShopOrder.class, id);
            order.total = order.total.add(BigDecimal.ONE);
            return order;
        });
        return within(session -> {
            ShopOrder order = session.createQuery(
                            "select o from ShopOrder o left join fetch o.items where o.id = :id", ShopOrder.class)
                    .setParameter("id", id)
                    .getSingleResult();
            return order.customer + " " + order.total + " v" + order.version + " " + order.items.size() + " items";
        });
    }

    private UUID place(String customer, BigDecimal total, String... names) {
        return within(session -> {
            var order = new ShopOrder();
            order.customer = customer;
            order.total = total;
            order.add(turn, names);
            session.persist(order);
            return order.id;
        });
    }

    private <T> T within(Function<Session, T> work) {
        return sessions.fromTransaction(work);
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }
}
