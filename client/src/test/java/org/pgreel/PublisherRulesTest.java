package org.pgreel;

import static java.util.Map.entry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Row;
import org.pgreel.client.Session;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.wire.Bytes;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;

/** The publishers keep the rules of the Reactive Streams, by their own test kit, at a real server. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class PublisherRulesTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final int WINDOW = 64;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long SILENCE_MILLIS = 50;

    /** The kit waits so long in vain, a few times, where a signal may come and need not. */
    private static final long KIT_PATIENCE_MILLIS = 3_000;

    /** COPY that nobody wants any more runs to its end on the server. */
    private static final long COPY_ELEMENTS_MAX = 10_000;

    private static final String TURNS =
            "each subscriber has the statement run for itself, and those of one session take turns";

    /** What the kit offers for publishers that share one stream among their subscribers, and these do not. */
    private static final Map<String, String> NOT_OF_OURS = Map.ofEntries(
            entry("optional_spec111_maySupportMultiSubscribe", TURNS),
            entry("optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals", TURNS),
            entry(
                    "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne",
                    TURNS),
            entry(
                    "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront",
                    TURNS),
            entry(
                    "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected",
                    TURNS));

    private static final PgClient CLIENT = PgClient.create();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    /** Opens a session for each publisher, because a stream that nobody ends holds up its session. */
    private static final class Sessions implements AutoCloseable {
        private final ConcurrentLinkedQueue<Session> open = new ConcurrentLinkedQueue<>();

        Session next() {
            Session session = CLIENT.connect(WatchedClient.to(SERVER).build());
            open.add(session);
            return session.ready()
                    .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }

        /** One that is over. */
        Session last() {
            Session session = next();
            session.close();
            session.ended().orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
            return session;
        }

        @Override
        public void close() {
            open.forEach(Session::close);
        }
    }

    private static TestEnvironment environment() {
        return new TestEnvironment(KIT_PATIENCE_MILLIS, SILENCE_MILLIS);
    }

    /** Of the rows of a statement. */
    static final class Rows extends FlowPublisherVerification<Row> {
        private final Sessions sessions;

        Rows(Sessions sessions) {
            super(environment());
            this.sessions = sessions;
        }

        @Override
        public Flow.Publisher<Row> createFlowPublisher(long elements) {
            return rows(sessions.next(), elements);
        }

        @Override
        public Flow.Publisher<Row> createFailedFlowPublisher() {
            return rows(sessions.last(), 1);
        }

        private static Flow.Publisher<Row> rows(Session session, long elements) {
            return session.stream(
                    ParameterizedQuery.of("SELECT generate_series(1::int8, " + elements + ")", List.of()), WINDOW);
        }
    }

    /** Of the data of a COPY. */
    static final class Copied extends FlowPublisherVerification<Bytes> {
        private final Sessions sessions;

        Copied(Sessions sessions) {
            super(environment());
            this.sessions = sessions;
        }

        @Override
        public long maxElementsFromPublisher() {
            return COPY_ELEMENTS_MAX;
        }

        @Override
        public Flow.Publisher<Bytes> createFlowPublisher(long elements) {
            return data(sessions.next(), elements);
        }

        @Override
        public Flow.Publisher<Bytes> createFailedFlowPublisher() {
            return data(sessions.last(), 1);
        }

        private static Flow.Publisher<Bytes> data(Session session, long elements) {
            return session.copyOut("COPY (SELECT generate_series(1::int8, " + elements + ")) TO STDOUT");
        }
    }

    @TestFactory
    Stream<DynamicTest> rowsKeepTheRules() {
        return rules(Rows::new);
    }

    @TestFactory
    Stream<DynamicTest> dataOfCopyKeepsTheRules() {
        return rules(Copied::new);
    }

    private static Stream<DynamicTest> rules(Function<Sessions, FlowPublisherVerification<?>> kit) {
        return Arrays.stream(FlowPublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> {
                    try (Sessions sessions = new Sessions()) {
                        keeps(kit.apply(sessions), rule);
                    }
                }));
    }

    private static void keeps(FlowPublisherVerification<?> kit, Method rule) throws Throwable {
        String reason = NOT_OF_OURS.get(rule.getName());
        Assumptions.assumeTrue(reason == null, reason);
        kit.setUp();
        try {
            rule.invoke(kit);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof SkipException skipped) {
                Assumptions.abort(skipped.getMessage());
            }
            throw cause;
        }
    }
}
