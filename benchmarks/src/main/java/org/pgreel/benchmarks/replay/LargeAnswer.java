package org.pgreel.benchmarks.replay;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that logs in without a password, asks one statement, and reads until the server is ready. It decodes nothing. */
final class LargeAnswer {
    private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};
    private static final int PROTOCOL = 3 << 16;

    private LargeAnswer() {}

    /** Returns how many bytes were answered. */
    static long read(int port, String user, String sql) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(startup(user));
            untilReady(in);
            out.write(query(sql));
            return untilReady(in);
        }
    }

    private static byte[] startup(String user) throws IOException {
        var body = new ByteArrayOutputStream();
        for (String word : new String[] {"user", user, "database", "postgres", "client_encoding", "UTF8", ""}) {
            body.write(word.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        var whole = new ByteArrayOutputStream();
        var data = new DataOutputStream(whole);
        data.writeInt(2 * Integer.BYTES + body.size());
        data.writeInt(PROTOCOL);
        body.writeTo(data);
        return whole.toByteArray();
    }

    private static byte[] query(String sql) throws IOException {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        var whole = new ByteArrayOutputStream();
        var data = new DataOutputStream(whole);
        data.writeByte('Q');
        data.writeInt(Integer.BYTES + text.length + 1);
        data.write(text);
        data.writeByte(0);
        return whole.toByteArray();
    }

    private static long untilReady(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 18];
        byte[] end = new byte[READY.length];
        long total = 0;
        while (!Arrays.equals(end, READY)) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new IOException("the server ended behind " + total + " bytes");
            }
            total += count;
            if (count >= end.length) {
                System.arraycopy(buffer, count - end.length, end, 0, end.length);
            } else {
                System.arraycopy(end, count, end, 0, end.length - count);
                System.arraycopy(buffer, 0, end, end.length - count, count);
            }
        }
        return total;
    }
}
