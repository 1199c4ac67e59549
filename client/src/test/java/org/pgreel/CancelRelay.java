package org.pgreel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server: the first connection passes at once, each later one, which brings a cancel
 * request, is held back by up to 5 ms.
 */
final class CancelRelay implements AutoCloseable {
    private static final int DELAY_MICROS_MAX = 5_000;
    private static final int BUFFER = 8192;

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final Random random;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    CancelRelay(String host, int port, long seed) throws IOException {
        this.host = host;
        this.port = port;
        this.random = new Random(seed);
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Returns how many connections came so far. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                int micros = connections.getAndIncrement() == 0 ? 0 : random.nextInt(DELAY_MICROS_MAX + 1);
                threads.execute(() -> join(client, micros));
            }
        } catch (IOException closed) {
            // The relay is over.
        }
    }

    private void join(Socket client, int micros) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
        try {
            Socket server = new Socket(host, port);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> pass(server, client));
            pass(client, server);
        } catch (IOException unreachable) {
            closeQuietly(client);
        }
    }

    /** Passes bytes on until their end, which it passes on too. */
    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException reset) {
            closeQuietly(from);
            closeQuietly(to);
        }
        if (from.isInputShutdown() || to.isOutputShutdown()) {
            open.remove(from);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            throw new UncheckedIOException(alreadyGone);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(CancelRelay::closeQuietly);
        threads.shutdownNow();
    }
}
