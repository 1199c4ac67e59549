package org.pgreel.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server socket on loopback that does what a test says, on the test's own thread: what no real server can be asked for. */
public final class RawServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket listening;

    public RawServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            listening.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    public Peer accept() throws IOException {
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
    public record Peer(Socket socket) implements AutoCloseable {
        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        public void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        public byte[] read(int length) throws IOException {
            return socket.getInputStream().readNBytes(length);
        }

        public String readText(int length) throws IOException {
            return new String(read(length), StandardCharsets.UTF_8);
        }

        /** Reads up to the end of the stream. */
        public byte[] readAll() throws IOException {
            return socket.getInputStream().readAllBytes();
        }

        /** Ends the outgoing half only. */
        public void endOutput() throws IOException {
            socket.shutdownOutput();
        }

        /** Resets the connection. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
