package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.certificate.MadeCertificate;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.recording.Recordings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Peers that are offered without end, and read nothing, cost the proxy no more than a fixed sum. */
@Timeout(180)
class BackPressureTest {
    private static final Logger LOG = LoggerFactory.getLogger(BackPressureTest.class);

    private static final int CONNECTIONS = 100;
    private static final long BYTES_MAX = (64L << 20) + CONNECTIONS * (256L << 10);
    private static final int SOCKET_BYTES = 32 * 1024;
    private static final long OFFERED_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int WAIT_MILLIS = 60_000;

    @TempDir
    Path temporary;

    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicLong taken = new AtomicLong();
    private ServerSocket upstream;

    @BeforeEach
    void listen() throws IOException {
        upstream = new ServerSocket();
        upstream.setReceiveBufferSize(SOCKET_BYTES);
        upstream.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS);
        upstream.setSoTimeout(WAIT_MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        sockets.clear();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatNobodyReadsIsNotTaken(boolean encrypted) throws Exception {
        try (ChronicleJournal journal = ChronicleJournal.open(temporary.resolve("journal"));
                RecordingProxy proxy = start(journal, encrypted)) {
            MadeCertificate certificate = MadeCertificate.forThisHost();
            List<Socket> clients = new ArrayList<>();
            List<Socket> servers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                open(proxy, encrypted ? certificate : null, clients, servers);
            }
            long before = heapUsed();
            clients.forEach(client -> offer(client));
            servers.forEach(server -> offer(server));
            long direct = greatestDirect();
            long heap = heapUsed() - before;
            LOG.info(
                    "{}: {} connections, {} MiB taken of what was offered, direct {} KiB, heap {} KiB",
                    encrypted ? "TLS on both legs" : "plaintext",
                    CONNECTIONS,
                    taken.get() >> 20,
                    direct >> 10,
                    heap >> 10);
            assertThat(taken.get()).isGreaterThan(CONNECTIONS * (64L << 10));
            assertThat(direct + heap).isLessThan(BYTES_MAX);
            close();
        }
        assertThat(Recordings.open(temporary.resolve("journal")).verification().sound())
                .isTrue();
    }

    private RecordingProxy start(ChronicleJournal journal, boolean encrypted) throws IOException {
        RecordingProxyBuilder builder = RecordingProxy.builder(
                        new Recorder(journal), "127.0.0.1", upstream.getLocalPort())
                .channelBinding(BindingPolicy.PASS)
                .upstreamSslMode(encrypted ? SslMode.REQUIRE : SslMode.DISABLE);
        return (encrypted ? builder.clientTls(ProxyCertificate.made()) : builder).start();
    }

    private void open(RecordingProxy proxy, MadeCertificate certificate, List<Socket> clients, List<Socket> servers)
            throws Exception {
        Socket client = new Socket();
        client.setReceiveBufferSize(SOCKET_BYTES);
        client.setSendBufferSize(SOCKET_BYTES);
        client.connect(proxy.address(), WAIT_MILLIS);
        sockets.add(client);
        Socket clientSide = certificate == null ? client : TlsSockets.asked(client);
        ProxyBetweenSockets.send(clientSide, startupOfAlice());
        Socket server = upstream.accept();
        server.setSendBufferSize(SOCKET_BYTES);
        sockets.add(server);
        Socket serverSide = certificate == null ? server : TlsSockets.granted(server, certificate);
        ProxyBetweenSockets.receive(serverSide, startupOfAlice().length);
        clients.add(clientSide);
        servers.add(serverSide);
    }

    /** Offers without end; a thread that ends with its socket. */
    private void offer(Socket socket) {
        Thread thread = new Thread(null, () -> write(socket), "offers", 128 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    private void write(Socket socket) {
        byte[] block = new byte[16 * 1024];
        try {
            while (true) {
                socket.getOutputStream().write(block);
                taken.addAndGet(block.length);
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    /** Returns the most direct memory that is in use while all is offered. */
    private static long greatestDirect() {
        long deadline = System.nanoTime() + OFFERED_NANOS;
        long greatest = 0;
        while (System.nanoTime() < deadline) {
            greatest = Math.max(greatest, PlatformDependent.usedDirectMemory());
            greatest =
                    Math.max(greatest, PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
            Thread.onSpinWait();
        }
        return greatest;
    }

    private static long heapUsed() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
