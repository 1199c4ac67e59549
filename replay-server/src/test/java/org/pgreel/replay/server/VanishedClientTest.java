package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.replay.TestRecording.row;
import static org.pgreel.replay.TestRecording.user;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.report.ConnectionOutcome;
import org.pgreel.replay.report.ReplayReport;

/** A client that vanishes in the middle of a great answer leaves an outcome and its slot behind. */
@Timeout(60)
final class VanishedClientTest {
    private static final int ANSWER_BYTES = 20_000_000;
    private static final int LITTLE_BYTES = 100_000;
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Bytes STARTUP =
            StartupMessage.of(StartupMessage.VERSION_3_0, user("alice")).toBytes();
    private static final Bytes QUERY = new Query("q").toBytes();

    private final TestRecording recording = new TestRecording();

    private ReplayServer.Builder server() {
        for (int i = 0; i < 2; i++) {
            recording
                    .connection("alice", 7 + i)
                    .sends(new Query("q"))
                    .answers(row("x".repeat(i == 0 ? ANSWER_BYTES : 1)))
                    .sends(new Terminate());
        }
        return ReplayServer.builder(recording.playable()).settings(ReplaySettings.DEFAULTS.withConnectionsMax(1));
    }

    private static Socket connect(ReplayServer server) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(server.host(), server.port()));
        return socket;
    }

    private static void readALittle(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        assertThat(in.readNBytes(LITTLE_BYTES)).hasSize(LITTLE_BYTES);
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void assertGone(ReplayServer server) throws IOException {
        long deadline = System.nanoTime() + BOUND.toNanos();
        ReplayReport report = server.report();
        while (report.count(ConnectionOutcome.OPEN) > 0 && System.nanoTime() < deadline) {
            report = server.report();
        }
        assertThat(report.connections())
                .singleElement()
                .satisfies(gone -> assertThat(gone.outcome()).isNotEqualTo(ConnectionOutcome.OPEN));
        try (Socket next = connect(server)) {
            next.getOutputStream()
                    .write(STARTUP.plus(QUERY).plus(new Terminate().toBytes()).toArray());
            next.getInputStream().readAllBytes();
        }
        assertThat(server.report().connections())
                .hasSize(2)
                .last()
                .satisfies(served -> assertThat(served.outcome()).isEqualTo(ConnectionOutcome.PLAYED_TO_END));
    }

    @Test
    void aResetInTheMiddleOfAnAnswerEndsTheConnection() throws IOException {
        try (ReplayServer server = server().start()) {
            Socket client = connect(server);
            client.getOutputStream().write(STARTUP.plus(QUERY).toArray());
            readALittle(client);
            reset(client);

            assertGone(server);
        }
    }

    @Test
    void anEndOfOneSideAndThenAResetEndTheConnection() throws IOException {
        try (ReplayServer server = server().start()) {
            Socket client = connect(server);
            client.getOutputStream().write(STARTUP.plus(QUERY).toArray());
            client.shutdownOutput();
            readALittle(client);
            reset(client);

            assertGone(server);
        }
    }

    @Test
    void aResetUnderTlsEndsTheConnection() throws Exception {
        try (ReplayServer server = server().tls().start()) {
            Socket client = connect(server);
            client.getOutputStream().write(new SSLRequest().toBytes().toArray());
            assertThat(client.getInputStream().read()).isEqualTo('S');
            Socket secured = trusting(server.certificate().orElseThrow())
                    .getSocketFactory()
                    .createSocket(client, server.host(), server.port(), false);
            secured.getOutputStream().write(STARTUP.plus(QUERY).toArray());
            readALittle(secured);
            reset(client);

            assertGone(server);
        }
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("replay", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
