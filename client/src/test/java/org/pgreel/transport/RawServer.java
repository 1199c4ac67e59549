package org.pgreel.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server socket on loopback that does what a test says, on the test's own thread: what no real server can be asked for. */
final class RawServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket listening;

    RawServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            listening.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    Peer accept() throws IOException {
        Socket accepted = listening.accept();
        accepted.setSoTimeout(PATIENCE_MILLIS);
        accepted.setTcpNoDelay(true);
        return new Peer(accepted);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** One accepted connection. */
    record Peer(Socket socket) implements AutoCloseable {
        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        byte[] read(int length) throws IOException {
            return socket.getInputStream().readNBytes(length);
        }

        String readText(int length) throws IOException {
            return new String(read(length), StandardCharsets.UTF_8);
        }

        /** Reads up to the end of the stream. */
        byte[] readAll() throws IOException {
            return socket.getInputStream().readAllBytes();
        }

        /** Ends the outgoing half only. */
        void endOutput() throws IOException {
            socket.shutdownOutput();
        }

        /** Resets the connection. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
