package org.pgreel.recorder.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.export.ExportFormat;
import org.pgreel.recorder.export.LibpqTraceTest;
import org.pgreel.recorder.export.SessionExporter;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.SessionTap;

/** What is exported is imported again: all of it where the format holds all, and the rest is said. */
@Timeout(180)
class ImportRoundTripTest {

    @TempDir
    Path directory;

    private static void converse(int port) throws Exception {
        PostgresServer server = PostgresServer.shared();
        for (String user : new String[] {"pgreel_scram", "pgreel_md5"}) {
            var properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", server.password());
            properties.setProperty("sslmode", "disable");
            String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + server.database();
            try (Connection connection = DriverManager.getConnection(url, properties);
                    var statement = connection.createStatement();
                    var prepared = connection.prepareStatement("select ?::int + 1, ?::bytea")) {
                statement.execute("select n, repeat('wide ', 4000) from generate_series(1, 30) n");
                for (int i = 0; i < 7; i++) {
                    prepared.setInt(1, i);
                    prepared.setBytes(2, new byte[] {0, 1, (byte) 0xff});
                    prepared.executeQuery().close();
                }
            }
        }
    }

    private static List<RecordedSession> recorded() throws Exception {
        PostgresServer server = PostgresServer.shared();
        var journal = new InMemoryJournal("run");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .start()) {
            converse(proxy.address().getPort());
        }
        return Recordings.of(journal).sessions();
    }

    private Path exported(ExportFormat format, List<RecordedSession> sessions) throws IOException {
        Path file = directory.resolve("exported." + format.word());
        try (OutputStream out = Files.newOutputStream(file)) {
            new SessionExporter(format).write(sessions, out);
        }
        return file;
    }

    private static List<RecordedSession> imported(ImportFormat format, Path file, List<String> lost)
            throws IOException {
        var journal = new InMemoryJournal("import");
        lost.addAll(SessionImporter.run(format, file, journal).lost());
        return Recordings.of(journal).sessions();
    }

    private static List<List<SessionEvent>> events(List<RecordedSession> sessions) {
        List<List<SessionEvent>> all = new ArrayList<>();
        for (RecordedSession session : sessions) {
            List<SessionEvent> events = new ArrayList<>();
            session.events().forEach(events::add);
            all.add(events);
        }
        return all;
    }

    private static String bytes(RecordedSession session, Direction direction) {
        var bytes = new ByteArrayOutputStream();
        for (SessionEvent event : session.events()) {
            if (event instanceof Chunk chunk && chunk.direction() == direction) {
                bytes.writeBytes(chunk.bytes().toArray());
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static void assertSameBytes(List<RecordedSession> sessions, List<RecordedSession> others) {
        assertThat(others).hasSameSizeAs(sessions);
        for (int i = 0; i < sessions.size(); i++) {
            for (Direction direction : Direction.values()) {
                assertThat(bytes(others.get(i), direction).equals(bytes(sessions.get(i), direction)))
                        .as("session %d, %s", i + 1, direction)
                        .isTrue();
            }
            assertThat(others.get(i).state()).isEqualTo(SessionState.WHOLE);
        }
    }

    @Test
    void jsonLinesLoseNothing() throws Exception {
        List<RecordedSession> sessions = recorded();
        var lost = new ArrayList<String>();
        List<RecordedSession> back = imported(ImportFormat.JSONL, exported(ExportFormat.JSONL, sessions), lost);
        assertThat(lost).isEmpty();
        assertThat(events(back)).isEqualTo(events(sessions));
    }

    @Test
    void aCaptureGivesTheSameBytesHoweverItsPacketsCame() throws Exception {
        List<RecordedSession> sessions = recorded();
        Path file = exported(ExportFormat.PCAPNG, sessions);
        var lost = new ArrayList<String>();
        assertSameBytes(sessions, imported(ImportFormat.PCAPNG, file, lost));
        var random = new Random(20);
        for (int i = 0; i < 20; i++) {
            Files.write(file, shuffled(Files.readAllBytes(file), random));
            assertSameBytes(sessions, imported(ImportFormat.PCAPNG, file, lost));
        }
        assertThat(lost).isEmpty();
    }

    /** Lets neighbours of one sender change places and some come twice, but not those that open and close connections. */
    private static byte[] shuffled(byte[] capture, Random random) {
        List<byte[]> blocks = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            byte[] block = new byte[bytes.getInt(bytes.position() + 4)];
            bytes.get(block);
            blocks.add(block);
        }
        for (int i = 0; i + 1 < blocks.size(); i++) {
            if (follow(blocks.get(i), blocks.get(i + 1)) && random.nextInt(3) == 0) {
                byte[] moved = blocks.set(i, blocks.get(i + 1));
                blocks.set(i + 1, moved);
                if (random.nextInt(4) == 0) {
                    blocks.add(i, moved);
                }
            }
        }
        var out = new ByteArrayOutputStream();
        blocks.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Two packets of one sender: what answers another cannot overtake it. */
    private static boolean follow(byte[] one, byte[] other) {
        return data(one) && data(other) && Arrays.equals(one, 48, 52, other, 48, 52);
    }

    /** An enhanced packet of bare IPv4 whose TCP flags are PSH and ACK. */
    private static boolean data(byte[] block) {
        return block[0] == 6 && block.length > 28 + 40 && block[28 + 33] == 0x18;
    }

    @Test
    void aScriptGivesTheSameMessagesBehindTheLogin() throws Exception {
        List<RecordedSession> sessions = recorded();
        var lost = new ArrayList<String>();
        List<RecordedSession> back = imported(ImportFormat.SCRIPT, exported(ExportFormat.SCRIPT, sessions), lost);
        assertThat(lost).anyMatch(sentence -> sentence.contains("neither times nor addresses"));
        for (int i = 0; i < sessions.size(); i++) {
            for (Direction direction : Direction.values()) {
                assertThat(behindLogin(back.get(i), direction)).isEqualTo(behindLogin(sessions.get(i), direction));
            }
        }
    }

    private static List<String> behindLogin(RecordedSession session, Direction direction) {
        List<String> lines = new ArrayList<>();
        boolean ready = false;
        for (RecordedMessage message : session.messages()) {
            if (message.content() instanceof RecordedMessage.Decoded decoded) {
                String name = decoded.message().name();
                if (ready && message.direction() == direction && !name.equals("Terminate")) {
                    lines.add(TranscriptWriter.line(direction, decoded.message()));
                }
                ready |= name.equals("ReadyForQuery");
            }
        }
        return lines;
    }

    @Test
    void aTraceOfLibpqIsReadAndItsSessionNeverReplayed() throws Exception {
        Path trace = directory.resolve("libpq.trace");
        LibpqTraceTest.record(directory, trace);
        var lost = new ArrayList<String>();
        List<RecordedSession> back = imported(ImportFormat.PQTRACE, trace, lost);
        assertThat(lost)
                .hasSize(3)
                .anyMatch(sentence -> sentence.startsWith("A trace of libpq holds neither the login"))
                .anyMatch(sentence -> sentence.contains("CopyData are told of without their data"))
                .noneMatch(sentence -> sentence.contains("could not be read"));
        assertThat(back.get(0).state()).isEqualTo(SessionState.DAMAGED);
        // What is hidden stays hidden, so the export is what was imported.
        String again = Files.readString(exported(ExportFormat.PQTRACE, back), StandardCharsets.ISO_8859_1);
        List<String> expected = Files.readAllLines(trace, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.matches("[FB]\t\\d+\t(CopyData.*)?") && !line.startsWith("mismatched"))
                .toList();
        assertThat(again.lines().toList()).isEqualTo(expected);
    }

    @Test
    void whatTcpdumpCapturedIsReadAndHoldsNoSecret() throws Exception {
        Programs.require("tcpdump");
        PostgresServer server = PostgresServer.shared();
        Path capture = directory.resolve("lo.pcap");
        Process tcpdump = new ProcessBuilder(
                        "tcpdump",
                        "-i",
                        "lo",
                        "-s",
                        "0",
                        "-B",
                        "65536",
                        "-U",
                        "--immediate-mode",
                        "-Z",
                        "root",
                        "-w",
                        capture.toString(),
                        "tcp",
                        "port",
                        Integer.toString(server.port()))
                .redirectErrorStream(true)
                .start();
        try {
            var said = new StringBuilder();
            var reader = tcpdump.inputReader();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.append(line);
                if (line.contains("listening on")) {
                    break;
                }
            }
            assumeTrue(said.indexOf("listening on") >= 0, "tcpdump may not capture here: " + said);
            converse(server.port());
            // It writes what it captured a little later.
            for (int i = 0; i < 100 && whole(capture) < 2; i++) {
                assertThat(tcpdump.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
            }
        } finally {
            tcpdump.destroy();
            assertThat(tcpdump.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        var lost = new ArrayList<String>();
        List<RecordedSession> sessions = imported(ImportFormat.PCAPNG, capture, lost);
        assumeTrue(lost.stream().noneMatch(said -> said.contains("not captured")), "tcpdump dropped packets: " + lost);
        assertThat(sessions.stream().filter(session -> session.state() == SessionState.WHOLE))
                .as("%s of %s", lost, sessions)
                .hasSizeGreaterThanOrEqualTo(2);
        String transcript = Files.readString(exported(ExportFormat.TRANSCRIPT, sessions));
        assertThat(transcript)
                .contains("F Parse \"\" \"select $1::int + 1, $2::bytea\"", "B DataRow \"30\"", "<secret:")
                .doesNotContain(server.password());
    }

    private static long whole(Path capture) throws IOException {
        try {
            return imported(ImportFormat.PCAPNG, capture, new ArrayList<>()).stream()
                    .filter(session -> session.state() == SessionState.WHOLE)
                    .count();
        } catch (ImportException e) {
            return 0;
        }
    }

    @Test
    void encryptedConnectionsAreRefusedAndGapsAreTold() throws Exception {
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        SessionTap session = recorder.sessionOpened(Conversations.opening());
        session.connectionOpened(1);
        Conversations.written(session, Conversations.startup(80877103));
        Conversations.read(session, new byte[] {'S'});
        Conversations.written(session, new byte[] {0x16, 3, 1, 0, 9});
        Conversations.end(session);
        Path file = exported(ExportFormat.PCAPNG, Recordings.of(journal).sessions());
        assertThatThrownBy(() -> imported(ImportFormat.PCAPNG, file, new ArrayList<>()))
                .isInstanceOf(ImportException.class)
                .hasMessage("The connection from 127.0.0.1:50001 to 127.0.0.1:5432 is encrypted by TLS, so a capture"
                        + " cannot tell what was said; record it with 'pgreel record'.");
        for (String bad : List.of("", "nonsense", "tape 1")) {
            Files.writeString(file, bad);
            for (ImportFormat format :
                    List.of(ImportFormat.JSONL, ImportFormat.PQTRACE, ImportFormat.SCRIPT, ImportFormat.PCAPNG)) {
                assertThatThrownBy(() -> imported(format, file, new ArrayList<>()))
                        .as(format + " " + bad)
                        .isInstanceOf(ImportException.class);
            }
        }
    }

    @Test
    void aCaptureThatEndsWithinItsHeaderIsRefusedInASentence() throws Exception {
        Path file = directory.resolve("cut.pcapng");
        Files.write(file, new byte[] {0x0a, 0x0d, 0x0d, 0x0a, 0x7c, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1});
        assertThatThrownBy(() -> imported(ImportFormat.PCAPNG, file, new ArrayList<>()))
                .isInstanceOf(ImportException.class)
                .hasMessage("The capture ends within its header, behind 12 bytes.");
    }
}
