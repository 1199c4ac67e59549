package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.client.CopyIn;
import org.pgreel.client.CopyOut;
import org.pgreel.client.CopyReceiver;
import org.pgreel.client.Inflow;
import org.pgreel.client.QueryResult;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.client.copy.BinaryCopyWriter;
import org.pgreel.client.copy.CopyRows;
import org.pgreel.client.copy.CsvFormat;
import org.pgreel.client.copy.TextCopyWriter;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.TypeRegistry;

/** COPY piece by piece against a real server, both ways. */
@Tag("behaviour")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class BulkCopyTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

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

    @ParameterizedTest
    @EnumSource(
            value = SslMode.class,
            names = {"DISABLE", "REQUIRE"})
    void aCopyThatIsPausedAgainAndAgainLosesNothing(SslMode mode) throws Exception {
        Session other = connect(mode);
        try {
            AtomicLong bytes = new AtomicLong();
            AtomicInteger pieces = new AtomicInteger();
            CompletableFuture<Inflow> valve = new CompletableFuture<>();
            CopyOut copy = other.copyOut(
                    "COPY (SELECT n, repeat('x', 1000) FROM generate_series(1, 20000) n) TO STDOUT", data -> {
                        bytes.addAndGet(data.length());
                        if (pieces.incrementAndGet() % 1000 == 0) {
                            Inflow inflow = valve.getNow(null);
                            inflow.pause();
                            elsewhere.execute(inflow::resume);
                        }
                    });
            valve.complete(copy);

            assertThat(done(copy.done()).rowCount()).hasValue(20_000);
            assertThat(bytes.get()).isEqualTo(20_000L * 1002 + 9 + 180 + 2700 + 36_000 + 50_005);
        } finally {
            other.close();
        }
    }

    @Test
    void aPausedSessionCanBeClosed() throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CopyOut copy = session.copyOut(
                "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT", new CopyReceiver() {
                    @Override
                    public void begins(CopyOutResponse format, Inflow inflow) {
                        inflow.pause();
                        begun.complete(true);
                    }

                    @Override
                    public void data(Bytes data) {
                        throw new AssertionError("it is paused");
                    }
                });
        done(begun);
        session.close();

        assertThatThrownBy(() -> done(copy.done())).hasMessageContaining("closed");
        done(session.ended());
    }

    @Test
    void aPausedCopyOfAServerThatIsGoneFailsWhenItGoesOn() throws Exception {
        CompletableFuture<Inflow> paused = new CompletableFuture<>();
        CopyOut copy = session.copyOut(
                "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT", new CopyReceiver() {
                    @Override
                    public void begins(CopyOutResponse format, Inflow inflow) {
                        inflow.pause();
                        paused.complete(inflow);
                    }

                    @Override
                    public void data(Bytes data) {}
                });
        Inflow inflow = done(paused);
        Session other = connect(SslMode.DISABLE);
        done(other.query("SELECT pg_terminate_backend(" + session.processId().orElseThrow() + ")"));
        other.close();
        inflow.resume();

        assertThatThrownBy(() -> done(copy.done())).isNotNull();
        done(session.ended());
    }

    private void table() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE t (n int, t text)"));
    }

    private static final List<List<@Nullable String>> ROWS =
            List.of(row("1", "one"), row("2", null), row("3", ""), row("4", "t\ta\\b\nc\"d',;"), row("5", "日本語"));

    private static List<@Nullable String> row(@Nullable String... cells) {
        List<@Nullable String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(cell);
        }
        return row;
    }

    private List<List<@Nullable String>> copied(String options, boolean csv) throws Exception {
        List<List<@Nullable String>> rows = new ArrayList<>();
        CopyRows reader = csv
                ? CopyRows.csv(cells -> rows.add(texts(cells)), CsvFormat.STANDARD.withHeader())
                : CopyRows.text(cells -> rows.add(texts(cells)));
        assertThat(done(session.copyOut("COPY t TO STDOUT " + options, reader).done())
                        .rowCount())
                .hasValue(ROWS.size());
        return rows;
    }

    private static List<@Nullable String> texts(List<@Nullable Bytes> cells) {
        List<@Nullable String> texts = new ArrayList<>();
        cells.forEach(cell -> texts.add(cell == null ? null : cell.text()));
        return texts;
    }

    @Test
    void textAndCsvGoThereAndBack() throws Exception {
        table();
        TextCopyWriter writer = TextCopyWriter.text();
        ROWS.forEach(writer::row);
        CopyIn in = session.copyIn("COPY t FROM STDIN");
        assertThat(done(in.ready()).columnFormats()).hasSize(2);
        done(in.send(writer.take()));
        assertThat(done(in.finish()).rowCount()).hasValue(ROWS.size());
        assertThat(copied("", false)).isEqualTo(ROWS);
        assertThat(copied("WITH (FORMAT csv, HEADER)", true)).isEqualTo(ROWS);

        done(session.query("TRUNCATE t"));
        TextCopyWriter csv = TextCopyWriter.csv(CsvFormat.STANDARD);
        ROWS.forEach(csv::row);
        assertThat(done(session.copyIn(
                                "COPY t FROM STDIN WITH (FORMAT csv)",
                                csv.take().toArray()))
                        .rowCount())
                .hasValue(ROWS.size());
        assertThat(copied("", false)).isEqualTo(ROWS);
    }

    @Test
    void binaryGoesThereAndBack() throws Exception {
        table();
        BinaryCopyWriter writer = new BinaryCopyWriter(2);
        List<@Nullable Bytes> first = new ArrayList<>(List.of(Bytes.ofHex("00000007"), Bytes.utf8("seven")));
        List<@Nullable Bytes> second = new ArrayList<>();
        second.add(Bytes.ofHex("ffffffff"));
        second.add(null);
        CopyIn in = session.copyIn("COPY t FROM STDIN WITH (FORMAT binary)");
        done(in.send(writer.row(first).take()));
        done(in.send(writer.row(second).end()));
        assertThat(done(in.finish()).rowCount()).hasValue(2);

        List<List<@Nullable Bytes>> rows = new ArrayList<>();
        done(session.copyOut("COPY t TO STDOUT WITH (FORMAT binary)", CopyRows.binary(rows::add))
                .done());
        assertThat(rows).containsExactly(first, second);
    }

    @Test
    void objectsGoThereAndBackInBinary() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE typed (n int, t text, d date, u uuid, m numeric)"));
        List<Integer> types = List.of(23, 25, 1082, 2950, 1700);
        List<@Nullable Object> first = new ArrayList<>(
                List.of(7, "seven", LocalDate.of(2026, 11, 21), new UUID(1, 2), new BigDecimal("12345.6789")));
        List<@Nullable Object> nothing = new ArrayList<>(Collections.nCopies(5, null));
        BinaryCopyWriter writer = new BinaryCopyWriter(TypeRegistry.builtIn(), types);
        CopyIn in = session.copyIn("COPY typed FROM STDIN WITH (FORMAT binary)");
        done(in.send(writer.values(first).values(nothing).end()));
        assertThat(done(in.finish()).rowCount()).hasValue(2);

        List<List<@Nullable Object>> rows = new ArrayList<>();
        done(session.copyOut(
                        "COPY typed TO STDOUT WITH (FORMAT binary)",
                        CopyRows.values(TypeRegistry.builtIn(), types, rows::add))
                .done());
        assertThat(rows).containsExactly(first, nothing);
    }

    @Test
    void aCopyIsFedByAStreamAndByAPublisher() throws Exception {
        table();
        byte[] data = "1\tone\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        assertThat(session.copyIn("COPY t FROM STDIN")
                        .feed(new ByteArrayInputStream(data))
                        .rowCount())
                .hasValue(50_000);

        Session other = connect(SslMode.DISABLE);
        CompletableFuture<QueryResult> copied = session.copyIn("COPY t FROM STDIN")
                .feed(other.copyOut("COPY (SELECT n, 'x' FROM generate_series(1, 20000) n) TO STDOUT"));
        assertThat(done(copied).rowCount()).hasValue(20_000);
        other.close();
    }

    @Test
    void aStreamThatCannotBeReadAbortsTheCopy() throws Exception {
        table();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> session.copyIn("COPY t FROM STDIN").feed(broken))
                .isInstanceOf(IOException.class);
        assertThat(done(session.query("SELECT count(*) FROM t"))
                        .results()
                        .get(0)
                        .onlyRow()
                        .text(0))
                .isEqualTo("0");
    }

    @Test
    void aBadRowFailsTheCopyAndAnAbortUndoesIt() throws Exception {
        table();
        CopyIn bad = session.copyIn("COPY t FROM STDIN");
        done(bad.send(Bytes.utf8("1\tone\nseven\n")));
        assertThatThrownBy(() -> done(bad.finish())).hasCauseInstanceOf(ServerErrorException.class);
        CopyIn aborted = session.copyIn("COPY t FROM STDIN");
        done(aborted.send(Bytes.utf8("1\tone\n")));
        assertThatThrownBy(() -> done(aborted.abort("changed my mind"))).hasMessageContaining("changed my mind");

        assertThat(done(session.query("SELECT count(*) FROM t"))
                        .results()
                        .get(0)
                        .onlyRow()
                        .text(0))
                .isEqualTo("0");
    }

    @Test
    void aQuarterOfAGibibyteFitsThroughASmallHeap() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:MaxDirectMemorySize=24m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BulkProgram.class.getName(),
                SERVER.host(),
                Integer.toString(SERVER.port()),
                SERVER.user(),
                SERVER.password(),
                SERVER.database());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            output.transferTo(printed);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("copied out 268435456\ncopied in 262144\n");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
