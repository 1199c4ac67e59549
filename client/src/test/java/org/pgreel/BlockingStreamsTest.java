package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.OperationInterruptedException;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Row;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.blocking.BlockingRows;
import org.pgreel.client.blocking.BlockingSession;
import org.pgreel.postgres.PostgresServer;

/** Rows and COPY data that are read and written while they come and go. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BlockingStreamsTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String NUMBERS = "SELECT n FROM generate_series(1, $1::int) n";

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final BlockingSession session =
            BlockingSession.of(WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife()));

    @AfterEach
    void close() throws Exception {
        session.close();
        session.session().ended().get(30, TimeUnit.SECONDS);
    }

    private String one(String sql) {
        return String.valueOf(session.query(sql).only().onlyRow().text(0));
    }

    private static ParameterizedQuery upTo(int last) {
        return ParameterizedQuery.of(NUMBERS, List.of(Parameter.text("" + last)));
    }

    @Test
    void everyRowIsReadOnceInOrder() {
        try (BlockingRows rows = session.rows(upTo(10_000), 7)) {
            for (int n = 1; n <= 10_000; n++) {
                assertThat(rows.next().text(0)).isEqualTo("" + n);
            }
            assertThat(rows.hasNext()).isFalse();
            assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
        }
        try (Stream<Row> rows = session.rows(NUMBERS, List.of(Parameter.text("3"))).stream()) {
            assertThat(rows.map(row -> row.text(0))).containsExactly("1", "2", "3");
        }
        assertThat(one("SELECT 'next'")).isEqualTo("next");
    }

    @Test
    void rowsThatAreClosedEarlyLeaveTheSessionToOthers() {
        try (BlockingRows rows = session.rows(upTo(1_000_000), 10)) {
            assertThat(rows.next().text(0)).isEqualTo("1");
        }
        assertThat(one("SELECT 'next'")).isEqualTo("next");
        BlockingRows closed = session.rows(upTo(5), 1);
        closed.close();
        assertThat(closed.hasNext()).isFalse();
        assertThat(one("SELECT 'last'")).isEqualTo("last");
        assertThatThrownBy(() -> session.rows(upTo(1), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStatementThatFailsInTheMiddleFailsTheReader() {
        try (BlockingRows rows =
                session.rows("SELECT 10 / (5 - n) FROM generate_series(1, $1::int) n", List.of(Parameter.text("9")))) {
            assertThatThrownBy(() -> rows.stream().forEach(row -> {}))
                    .isInstanceOfSatisfying(
                            ServerErrorException.class,
                            error -> assertThat(error.sqlState()).isEqualTo("22012"));
        }
        assertThat(one("SELECT 'next'")).isEqualTo("next");
    }

    @Test
    void copyGoesThroughStreamsBothWays() throws IOException {
        session.query("CREATE TEMPORARY TABLE t (n int, filler text)");
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < 50_000; n++) {
            lines.append(n).append("\tfiller number ").append(n).append('\n');
        }
        byte[] all = lines.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(session.copyIn("COPY t FROM STDIN", new ByteArrayInputStream(all))
                        .rowCount())
                .hasValue(50_000);
        try (InputStream data = session.copyOut("COPY t TO STDOUT")) {
            assertThat(data.read()).isEqualTo('0');
            assertThat(data.readAllBytes()).hasSize(all.length - 1);
            assertThat(data.read()).isEqualTo(-1);
        }
        try (InputStream data = session.copyOut("COPY t TO STDOUT")) {
            assertThat(data.readNBytes(6)).isEqualTo("0\tfill".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(one("SELECT count(*) FROM t")).isEqualTo("50000");
        assertThatThrownBy(() -> session.copyOut("COPY nowhere TO STDOUT").read())
                .isInstanceOf(ServerErrorException.class);
    }

    @Test
    void aWriterThatThrowsGivesTheCopyUp() throws IOException {
        session.query("CREATE TEMPORARY TABLE t (n int)");
        IOException own = new IOException("disk");
        assertThatThrownBy(() -> session.copyIn("COPY t FROM STDIN", data -> {
                    data.write("1\n2\n".getBytes(StandardCharsets.UTF_8));
                    throw own;
                }))
                .isSameAs(own);
        assertThatThrownBy(() -> session.copyIn(
                        "COPY t FROM STDIN", data -> data.write("no number\n".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ServerErrorException.class);
        assertThat(one("SELECT count(*) FROM t")).isEqualTo("0");
        session.copyIn("COPY t FROM STDIN", data -> data.write('7'));
        assertThat(one("SELECT n FROM t")).isEqualTo("7");
    }

    @Test
    void anInterruptedReaderIsFreeAtOnce() throws Exception {
        session.ready();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread reading = new Thread(() -> {
            try (BlockingRows rows = session.rows("SELECT pg_sleep(600)", List.of())) {
                Thread.currentThread().interrupt();
                boolean unused = rows.hasNext();
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
        reading.start();
        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(OperationInterruptedException.class);
        assertThat(session.within(Duration.ofSeconds(20))
                        .query("SELECT 'next'")
                        .only()
                        .onlyRow()
                        .text(0))
                .isEqualTo("next");
    }
}
