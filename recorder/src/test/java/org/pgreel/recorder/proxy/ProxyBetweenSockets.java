package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;

/** A bare client and a bare server with a proxy between them, all of them sockets of this test. */
@Timeout(60)
class ProxyBetweenSockets {

    static final int WAIT_MILLIS = 20_000;

    final InMemoryJournal journal = new InMemoryJournal("run");
    final List<String> problems = new CopyOnWriteArrayList<>();
    ServerSocket upstream;
    RecordingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        upstream.setSoTimeout(WAIT_MILLIS);
        proxy = start(upstream.getLocalPort(), new Recorder(journal));
    }

    RecordingProxy start(int port, Recorder recorder) throws IOException {
        return RecordingProxy.builder(recorder, "127.0.0.1", port)
                .upstreamSslMode(SslMode.DISABLE)
                .onProblem(problems::add)
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(proxy.address(), WAIT_MILLIS);
        socket.setSoTimeout(WAIT_MILLIS);
        return socket;
    }

    Socket accept() throws IOException {
        Socket socket = upstream.accept();
        socket.setSoTimeout(WAIT_MILLIS);
        return socket;
    }

    static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    static byte[] receive(Socket socket, int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** Writes until nothing has been taken for half a second, or far too much has. */
    static long bytesTakenBeforeItStalls(Socket from) throws IOException {
        long limit = 256L << 20;
        byte[] block = new byte[64 * 1024];
        long[] taken = {0};
        Thread writer = new Thread(() -> {
            try {
                while (taken[0] < limit) {
                    from.getOutputStream().write(block);
                    synchronized (taken) {
                        taken[0] += block.length;
                        taken.notifyAll();
                    }
                }
            } catch (IOException e) {
                // The test is over.
                return;
            }
        });
        writer.setDaemon(true);
        writer.start();
        synchronized (taken) {
            long before = -1;
            while (before != taken[0] && taken[0] < limit) {
                before = taken[0];
                try {
                    long until = System.nanoTime() + 500_000_000L;
                    while (taken[0] == before && System.nanoTime() < until) {
                        taken.wait(100);
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return taken[0];
        }
    }

    /** Waits until something is so. */
    static void await(String what, BooleanSupplier so) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    SessionClosed awaitEnd(int session) {
        await("the end of session " + session, () -> end(session) != null);
        return end(session);
    }

    private SessionClosed end(int session) {
        List<RecordedSession> sessions = Recordings.of(journal).sessions();
        return sessions.size() < session ? null : sessions.get(session - 1).closed();
    }
}
