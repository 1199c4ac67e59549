package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.ReceiverFailedException;
import org.pgreel.client.Row;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowStream;
import org.pgreel.client.RowView;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;

/** Rows as they come from a real server: streams, receivers and publishers. */
@Tag("behaviour")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class BulkRowsTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private static final String NUMBERS = "SELECT n FROM generate_series(1, $1::int) n";

    private final Executor elsewhere = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);
    private Session session = connect(SslMode.DISABLE);

    private static Session connect(SslMode mode) {
        return WATCHED.connect(WatchedClient.to(SERVER).sslMode(mode), new RecordedLife());
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        session.ended().get(30, TimeUnit.SECONDS);
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(120, TimeUnit.SECONDS);
    }

    private static ParameterizedQuery numbers(int count) {
        return ParameterizedQuery.of(NUMBERS, List.of(Parameter.text(Integer.toString(count))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 1000})
    void aStreamGivesEveryRowOnce(int window) throws Exception {
        List<String> rows = new ArrayList<>();
        AtomicInteger windows = new AtomicInteger();
        CompletableFuture<RowStream> handle = new CompletableFuture<>();
        RowStream stream = session.stream(numbers(500), window, new RowReceiver() {
            @Override
            public void row(RowView row) {
                rows.add(row.text(0));
            }

            @Override
            public void suspended() {
                windows.incrementAndGet();
                handle.thenAccept(RowStream::fetch);
            }
        });
        handle.complete(stream);

        QueryResult result = done(stream.done());

        assertThat(rows).hasSize(500).startsWith("1", "2").endsWith("499", "500");
        assertThat(windows).hasValue(window == 0 || window > 500 ? 0 : 500 / window);
        assertThat(result.description()).isNotNull();
        assertThat(done(session.query("SELECT 1")).results()).hasSize(1);
    }

    @Test
    void aPreparedStatementIsStreamedAndReceived() throws Exception {
        done(session.prepare("numbers", NUMBERS));
        NamedQuery query = NamedQuery.of("numbers", List.of(Parameter.text("5")));
        List<String> rows = new ArrayList<>();
        RowStream stream = session.stream(query, 3, row -> rows.add(row.text(0)));
        stream.fetch();

        assertThat(done(stream.done()).description()).isNotNull();
        assertThat(rows).containsExactly("1", "2", "3", "4", "5");
        assertThat(done(session.execute(query, row -> rows.add(row.text(0)))).rowCount())
                .hasValue(5);
        assertThat(rows).hasSize(10);
    }

    @Test
    void aStoppedStreamLeavesTheSessionUsable() throws Exception {
        AtomicInteger rows = new AtomicInteger();
        RowStream stream = session.stream(numbers(1_000_000), 10, row -> rows.incrementAndGet());
        CompletableFuture<QueryResult> next = session.query("SELECT 'next'", List.of());
        stream.stop();
        stream.stop();

        assertThat(done(stream.done()).commandTag()).isEmpty();
        assertThat(done(next).onlyRow().text(0)).isEqualTo("next");
        assertThat(rows.get()).isLessThanOrEqualTo(10);
    }

    @Test
    void aStreamThatFailsMidwayLeavesTheSessionUsable() throws Exception {
        AtomicInteger rows = new AtomicInteger();
        RowStream stream = session.stream(
                ParameterizedQuery.of("SELECT 1 / (50 - n) FROM generate_series(1, 100) n", List.of()),
                0,
                row -> rows.incrementAndGet());

        assertThatThrownBy(() -> done(stream.done())).hasCauseInstanceOf(ServerErrorException.class);
        assertThat(rows).hasValue(49);
        assertThat(done(session.query("SELECT 1")).results()).hasSize(1);
    }

    @Test
    void aReceiverTakesRowsThatNobodyCollects() throws Exception {
        AtomicLong sum = new AtomicLong();
        QueryResult result = done(session.query(
                numbers(100_000).withBinaryResults(), row -> sum.addAndGet(int32(row.array(), row.offset(0)))));

        assertThat(sum).hasValue(100_000L * 100_001 / 2);
        assertThat(result.rows()).isEmpty();
        assertThat(result.rowCount()).hasValue(100_000);
    }

    private static int int32(byte[] array, int at) {
        return array[at] << 24 | (array[at + 1] & 0xFF) << 16 | (array[at + 2] & 0xFF) << 8 | array[at + 3] & 0xFF;
    }

    @Test
    void aReceiverThatThrowsFailsItsQueryOnly() throws Exception {
        CompletableFuture<QueryResult> query = session.query(numbers(100_000), row -> {
            throw new IllegalStateException("full");
        });

        assertThatThrownBy(() -> done(query)).hasCauseInstanceOf(ReceiverFailedException.class);
        assertThat(done(session.query("SELECT 1")).results()).hasSize(1);
    }

    /** Asks for a few items at a time, from another thread. */
    private static final class Slowly<T> implements Flow.Subscriber<T> {
        private final int portion;
        private final Executor executor;
        final List<T> items = new ArrayList<>();
        final CompletableFuture<List<T>> complete = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        Slowly(int portion, Executor executor) {
            this.portion = portion;
            this.executor = executor;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(portion);
        }

        @Override
        public void onNext(T item) {
            items.add(item);
            Flow.Subscription open = subscription;
            if (open != null && items.size() % portion == 0) {
                executor.execute(() -> open.request(portion));
            }
        }

        @Override
        public void onError(Throwable thrown) {
            complete.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            complete.complete(items);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 64})
    void aSlowSubscriberGetsEveryRowInOrder(int window) throws Exception {
        Slowly<Row> slow = new Slowly<>(5, elsewhere);
        session.stream(numbers(300), window).subscribe(slow);

        assertThat(done(slow.complete))
                .extracting(row -> row.text(0))
                .hasSize(300)
                .startsWith("1", "2")
                .endsWith("300");
    }
}
