package org.pgreel.scenarios.check;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.pgreel.protocol.authentication.SaltedPassword;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Client;

/**
 * A client that works as long as the server is healthy, and is wrong in ways that are known:
 *
 * <ul>
 *   <li>goes on in plaintext whatever the server answers to SSLRequest;
 *   <li>does not verify the server's SCRAM signature, and dies of an uncaught exception when it cannot answer;
 *   <li>prints the password when a login fails;
 *   <li>waits for ever when a length is too small;
 *   <li>takes the end of the connection, or an error behind a row, as the end of the result;
 *   <li>takes any ReadyForQuery as the end of its own query;
 *   <li>trusts a row to have as many values as were described.
 * </ul>
 */
public final class BadClient {
    private final String user;
    private final String password;
    private Socket socket;
    private DataInputStream in;
    private DataOutputStream out;

    private BadClient(String user, String password, Socket socket) throws IOException {
        this.user = user;
        this.password = password;
        this.socket = socket;
        use(socket);
    }

    private void use(Socket next) throws IOException {
        socket = next;
        in = new DataInputStream(next.getInputStream());
        out = new DataOutputStream(next.getOutputStream());
    }

    /** Host, port, user, password, sslmode, statements. */
    public static void main(String[] arguments) throws Exception {
        try (var socket = new Socket(arguments[0], Integer.parseInt(arguments[1]))) {
            var client = new BadClient(arguments[2], arguments[3], socket);
            if (!arguments[4].equals("disable")) {
                client.encrypt();
            }
            client.logIn();
            for (String statement : List.of(arguments).subList(5, arguments.length)) {
                client.ask(statement);
            }
            client.send('X');
        }
    }

    private void encrypt() throws IOException, GeneralSecurityException {
        out.write(ByteBuffer.allocate(8).putInt(8).putInt(80877103).array());
        if (in.readByte() != 'S') {
            return;
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        use(tls);
    }

    private void logIn() throws IOException {
        byte[] parameters = ("user\0" + user + "\0database\0" + user + "\0\0").getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8 + parameters.length)
                .putInt(8 + parameters.length)
                .putInt(0x30000)
                .put(parameters)
                .array());
        var scram = ScramSha256Client.unbound("rOprNGfwEbeRWgbNEkqO");
        for (Message message = next(); message.type != 'Z'; message = next()) {
            if (message.type == 'E') {
                System.err.println("login of " + user + " with password " + password + " failed: " + message.text());
                System.exit(1);
            }
            if (message.type == 'R') {
                int code = message.body.getInt();
                if (code == 3) {
                    send('p', (password + "\0").getBytes(StandardCharsets.UTF_8));
                } else if (code == 10) {
                    byte[] first = scram.firstMessage();
                    byte[] name = (ScramSha256.MECHANISM + "\0").getBytes(StandardCharsets.UTF_8);
                    send(
                            'p',
                            ByteBuffer.allocate(name.length + 4 + first.length)
                                    .put(name)
                                    .putInt(first.length)
                                    .put(first)
                                    .array());
                } else if (code == 11) {
                    var challenge = scram.challenge(message.rest(), ScramSha256.ITERATIONS_MAX);
                    byte[] salted = SaltedPassword.derive(
                            password.getBytes(StandardCharsets.UTF_8), challenge.salt(), challenge.iterations());
                    send('p', challenge.answer(salted).message());
                }
            }
        }
    }

    private void ask(String sql) throws IOException {
        send('Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
        int columns = 0;
        boolean rows = false;
        try {
            for (Message message = next(); message.type != 'Z'; message = next()) {
                if (message.type == 'T') {
                    columns = message.body.getShort();
                } else if (message.type == 'D') {
                    rows = true;
                    System.out.println(String.join("|", row(message.body, new String[columns])));
                } else if (message.type == 'd') {
                    System.out.print(message.text());
                } else if (message.type == 'E' && !rows) {
                    System.err.println("error: " + message.text());
                    System.exit(1);
                }
            }
        } catch (EOFException | java.net.SocketException ended) {
            System.exit(0);
        }
    }

    private static String[] row(ByteBuffer body, String[] cells) {
        int count = body.getShort();
        for (int i = 0; i < count; i++) {
            int length = body.getInt();
            byte[] cell = new byte[Math.max(0, length)];
            body.get(cell);
            cells[i] = length < 0 ? "null" : new String(cell, StandardCharsets.UTF_8);
        }
        return cells;
    }

    private Message next() throws IOException {
        byte type = in.readByte();
        int length = in.readInt();
        if (length < 4) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        }
        byte[] body = new byte[length - 4];
        in.readFully(body);
        return new Message(type, ByteBuffer.wrap(body));
    }

    private void send(char type, byte... body) throws IOException {
        var message = new ByteArrayOutputStream();
        message.write(type);
        message.writeBytes(ByteBuffer.allocate(4).putInt(4 + body.length).array());
        message.writeBytes(body);
        out.write(message.toByteArray());
    }

    private record Message(byte type, ByteBuffer body) {
        byte[] rest() {
            byte[] rest = new byte[body.remaining()];
            body.get(rest);
            return rest;
        }

        String text() {
            return new String(rest(), StandardCharsets.UTF_8).replace('\0', ' ');
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
