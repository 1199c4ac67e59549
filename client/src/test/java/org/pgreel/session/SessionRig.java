package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.Notification;
import org.pgreel.client.PgException;
import org.pgreel.client.RequireAuth;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.MessageWriter;

/** A core between recorded effects and a listener that writes down, in one list, all that the application hears. */
final class SessionRig implements SessionStatusNotify {

    /** Callbacks and completed operations, in order. */
    final List<String> heard = new ArrayList<>();

    final RecordedEffects effects = new RecordedEffects();
    final ConnectOptions options;
    final ClientSession core;
    final Session session;
    private int nonces;
    private Consumer<String> reaction = event -> {};

    private SessionRig(ConnectOptions options) {
        this.options = options;
        this.core = new ClientSession(options, this, effects, Chance.of(this::nonce, bound -> bound - 1));
        this.session = core.session();
        effects.drives(core);
    }

    private String nonce() {
        return nonces++ == 0 ? Messages.CLIENT_NONCE : Messages.CLIENT_NONCE + nonces;
    }

    /** A session in plaintext with user alice, password secret, taking part in any authentication. */
    static SessionRig plain() {
        return with(builder -> builder);
    }

    static SessionRig of(ConnectOptions options) {
        return new SessionRig(options);
    }

    static SessionRig with(UnaryOperator<ConnectOptionsBuilder> more) {
        ConnectOptionsBuilder builder = ConnectOptions.builder()
                .host("db.example")
                .user("alice")
                .password("secret")
                .sslMode(SslMode.DISABLE)
                .requireAuth(RequireAuth.any());
        return new SessionRig(more.apply(builder).build());
    }

    /** Does something whenever an event is heard, as an application does from its callbacks. */
    SessionRig reacting(Consumer<String> toEvent) {
        reaction = toEvent;
        return this;
    }

    SessionRig connected() {
        core.start();
        core.connected();
        return this;
    }

    /** Connected, let in, ready, nothing heard or sent so far. */
    SessionRig ready() {
        connected().receive(new AuthenticationOk(), new ReadyForQuery(TransactionStatus.IDLE));
        heard.clear();
        effects.asked.clear();
        effects.sent.clear();
        return this;
    }

    /** Delivers the messages in one chunk. */
    SessionRig receive(BackendMessage... messages) {
        return receive(bytesOf(messages));
    }

    SessionRig receive(byte[] chunk) {
        effects.serverSays(chunk, 0, chunk.length);
        core.received(chunk, 0, chunk.length);
        return this;
    }

    static byte[] bytesOf(BackendMessage... messages) {
        MessageWriter out = new MessageWriter();
        for (BackendMessage message : messages) {
            message.encode(out);
        }
        return out.toBytes().toArray();
    }

    /** Submits simple queries and writes down how they end. */
    SessionRig query(String... statements) {
        for (String sql : statements) {
            watch(sql, session.query(sql));
        }
        return this;
    }

    <R> SessionRig watch(String name, CompletableFuture<R> future) {
        future.whenComplete((result, failure) -> hear(name + (failure == null ? " succeeded" : ": " + words(failure))));
        return this;
    }

    static String words(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof PgException e) {
            return e.kind()
                    + (e.mayHaveExecuted() ? " may-have-executed" : "")
                    + (e.mayHaveCommitted() ? " may-have-committed" : "");
        }
        return String.valueOf(cause);
    }

    private void hear(String event) {
        heard.add(event);
        reaction.accept(event);
    }

    @Override
    public void pgSessionConnected(Session of) {
        hear("pgSessionConnected");
    }

    @Override
    public void pgSessionConnectionFailed(Session of, ConnectionFailureReason reason) {
        hear("pgSessionConnectionFailed " + reason.name());
    }

    @Override
    public void pgSessionAuthenticated(Session of) {
        hear("pgSessionAuthenticated");
    }

    @Override
    public void pgTransactionStatus(Session of, TransactionStatus status) {
        hear("pgTransactionStatus " + status.indicator());
    }

    @Override
    public void pgNotification(Session of, Notification notification) {
        hear("pgNotification " + notification.processId() + " " + notification.channel() + " "
                + notification.payload());
    }

    @Override
    public void pgNotice(Session of, NoticeResponse notice) {
        hear("pgNotice " + notice.severity() + " " + notice.sqlState());
    }

    @Override
    public void pgParameterStatus(Session of, ParameterStatus status) {
        hear("pgParameterStatus " + status.parameter() + "=" + status.value());
    }

    @Override
    public void pgSessionShutdown(Session of) {
        hear("pgSessionShutdown " + of.shutdownReason().orElseThrow().name());
    }
}
