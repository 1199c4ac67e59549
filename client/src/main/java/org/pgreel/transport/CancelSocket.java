package org.pgreel.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.Nullable;
import org.pgreel.session.ConnectFailure;
import org.pgreel.session.ConnectionEffects;
import org.pgreel.session.ConnectionInputs;

/** Another connection of a session, to where its own is connected, on the same event loop; confined to it. */
final class CancelSocket implements ConnectionEffects {
    private final SessionSocket session;
    private final ConnectionInputs inputs;
    private @Nullable ConnectionAttempts attempts;
    private @Nullable SocketConnection connection;

    CancelSocket(SessionSocket session, ConnectionInputs inputs) {
        this.session = session;
        this.inputs = inputs;
    }

    void connect(ConnectionAttempts newAttempts, @Nullable Channel like) {
        attempts = newAttempts;
        if (like == null) {
            throw new AssertionError("another connection was asked for before there was one; please report this");
        }
        newAttempts.startAgain(like);
    }

    ChannelHandler newConnection(Channel opened) {
        SocketConnection fresh = session.newConnection(opened, inputs, () -> {});
        connection = fresh;
        return fresh;
    }

    void notConnected(ConnectFailure kind, Throwable cause) {
        session.turns().turn(() -> inputs.connectFailed(kind, cause));
    }

    void turnEnded() {
        if (connection != null) {
            connection.turnEnded();
        }
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        if (connection != null) {
            connection.write(buffer, from, to);
        }
    }

    /** Does nothing at once: what one turn writes leaves together when the turn ends. */
    @Override
    public void flush() {}

    @Override
    public void startTls() {
        session.startTls(connection);
    }

    @Override
    public void close() {
        giveUpConnecting();
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void abort() {
        giveUpConnecting();
        if (connection != null) {
            connection.abort();
        }
    }

    private void giveUpConnecting() {
        if (attempts != null) {
            attempts.abandon();
        }
    }
}
