package org.pgreel.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CancelOutcome;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionTap;

/**
 * The connection that brings one CancelRequest, as a machine without I/O: TLS as the session has it, the request, and
 * then the server's end of stream, which tells that the request has been dealt with.
 *
 * <p>Nothing that the server says on it is believed or shown, because nobody has vouched for it ("Canceling Requests in
 * Progress": the server sends no answer). Confined to the session's owner.
 */
final class CancelConnection implements ConnectionInputs {

    /** How the request is protected; it never travels in the clear where the session's own login did not. */
    enum Protection {
        /** None: the session is not encrypted. */
        NONE,
        /** TLS is asked for, and the request is sent in plaintext where the server declines. */
        PREFERRED,
        /** TLS is asked for, and nothing is sent where the server declines. */
        DEMANDED,
        /** TLS begins at once, without asking. */
        DIRECT
    }

    /** Whoever opened the connection. */
    interface Owner {
        /** Takes an input of the connection, as one of the session. */
        void turn(Runnable input);

        /** The request was handed to the socket. */
        void sent();

        /** The connection is over; called once. */
        void ended(CancelOutcome outcome);
    }

    private enum Stage {
        CONNECTING,
        AWAITING_SSL_RESPONSE,
        IN_TLS_HANDSHAKE,
        SENT,
        OVER
    }

    private final int ordinal;
    private final CancelRequest request;
    private final Protection protection;
    private final Owner owner;
    private final @Nullable SessionTap tap;
    private final Dialogue dialogue = new Dialogue();
    private final MessageWriter writer = new MessageWriter();
    private @Nullable ConnectionEffects effects;
    private Stage stage = Stage.CONNECTING;
    private boolean up;

    CancelConnection(int ordinal, CancelRequest request, Protection protection, Owner owner, @Nullable SessionTap tap) {
        this.ordinal = ordinal;
        this.request = request;
        this.protection = protection;
        this.owner = owner;
        this.tap = tap;
    }

    /** The connection was asked for; its events come behind this. */
    void opened(ConnectionEffects connectionEffects) {
        effects = connectionEffects;
    }

    /** Tells whether the request was handed to the socket, so that it may take effect at any time. */
    boolean sent() {
        return stage == Stage.SENT;
    }

    @Override
    public void connected() {
        input(() -> {
            up = true;
            if (tap != null) {
                tap.connectionOpened(ordinal);
            }
            switch (protection) {
                case NONE -> request();
                case DIRECT -> startTls();
                case PREFERRED, DEMANDED -> askForTls();
            }
        });
    }

    private void askForTls() {
        stage = Stage.AWAITING_SSL_RESPONSE;
        if (tap != null) {
            tap.tlsRequested(ordinal);
        }
        send(new SSLRequest());
    }

    private void startTls() {
        stage = Stage.IN_TLS_HANDSHAKE;
        effects().startTls();
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        input(() -> {
            if (tap != null) {
                tap.read(ordinal, buffer, from, to);
            }
            switch (stage) {
                case AWAITING_SSL_RESPONSE -> answered(buffer[from], to - from);
                case SENT -> {} // The end of stream is awaited, whatever comes before it.
                default -> fail("the server sent bytes before it was asked anything", null);
            }
        });
    }

    private void answered(byte answer, int count) {
        switch (answer) {
            case 'S' -> {
                dialogue.heard(new SSLResponse(answer));
                if (count > 1) {
                    fail("unencrypted bytes follow the server's S: someone may be injecting them", null);
                } else {
                    startTls();
                }
            }
            case 'N' -> {
                dialogue.heard(new SSLResponse(answer));
                if (protection == Protection.DEMANDED) {
                    fail("the server declined TLS, which sslmode demands", null);
                } else {
                    request();
                }
            }
            default -> fail("the answer to SSLRequest is neither S nor N", null);
        }
    }

    @Override
    public void tlsEstablished(TlsSession tls) {
        input(() -> {
            if (tap != null) {
                tap.tlsEstablished(ordinal, tls.protocol(), tls.cipher());
            }
            // The session's own TLS was held to the same.
            if (protection == Protection.DIRECT && !tls.applicationProtocol().equals(TlsSession.POSTGRESQL)) {
                fail("the server did not choose the protocol postgresql (ALPN)", null);
            } else {
                request();
            }
        });
    }

    private void request() {
        send(request);
        stage = Stage.SENT;
        owner.sent();
    }

    private void send(FrontendMessage message) {
        dialogue.said(message);
        message.encode(writer);
        byte[] array = writer.array();
        int length = writer.length();
        try {
            if (tap != null) {
                tap.written(ordinal, array, 0, length);
            }
            effects().write(array, 0, length);
            effects().flush();
        } finally {
            Arrays.fill(array, 0, length, (byte) 0);
            writer.reset();
        }
    }

    @Override
    public void connectFailed(ConnectFailure kind, @Nullable Throwable cause) {
        input(() -> over(new CancelOutcome.Failed("no connection to the server came up", cause), EndKind.LOCAL, null));
    }

    @Override
    public void tlsFailed(TlsFailure kind, @Nullable Throwable cause) {
        input(() -> {
            if (tap != null) {
                tap.tlsFailed(ordinal, kind.name());
            }
            String what = kind == TlsFailure.CERTIFICATE ? "the server's certificate was not accepted" : "TLS failed";
            fail(what, cause);
        });
    }

    @Override
    public void endOfStream() {
        input(() -> ended(EndKind.FIN, null));
    }

    @Override
    public void reset(Throwable cause) {
        input(() -> ended(EndKind.RESET, cause));
    }

    private void ended(EndKind how, @Nullable Throwable cause) {
        CancelOutcome outcome = sent()
                ? new CancelOutcome.Sent()
                : new CancelOutcome.Failed("the server ended the connection before it could be sent", cause);
        effects().close();
        over(outcome, how, By.SERVER);
    }

    @Override
    public void writable() {}

    @Override
    public void unwritable() {}

    /** Ends it before the request was sent, because it is of no use any more. */
    void giveUp(CancelOutcome why) {
        if (stage != Stage.OVER) {
            effects().abort();
            over(why, EndKind.LOCAL, By.CLIENT);
        }
    }

    /** The session ends: a request that was sent still reaches the server, one that was not does not. */
    void sessionEnds() {
        if (sent()) {
            effects().close();
            over(new CancelOutcome.Sent(), EndKind.LOCAL, By.CLIENT);
        } else {
            giveUp(new CancelOutcome.Failed("the session ended before it could be sent", null));
        }
    }

    private void fail(String reason, @Nullable Throwable cause) {
        giveUp(new CancelOutcome.Failed(reason, cause));
    }

    private void over(CancelOutcome outcome, EndKind how, @Nullable By by) {
        stage = Stage.OVER;
        try {
            if (up && tap != null) {
                tap.connectionClosed(ordinal, how, by == null ? By.CLIENT : by);
            }
        } finally {
            owner.ended(outcome);
        }
    }

    private void input(Runnable step) {
        owner.turn(() -> {
            if (stage != Stage.OVER) {
                step.run();
            }
        });
    }

    private ConnectionEffects effects() {
        if (effects == null) {
            throw new AssertionError("an input of a connection that was not asked for; please report this");
        }
        return effects;
    }
}
