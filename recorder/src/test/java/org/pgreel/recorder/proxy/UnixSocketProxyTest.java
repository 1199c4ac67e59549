package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;

/** Clients come through a Unix domain socket, and the server may be behind one. */
@Timeout(120)
class UnixSocketProxyTest {

    private final PostgresServer server = PostgresServer.shared();
    private final InMemoryJournal journal = new InMemoryJournal("run");
    private final List<String> problems = new CopyOnWriteArrayList<>();

    /** Short, because the path of a socket has 107 bytes at most. */
    private Path directory = Path.of("");

    @BeforeEach
    void make() throws IOException {
        directory = Files.createTempDirectory("pgreel");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private RecordingProxyBuilder builder(String host, int port) {
        return RecordingProxy.builder(new Recorder(journal), host, port).onProblem(problems::add);
    }

    private Programs.Ran psql(String host, int port) throws Exception {
        return Programs.run(
                directory,
                List.of(
                        "psql",
                        "-X",
                        "-At",
                        "-h",
                        host,
                        "-p",
                        Integer.toString(port),
                        "-U",
                        "pgreel_scram",
                        "-c",
                        "select 6 * 7",
                        server.database()),
                Map.of("PGPASSWORD", server.password()),
                "");
    }

    @Test
    void psqlFindsItInADirectoryAndItsFileIsTheOwnersAlone() throws Exception {
        Programs.require("psql");
        Path file;
        try (RecordingProxy proxy =
                builder(server.host(), server.port()).unix(directory).start()) {
            int port = proxy.address().getPort();
            file = directory.resolve(".s.PGSQL." + port);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Programs.Ran ran = psql(directory.toString(), port);
            assertThat(ran.status()).as(ran.errors()).isZero();
            assertThat(ran.output()).isEqualTo("42\n");
        }
        assertThat(file).doesNotExist();
        assertThat(problems).isEmpty();
        Recording recording = Recordings.of(journal);
        assertThat(recording.verification().complete()).isTrue();
        assertThat(recording.sessions()).hasSize(1);
    }

    @Test
    void theServerMayBeBehindASocket() throws Exception {
        Programs.require("psql");
        // A second proxy stands for the server's socket.
        try (RecordingProxy behind =
                        builder(server.host(), server.port()).unix(directory).start();
                RecordingProxy proxy = builder(
                                directory.toString(), behind.address().getPort())
                        .start()) {
            Programs.Ran ran = psql("127.0.0.1", proxy.address().getPort());
            assertThat(ran.status()).as(ran.errors()).isZero();
            assertThat(ran.output()).isEqualTo("42\n");
        }
        assertThat(problems).isEmpty();
        assertThat(Recordings.of(journal).sessions()).hasSize(2);
    }

    @Test
    void aSocketOfADeadProcessIsReplacedAndALivingOneIsNot() throws Exception {
        Path file = directory.resolve("socket");
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(file));
            assertThatThrownBy(() -> builder("127.0.0.1", 1).unix(file).start())
                    .isInstanceOf(IOException.class)
                    .hasMessage("Cannot listen on " + file + ": another process does.");
        }
        assertThat(file).exists();
        try (RecordingProxy proxy = builder("127.0.0.1", 1).unix(file).start()) {
            assertThat(proxy.address()).isInstanceOf(InetSocketAddress.class);
        }
        Files.writeString(file, "precious");
        assertThatThrownBy(() -> builder("127.0.0.1", 1).unix(file).start())
                .hasMessage("Cannot listen on " + file + ": there is a file that is no socket.");
        assertThat(file).hasContent("precious");
    }
}
