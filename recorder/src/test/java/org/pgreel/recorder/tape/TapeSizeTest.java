package org.pgreel.recorder.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.export.ExportFormat;
import org.pgreel.recorder.export.SessionExporter;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tape of what pgbench does, with all its times, cuts and ends, is smaller than its bytes alone are after gzip. */
@Timeout(180)
class TapeSizeTest {

    private static final Logger LOG = LoggerFactory.getLogger(TapeSizeTest.class);
    private static final int TRANSACTIONS = 1_000;

    @TempDir
    Path directory;

    /** As {@code gzip -9} compresses. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(9);
        }
    }

    private static int gzipped(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream gzip = new BestGzip(out)) {
            gzip.write(bytes);
        }
        return out.size();
    }

    private static byte[] chunks(List<RecordedSession> sessions) throws IOException {
        var raw = new ByteArrayOutputStream();
        for (RecordedSession session : sessions) {
            for (SessionEvent event : session.events()) {
                if (event instanceof Chunk chunk) {
                    raw.write(chunk.bytes().toArray());
                }
            }
        }
        return raw.toByteArray();
    }

    private void bench(PostgresServer server, int port, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("pgbench"));
        command.addAll(List.of(words));
        command.addAll(
                List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", server.user(), server.database()));
        Programs.Ran ran = Programs.run(
                directory,
                command,
                Map.of("PGPASSWORD", server.password(), "PGSSLMODE", "disable", "PGGSSENCMODE", "disable"),
                "");
        assertThat(ran.status()).as(ran.errors()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"simple, 1", "simple, 8", "extended, 1", "prepared, 1"})
    void aTapeOfThousandTransactionsIsSmallerThanItsBytesAfterGzip(String protocol, int clients) throws Exception {
        Programs.require("pgbench", "pgbench", "--version");
        var journal = new InMemoryJournal("run");
        try (PostgresServer server = PostgresServer.start(PostgresOptions.defaults())) {
            bench(server, server.port(), "-i", "-q");
            try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                    .start()) {
                String each = Integer.toString(TRANSACTIONS / clients);
                bench(
                        server,
                        proxy.address().getPort(),
                        "-n",
                        "-M",
                        protocol,
                        "-c",
                        Integer.toString(clients),
                        "-t",
                        each);
            }
        }
        List<RecordedSession> sessions = Recordings.of(journal).sessions();
        byte[] raw = chunks(sessions);
        int gzip = gzipped(raw);
        var pcapng = new ByteArrayOutputStream();
        new SessionExporter(ExportFormat.PCAPNG).write(sessions, pcapng);
        Path tape = directory.resolve("bench.tape");
        TapeTotals totals = new TapePack(TapeForm.BINARY).write(sessions, tape);
        long exact = new TapePack(TapeForm.BINARY)
                .withExactTimes()
                .write(sessions, directory.resolve("exact.tape"))
                .bytes();
        LOG.info(
                "{} transactions of pgbench -M {} -c {}, {} events: tape {} bytes (with nanoseconds {}); raw chunks {},"
                        + " after gzip -9 {}; pcapng {}, after gzip -9 {}",
                TRANSACTIONS,
                protocol,
                clients,
                totals.events(),
                totals.bytes(),
                exact,
                raw.length,
                gzip,
                pcapng.size(),
                gzipped(pcapng.toByteArray()));
        assertThat(Files.size(tape)).isEqualTo(totals.bytes()).isLessThanOrEqualTo(gzip);
        assertThat(chunks(Recordings.open(tape).sessions())).isEqualTo(raw);
    }
}
