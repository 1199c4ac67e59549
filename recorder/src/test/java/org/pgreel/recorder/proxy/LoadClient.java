package org.pgreel.recorder.proxy;

import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.join;
import static org.pgreel.recorder.Conversations.query;
import static org.pgreel.recorder.Conversations.startup;
import static org.pgreel.recorder.Conversations.string;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.concurrent.CountDownLatch;

/** Asks as fast as it is answered, over one connection, and keeps every byte that it is given until that breaks. */
final class LoadClient implements Runnable {

    private static final int WAIT_MILLIS = 30_000;
    private static final int QUERIES_AT_ONCE = 64;
    private static final int HEADER_BYTES = 5;

    private final String name;
    private final InetSocketAddress proxy;
    private final String database;
    private final boolean encrypted;
    private final CountDownLatch answered;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1 << 20);
    private long answers;
    private boolean told;
    private String end = "";

    // Where the walk through the messages of the server stands.
    private final byte[] header = new byte[HEADER_BYTES];
    private int headerCount;
    private int bodyLeft;

    /**
     * @param name told as application_name, so that the session can be found
     * @param answered counted down when the first queries were answered
     */
    LoadClient(String name, InetSocketAddress proxy, String database, boolean encrypted, CountDownLatch answered) {
        this.name = name;
        this.proxy = proxy;
        this.database = database;
        this.encrypted = encrypted;
        this.answered = answered;
    }

    String name() {
        return name;
    }

    /** Returns what came; to be called when the client has ended. */
    byte[] kept() {
        return kept.toByteArray();
    }

    /** Returns how many queries were answered. */
    long answers() {
        return answers;
    }

    /** Returns why it ended. */
    String end() {
        return end;
    }

    @Override
    public void run() {
        try (Socket plain = new Socket()) {
            plain.connect(proxy, WAIT_MILLIS);
            plain.setSoTimeout(WAIT_MILLIS);
            Socket socket = plain;
            if (encrypted) {
                socket = TlsSockets.asked(plain);
                kept.writeBytes(bytes("S"));
            }
            ask(socket);
            end = "end of stream";
        } catch (IOException | GeneralSecurityException e) {
            end = e.toString();
        }
    }

    private void ask(Socket socket) throws IOException {
        byte[] greeting = startup(
                196608,
                string("user"),
                string("pgreel_trust"),
                string("database"),
                string(database),
                string("application_name"),
                string(name),
                new byte[1]);
        ProxyBetweenSockets.send(socket, greeting);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[16 * 1024];
        long due = 1;
        for (int number = 0; ; ) {
            int count = in.read(buffer);
            if (count < 0) {
                return;
            }
            kept.write(buffer, 0, count);
            walk(buffer, count);
            if (answers == due) {
                if (number > 0 && !told) {
                    told = true;
                    answered.countDown();
                }
                byte[] queries = new byte[0];
                for (int i = 0; i < QUERIES_AT_ONCE; i++) {
                    queries = join(queries, query("select " + number++ + ", '" + name + "'"));
                }
                due += QUERIES_AT_ONCE;
                ProxyBetweenSockets.send(socket, queries);
            }
        }
    }

    private void walk(byte[] buffer, int count) {
        int at = 0;
        while (at < count) {
            if (bodyLeft > 0) {
                int taken = Math.min(bodyLeft, count - at);
                bodyLeft -= taken;
                at += taken;
            } else {
                header[headerCount++] = buffer[at++];
                if (headerCount == HEADER_BYTES) {
                    headerCount = 0;
                    bodyLeft = (((header[1] & 0xff) << 24)
                                    | ((header[2] & 0xff) << 16)
                                    | ((header[3] & 0xff) << 8)
                                    | (header[4] & 0xff))
                            - 4;
                    answers += header[0] == 'Z' ? 1 : 0;
                }
            }
        }
    }
}
