package org.pgreel.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.OAuthRequest;
import org.pgreel.session.ConnectFailure;
import org.pgreel.session.SessionInputs;
import org.pgreel.session.Timer;
import org.pgreel.session.TlsFailure;
import org.pgreel.session.TlsSession;

/** Stands in the core's place: writes down each input as a line, and does on the owner's thread what a test asks for. */
class RecordedInputs implements SessionInputs {
    private static final long PATIENCE_SECONDS = 20;

    final SessionSocket socket;
    private final ConnectOptions options;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    volatile @Nullable TlsSession tls;
    volatile @Nullable Throwable cause;
    volatile boolean failedOnItsThread;

    RecordedInputs(Transport transport, ConnectOptions options) {
        this.options = options;
        this.socket = transport.open(options);
    }

    RecordedInputs begin() {
        socket.begin(this);
        return this;
    }

    /** Writes on the owner's thread. */
    void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.execute(() -> socket.write(bytes, 0, bytes.length));
    }

    /** Returns the next line. */
    String next() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no input within " + PATIENCE_SECONDS + " s");
        }
        return line;
    }

    /** Returns received text until it is so long, or until another input comes. */
    String text(int length) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            String line = next();
            if (!line.startsWith("received ")) {
                throw new AssertionError(text + " and then " + line);
            }
            text.append(line.substring("received ".length()));
        }
        return text.toString();
    }

    /** Returns what has come and not been asked for. */
    int waiting() {
        return lines.size();
    }

    void note(String line) {
        lines.add(line);
    }

    @Override
    public void start() {
        socket.connect(options.address());
    }

    @Override
    public void tokenGiven(OAuthRequest request, char[] token) {}

    @Override
    public void tokenFailed(OAuthRequest request, Throwable why) {}

    @Override
    public void addressFailed(String address, Throwable why) {}

    @Override
    public void connected() {
        note("connected");
    }

    @Override
    public void connectFailed(ConnectFailure kind, @Nullable Throwable why) {
        cause = why;
        failedOnItsThread = socket.ownedByCurrentThread();
        note("connectFailed " + kind);
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        note("received " + new String(Arrays.copyOfRange(buffer, from, to), StandardCharsets.UTF_8));
    }

    @Override
    public void tlsEstablished(TlsSession agreed) {
        tls = agreed;
        note("tlsEstablished");
    }

    @Override
    public void tlsFailed(TlsFailure kind, @Nullable Throwable why) {
        cause = why;
        note("tlsFailed " + kind);
        socket.abort();
    }

    @Override
    public void endOfStream() {
        note("endOfStream");
    }

    @Override
    public void reset(Throwable why) {
        cause = why;
        note("reset");
        socket.abort();
    }

    @Override
    public void elapsed(Timer timer) {
        note("elapsed " + timer);
    }

    @Override
    public void timerFailed(Timer timer, Throwable why) {
        note("timerFailed " + timer);
    }

    @Override
    public void keyDerived(byte[] saltedPassword) {
        note("keyDerived " + saltedPassword.length);
    }

    @Override
    public void keyDerivationFailed(Throwable why) {
        cause = why;
        note("keyDerivationFailed");
    }

    @Override
    public void close() {
        note("close");
        socket.close();
    }

    @Override
    public void writable() {
        note("writable");
    }

    @Override
    public void unwritable() {
        note("unwritable");
    }
}
