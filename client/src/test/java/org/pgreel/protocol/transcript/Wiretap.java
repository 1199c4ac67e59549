package org.pgreel.protocol.transcript;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/** A relay between a program and a server that keeps what passes, in the order in which it passed. */
final class Wiretap implements Closeable {
    /** What came in one read. */
    record Chunk(Direction direction, Bytes bytes) {}

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String host;
    private final int port;
    private final List<List<Chunk>> connections = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Wiretap(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Ends the relay and returns what passed, each connection by itself. */
    List<List<Chunk>> stop() throws IOException, InterruptedException {
        close();
        List<Thread> all;
        synchronized (this) {
            all = List.copyOf(threads);
        }
        for (Thread thread : all) {
            thread.join(10_000);
        }
        synchronized (this) {
            return List.copyOf(connections);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private synchronized void start(Runnable run) {
        Thread thread = new Thread(run, "wiretap");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(host, port);
                List<Chunk> chunks = new ArrayList<>();
                synchronized (this) {
                    connections.add(chunks);
                }
                start(() -> relay(Direction.FRONTEND, client, server, chunks));
                start(() -> relay(Direction.BACKEND, server, client, chunks));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Direction direction, Socket from, Socket to, List<Chunk> chunks) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (this) {
                    chunks.add(new Chunk(direction, Bytes.copyOf(buffer, 0, count)));
                }
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException ended) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // The other end went first; what passed is kept all the same.
        }
    }
}
