package org.pgreel.client;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server for one login: it refuses encryption, asks for the password in clear, writes all down and hangs up. */
final class LoginCatcher implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final ServerSocket socket;
    private final CompletableFuture<Map<String, String>> caught = new CompletableFuture<>();
    private volatile boolean asked;

    LoginCatcher() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "login-catcher");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Returns the start-up parameters and, as {@code password}, what was given as one. */
    Map<String, String> caught() throws Exception {
        return caught.get(10, TimeUnit.SECONDS);
    }

    /** Tells whether a StartupMessage came; known before the client hears of anything. */
    boolean wasAsked() {
        return asked;
    }

    private void serve() {
        try (Socket client = socket.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            byte[] body = new byte[in.readInt() - 8];
            int code = in.readInt();
            while (code == SSL_REQUEST || code == GSS_REQUEST) {
                out.write('N');
                body = new byte[in.readInt() - 8];
                code = in.readInt();
            }
            in.readFully(body);
            asked = true;
            Map<String, String> parameters = new TreeMap<>();
            String[] words = new String(body, StandardCharsets.UTF_8).split("\0", -1);
            for (int at = 0; at + 1 < words.length && !words[at].isEmpty(); at += 2) {
                parameters.put(words[at], words[at + 1]);
            }
            out.write(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 3});
            if (in.read() == 'p') {
                byte[] password = new byte[in.readInt() - 4];
                in.readFully(password);
                parameters.put("password", new String(password, 0, password.length - 1, StandardCharsets.UTF_8));
            }
            caught.complete(parameters);
        } catch (IOException e) {
            caught.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
