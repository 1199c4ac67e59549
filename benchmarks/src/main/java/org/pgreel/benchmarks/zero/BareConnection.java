package org.pgreel.benchmarks.zero;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.MessageWriter;

/** A socket to a server, logged in as the user who needs no password, and a walk over the headers of what comes. */
final class BareConnection {

    private static final int HEADER = 5;
    private static final int BUFFER = 64 << 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    /** What is left of the last message. */
    private long rest;

    BareConnection(Target target) throws IOException {
        socket = new Socket(InetAddress.getByName(target.host()), target.port());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        MessageWriter startup = new MessageWriter();
        StartupMessage.of(
                        StartupMessage.VERSION_3_0,
                        Map.of("user", Target.TRUSTED_USER, "database", target.database(), "client_encoding", "UTF8"))
                .encode(startup);
        send(startup.array(), startup.length());
        awaitReady();
    }

    void send(byte[] bytes, int length) throws IOException {
        if (length > 0) {
            out.write(bytes, 0, length);
        }
    }

    /**
     * Reads until at least one ReadyForQuery has come.
     *
     * @return how many came
     */
    int awaitReady() throws IOException {
        int ready = walk();
        while (ready == 0) {
            fill();
            ready = walk();
        }
        return ready;
    }

    /** Walks on to the end of what was read, or to a header of which not all has come. */
    private int walk() throws IOException {
        int ready = 0;
        while (true) {
            int passed = (int) Math.min(rest, to - from);
            from += passed;
            rest -= passed;
            if (rest > 0 || to - from < HEADER) {
                return ready;
            }
            byte type = buffer[from];
            if (type == 'E') {
                throw new IOException("the server answered with an error");
            }
            ready += type == 'Z' ? 1 : 0;
            rest = 1L + length(from + 1);
        }
    }

    private void fill() throws IOException {
        int kept = to - from;
        System.arraycopy(buffer, from, buffer, 0, kept);
        from = 0;
        to = kept;
        int count = in.read(buffer, kept, buffer.length - kept);
        if (count < 0) {
            throw new IOException("the server closed the connection");
        }
        to += count;
    }

    private int length(int at) {
        return buffer[at] << 24 | (buffer[at + 1] & 0xFF) << 16 | (buffer[at + 2] & 0xFF) << 8 | buffer[at + 3] & 0xFF;
    }

    void close() throws IOException {
        out.write(new byte[] {'X', 0, 0, 0, 4});
        socket.close();
    }
}
