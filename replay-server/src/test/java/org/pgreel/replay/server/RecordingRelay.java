package org.pgreel.replay.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;

/** Passes bytes between clients and a server, without TLS, and records them in memory: the shortest thing that can. */
final class RecordingRelay implements AutoCloseable {
    private final String upstreamHost;
    private final int upstreamPort;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InMemoryJournal journal = new InMemoryJournal("test");
    private final Recorder recorder = new Recorder(journal);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    RecordingRelay(String upstreamHost, int upstreamPort) throws IOException {
        this.upstreamHost = upstreamHost;
        this.upstreamPort = upstreamPort;
        start("accept", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void start(String name, Runnable work) {
        var thread = new Thread(work, "relay-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(upstreamHost, upstreamPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                SessionTap tap = recorder.sessionOpened(new SessionOpening(
                        SessionOpening.Role.PROXY, "client", upstreamHost + ":" + upstreamPort, Map.of()));
                tap.connectionOpened(1);
                var relayed = new Relayed(client, server, tap);
                start("frontend", () -> relayed.pass(true));
                start("backend", () -> relayed.pass(false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** One client's connection, both directions. */
    private static final class Relayed {
        private final Socket client;
        private final Socket server;
        private final SessionTap tap;
        private boolean ended;

        Relayed(Socket client, Socket server, SessionTap tap) {
            this.client = client;
            this.server = server;
            this.tap = tap;
        }

        void pass(boolean frontend) {
            Socket from = frontend ? client : server;
            Socket to = frontend ? server : client;
            byte[] buffer = new byte[65_536];
            EndKind how = EndKind.FIN;
            try {
                for (int count; (count = from.getInputStream().read(buffer)) >= 0; ) {
                    record(frontend, buffer, count);
                    to.getOutputStream().write(buffer, 0, count);
                }
                to.shutdownOutput();
            } catch (IOException failed) {
                how = EndKind.RESET;
            }
            end(frontend ? By.CLIENT : By.SERVER, how);
        }

        private synchronized void record(boolean frontend, byte[] buffer, int count) {
            if (ended) {
                return;
            }
            if (frontend) {
                tap.written(1, buffer, 0, count);
            } else {
                tap.read(1, buffer, 0, count);
            }
        }

        private synchronized void end(By by, EndKind how) {
            if (!ended) {
                ended = true;
                tap.connectionClosed(1, how, by);
                tap.closed(by, how);
            }
        }
    }

    /** Stops, and returns what was recorded. */
    Recording stop() throws InterruptedException, IOException {
        close();
        return Recordings.of(journal);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread thread : threads) {
            thread.join(10_000);
        }
    }
}
