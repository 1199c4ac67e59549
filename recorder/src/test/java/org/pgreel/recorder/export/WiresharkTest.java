package org.pgreel.recorder.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;

/** Wireshark reads the exported captures and finds nothing wrong with them. */
@Timeout(180)
class WiresharkTest {

    @TempDir
    Path directory;

    private Path exported(InMemoryJournal journal) throws Exception {
        Path file = directory.resolve("x.pcapng");
        try (OutputStream out = Files.newOutputStream(file)) {
            new SessionExporter(ExportFormat.PCAPNG)
                    .write(Recordings.of(journal).sessions(), out);
        }
        return file;
    }

    private String tshark(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-o", "tcp.check_checksum:TRUE"));
        command.addAll(List.of(arguments));
        Programs.Ran ran = Programs.run(directory, command, Map.of("HOME", directory.toString()), "");
        assertThat(ran.status()).as(ran.errors()).isZero();
        return ran.output();
    }

    @Test
    void aRealSessionShowsItsStatements() throws Exception {
        Programs.require("tshark");
        PostgresServer server = PostgresServer.shared();
        var journal = new InMemoryJournal("run");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .start()) {
            var properties = new Properties();
            properties.setProperty("user", "pgreel_scram");
            properties.setProperty("password", server.password());
            properties.setProperty("sslmode", "disable");
            String url = "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/" + server.database();
            try (Connection connection = DriverManager.getConnection(url, properties);
                    var statement = connection.createStatement();
                    var prepared = connection.prepareStatement("select ?::text as wanted")) {
                statement.execute("select repeat('much ', 60000) from generate_series(1, 9)");
                prepared.setString(1, "the needle");
                prepared.execute();
            }
        }
        Path file = exported(journal);
        String shown = tshark("-r", file.toString(), "-Y", "pgsql", "-V");
        assertThat(shown)
                .contains(
                        "PostgreSQL",
                        "Type: Parse",
                        "select $1::text as wanted",
                        "select repeat('much ', 60000)",
                        "SCRAM-SHA-256",
                        "Type: Ready for query")
                .doesNotContain(server.password());
        // Bad checksums, lost segments and retransmissions would be analysed as such.
        assertThat(tshark(
                        "-r", file.toString(), "-Y", "tcp.analysis.flags || _ws.malformed || tcp.checksum.status == 0"))
                .isEmpty();
    }

    @Test
    void whatWasSaidInTlsIsReadAndAskingForItIsLeftOut() throws Exception {
        Programs.require("tshark");
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        for (String address : new String[] {"10.1.2.3:50001", "[2001:db8::7]:50001"}) {
            SessionTap session = recorder.sessionOpened(
                    new SessionOpening(SessionOpening.Role.PROXY, address, "db.example:54321", Map.of()));
            session.connectionOpened(1);
            session.tlsRequested(1);
            Conversations.written(session, Conversations.startup(80877103));
            Conversations.read(session, new byte[] {'S'});
            session.tlsEstablished(1, "TLSv1.3", "TLS_AES_256_GCM_SHA384");
            Conversations.written(session, Conversations.startupOfAlice());
            Conversations.read(session, Conversations.greeting());
            Conversations.ask(session, 7);
            session.connectionClosed(1, EndKind.RESET, By.SERVER);
            session.closed(By.SERVER, EndKind.RESET);
        }
        Path file = exported(journal);
        assertThat(tshark(
                        "-r",
                        file.toString(),
                        "-Y",
                        "pgsql.query",
                        "-T",
                        "fields",
                        "-e",
                        "ip.src",
                        "-e",
                        "ipv6.src",
                        "-e",
                        "pgsql.query"))
                .isEqualTo("10.1.2.3\t\tselect 'number 7'\n\t2001:db8::7\tselect 'number 7'\n");
        assertThat(tshark("-r", file.toString(), "-Y", "frame.number == 1", "-V"))
                .contains("PgReel session 1, connection 1, server db.example:54321, decrypted");
        assertThat(tshark(
                        "-r", file.toString(), "-Y", "tcp.analysis.flags || _ws.malformed || tcp.checksum.status == 0"))
                .isEmpty();
    }
}
