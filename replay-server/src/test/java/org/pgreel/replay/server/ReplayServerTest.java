package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.replay.TestRecording.row;
import static org.pgreel.replay.TestRecording.user;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.CertificateAuthority;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.source.Ending;

/** How a replay server behaves towards the sockets of its clients. */
@Timeout(60)
final class ReplayServerTest {
    private static final Bytes STARTUP =
            StartupMessage.of(StartupMessage.VERSION_3_0, user("alice")).toBytes();

    private final TestRecording recording = new TestRecording();

    @TempDir
    Path directory;

    private ReplayServer serve() throws IOException {
        return ReplayServer.builder(recording.playable()).start();
    }

    private static Socket connect(ReplayServer server) throws IOException {
        var socket = new Socket(server.host(), server.port());
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void send(Socket socket, Bytes bytes) throws IOException {
        socket.getOutputStream().write(bytes.toArray());
    }

    private static String readToEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void itListensOnLoopbackAndAFreePort() throws IOException {
        recording.connection("alice", 7);
        try (ReplayServer server = serve()) {
            assertThat(server.host()).isEqualTo("127.0.0.1");
            assertThat(server.port()).isPositive();
            assertThat(server.certificate()).isEmpty();
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        recording.connection("alice", 7);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var builder = ReplayServer.builder(recording.playable()).listen("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(builder::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aMissingCertificateIsNamed() {
        recording.connection("alice", 7);
        var builder = ReplayServer.builder(recording.playable())
                .tls(directory.resolve("no.crt"), directory.resolve("no.key"));

        assertThatThrownBy(builder::start).isInstanceOf(IOException.class).hasMessageContaining("no.key");
    }

    @Test
    void aGivenCertificateIsShown() throws IOException {
        recording.connection("alice", 7);
        Path certificate = directory.resolve("server.crt");
        Path key = directory.resolve("server.key");
        CertificateAuthority.create("Test CA").issue(List.of("replay.test")).writeTo(certificate, key);

        try (ReplayServer server =
                ReplayServer.builder(recording.playable()).tls(certificate, key).start()) {
            assertThat(server.certificate()
                            .orElseThrow()
                            .getSubjectX500Principal()
                            .getName())
                    .contains("replay.test");
        }
    }

    @Test
    void anOrderlyEndArrivesBehindTheLastByte() throws IOException {
        recording
                .connection("alice", 7)
                .sends(new Query("last"))
                .answers(row("x".repeat(5_000_000)))
                .ends(Ending.Kind.SERVER_CLOSED);
        try (ReplayServer server = serve();
                Socket client = connect(server)) {
            send(client, STARTUP.plus(new Query("last").toBytes()));

            assertThat(readToEnd(client)).contains("xxx").hasSizeGreaterThan(5_000_000);
        }
    }

    @Test
    void aResetIsAReset() throws IOException {
        recording.connection("alice", 7).sends(new Query("last")).ends(Ending.Kind.SERVER_RESET);
        try (ReplayServer server = serve();
                Socket client = connect(server)) {
            send(client, STARTUP.plus(new Query("last").toBytes()));

            assertThatThrownBy(() -> readToEnd(client)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aClientThatHasEndedItsSideIsStillAnswered() throws IOException {
        recording.connection("alice", 7).sends(new Query("q")).answers(row("y".repeat(5_000_000)));
        try (ReplayServer server = serve();
                Socket client = connect(server)) {
            send(client, STARTUP.plus(new Query("q").toBytes()));
            client.shutdownOutput();

            assertThat(readToEnd(client)).hasSizeGreaterThan(5_000_000);
            assertThat(server.report().passed()).isTrue();
        }
    }

    @Test
    void theReasonOfADepartureArrivesHoweverMuchTheClientStillSends() throws IOException {
        recording.connection("alice", 7).sends(new Query("expected"));
        try (ReplayServer server = serve();
                Socket client = connect(server)) {
            send(client, STARTUP.plus(new Query("other").toBytes()));
            send(client, new Query("z".repeat(100_000)).toBytes());

            assertThat(readToEnd(client)).contains("RP002", "expected \"expected\", got \"other\"");
        }
    }

    @Test
    void aLoginHasItsTime() throws IOException {
        recording.connection("alice", 7);
        try (ReplayServer server = ReplayServer.builder(recording.playable())
                        .settings(ReplaySettings.DEFAULTS
                                .withAuthentication(AuthenticationMethod.PASSWORD, null, "p")
                                .withLoginLimit(Duration.ofMillis(50)))
                        .start();
                Socket client = connect(server)) {
            send(client, STARTUP);

            assertThat(readToEnd(client)).startsWith("R");
            assertThat(server.report().text()).contains("no login within");
        }
    }

    @Test
    void aFailedHandshakeIsReported() throws IOException {
        recording.connection("alice", 7);
        try (ReplayServer server =
                        ReplayServer.builder(recording.playable()).tls().start();
                Socket client = connect(server)) {
            send(client, new SSLRequest().toBytes());
            assertThat(client.getInputStream().read()).isEqualTo('S');
            send(client, Bytes.utf8("this is no ClientHello"));

            readToEnd(client);
            assertThat(server.report().text()).contains("TLS could not be established");
        }
    }

    @Test
    void whatIsNoPostgresIsClosed() throws IOException {
        recording.connection("alice", 7);
        try (ReplayServer server = serve();
                Socket client = connect(server)) {
            send(client, Bytes.utf8("GET / HTTP/1.1\r\n\r\n"));

            assertThat(readToEnd(client)).isEmpty();
        }
    }

    @Test
    void closingEndsTheConnectionsThatAreLeftAndKeepsTheReport() throws IOException {
        recording.connection("alice", 7).sends(new Query("q")).answers(row("1"));
        ReplayServer server = serve();
        try (Socket client = connect(server)) {
            send(client, STARTUP);
            assertThat(client.getInputStream().read()).isEqualTo('R');

            server.close();
            server.close();

            readToEnd(client);
            assertThat(server.report().text()).contains("0 of 1 message, still connected");
        }
    }

    @Test
    void manyClientsInARowAreServedByOneServer() throws IOException {
        for (int i = 0; i < 50; i++) {
            recording
                    .connection(Map.of("user", "alice", "database", "alice"), 100 + i)
                    .sends(new Query("q" + i))
                    .answers(row("value " + i))
                    .sends(new Terminate());
        }
        try (ReplayServer server = serve()) {
            for (int i = 0; i < 50; i++) {
                try (Socket client = connect(server)) {
                    send(client, STARTUP.plus(new Query("q" + i).toBytes()).plus(new Terminate().toBytes()));
                    var out = new ByteArrayOutputStream();
                    client.getInputStream().transferTo(out);
                    assertThat(out.toString(StandardCharsets.ISO_8859_1)).contains("value " + i);
                }
            }
            assertThat(server.report().passed()).isTrue();
        }
    }
}
