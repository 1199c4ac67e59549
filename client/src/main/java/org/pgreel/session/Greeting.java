package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.ConnectionFailureReason.AuthenticationMethodRejected;
import org.pgreel.client.ConnectionFailureReason.ConnectionClosedByServer;
import org.pgreel.client.ConnectionFailureReason.ProtocolViolation;
import org.pgreel.client.ConnectionFailureReason.RecordingFailed;
import org.pgreel.client.ConnectionFailureReason.SslServerRefused;
import org.pgreel.client.ConnectionFailureReason.TlsAuthFailed;
import org.pgreel.client.ConnectionFailureReason.TlsHandshakeFailed;
import org.pgreel.client.ConnectionFailureReason.UnsupportedProtocolVersion;
import org.pgreel.client.ProtocolVersion;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.ShutdownReason;
import org.pgreel.client.SslCertMode;
import org.pgreel.client.SslMode;
import org.pgreel.client.SslNegotiation;
import org.pgreel.client.TargetSessionAttrs;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.FrameSplitter;

/** The way from a connection to the first ReadyForQuery: TLS negotiation, start-up, authentication. */
final class Greeting {

    private static final int KEY_LENGTH_3_0 = 4;

    private final ConnectOptions options;
    private final Outbound outbound;
    private final Dialogue dialogue;
    private final Login login;
    private final Route route;
    private final FrameSplitter splitter;
    private Stage stage = Stage.CONNECTING;
    private boolean negotiatedDown;
    private boolean encrypted;

    Greeting(
            ConnectOptions options,
            Outbound outbound,
            Dialogue dialogue,
            Login login,
            Route route,
            FrameSplitter splitter) {
        this.options = options;
        this.outbound = outbound;
        this.dialogue = dialogue;
        this.login = login;
        this.route = route;
        this.splitter = splitter;
    }

    /** Another connection begins. */
    void restart() {
        stage = Stage.CONNECTING;
        negotiatedDown = false;
        encrypted = false;
    }

    /** The server is of the kind that was asked for. */
    void accepted() {
        stage = Stage.READY;
    }

    Stage stage() {
        return stage;
    }

    boolean asksForTls() {
        return options.sslMode() != SslMode.DISABLE && route.current() instanceof ServerAddress.Tcp;
    }

    /** Returns how a cancel request must be protected: as this session is. */
    CancelConnection.Protection protection() {
        if (!encrypted) {
            return CancelConnection.Protection.NONE;
        }
        if (isDirect()) {
            return CancelConnection.Protection.DIRECT;
        }
        return options.sslMode().demandsTls()
                ? CancelConnection.Protection.DEMANDED
                : CancelConnection.Protection.PREFERRED;
    }

    /**
     * The transport is up.
     *
     * @return whether the handshake begins at once
     */
    boolean connected() {
        if (!asksForTls()) {
            startUp();
        } else if (isDirect()) {
            stage = Stage.IN_TLS_HANDSHAKE;
            return true;
        } else {
            stage = Stage.AWAITING_SSL_RESPONSE;
            splitter.expect(FrameSplitter.Mode.NEGOTIATION);
            outbound.send(new SSLRequest());
        }
        return false;
    }

    private boolean isDirect() {
        return options.tls().negotiation() == SslNegotiation.DIRECT;
    }

    /**
     * The one byte that answers SSLRequest.
     *
     * @return whether the handshake begins, and nothing more may be read before it
     */
    boolean answered(byte answer) {
        switch (answer) {
            case 'S' -> {
                dialogue.heard(new SSLResponse(answer));
                stage = Stage.IN_TLS_HANDSHAKE;
                return true;
            }
            case 'N' -> {
                dialogue.heard(new SSLResponse(answer));
                if (options.sslMode().demandsTls()) {
                    throw SessionEnd.failed(new SslServerRefused());
                }
                startUp();
                return false;
            }
            case 'E' ->
                throw SessionEnd.violation(
                        "the answer to SSLRequest is an ErrorResponse, whose text nobody has vouched for");
            default -> throw SessionEnd.violation("the answer to SSLRequest is neither S nor N");
        }
    }

    void tlsEstablished(TlsSession tls) {
        if (stage != Stage.IN_TLS_HANDSHAKE) {
            throw new IllegalStateException("no TLS handshake was asked for");
        }
        // ALPACA: a server of another protocol, moved under this connection, must not be taken for PostgreSQL.
        if (isDirect() && !tls.applicationProtocol().equals(TlsSession.POSTGRESQL)) {
            throw SessionEnd.failed(new TlsHandshakeFailed(
                    "the server did not choose the protocol postgresql (ALPN), which sslnegotiation direct demands;"
                            + " PostgreSQL 17 and newer do",
                    null));
        }
        if (options.tls().certMode() == SslCertMode.REQUIRE && !tls.certificateShown()) {
            throw SessionEnd.failed(new AuthenticationMethodRejected(
                    "the server did not ask for the client's certificate, which sslcertmode require demands"));
        }
        login.tls(tls);
        encrypted = true;
        startUp();
    }

    static SessionEnd tlsFailed(TlsFailure kind, @Nullable Throwable cause) {
        return SessionEnd.failed(
                kind == TlsFailure.CERTIFICATE
                        ? new TlsAuthFailed(cause)
                        : new TlsHandshakeFailed(
                                "no common ground with the server, or the connection broke during it", cause));
    }

    /** Bytes that were sent before the handshake cannot come from the server that TLS will vouch for. */
    static SessionEnd bytesBeforeTls() {
        // CVE-2021-23222 and its kin.
        return SessionEnd.failed(
                new TlsHandshakeFailed("unencrypted bytes follow the server's S: someone may be injecting them", null));
    }

    private void startUp() {
        stage = Stage.AUTHENTICATING;
        splitter.expect(FrameSplitter.Mode.AUTHENTICATING);
        outbound.send(StartupMessage.of(options.protocolVersion().code(), options.startupParameters()));
        outbound.transmit();
    }

    /**
     * Takes a message that is not asynchronous.
     *
     * @return whether it was AuthenticationOk or ReadyForQuery, so that the stage has changed
     */
    boolean heard(BackendMessage message) {
        if (stage == Stage.AUTHENTICATING && message instanceof AuthenticationRequest request) {
            if (login.requested(request)) {
                stage = Stage.STARTING_UP;
                splitter.expect(FrameSplitter.Mode.TYPED);
                return true;
            }
            return false;
        }
        dialogue.heard(message);
        if (message instanceof ErrorResponse error) {
            throw SessionEnd.failed(ConnectionFailureReason.of(error));
        }
        if (message instanceof NegotiateProtocolVersion negotiation) {
            negotiated(negotiation);
        } else if (message instanceof BackendKeyData key) {
            requireKeyOfVersion(key);
        } else if (message instanceof ReadyForQuery) {
            stage = route.target() == TargetSessionAttrs.ANY ? Stage.READY : Stage.CHECKING;
            return true;
        }
        return false;
    }

    private void negotiated(NegotiateProtocolVersion negotiation) {
        if (negotiation.newestVersion() >>> 16 > 0 && negotiation.newestVersion() >>> 16 != 3) {
            throw SessionEnd.violation("NegotiateProtocolVersion names a major version other than 3");
        }
        int asked = options.protocolVersion().code() & 0xFFFF;
        if (negotiation.minor() >= asked || negotiation.minor() == 1) {
            throw SessionEnd.violation(
                    "NegotiateProtocolVersion names a version that is not below the one asked for, or 3.1");
        }
        if (!negotiation.unrecognizedOptions().isEmpty()) {
            throw SessionEnd.violation("NegotiateProtocolVersion lists a protocol option that was never sent");
        }
        int least = options.minProtocolVersion().code() & 0xFFFF;
        if (negotiation.minor() < least) {
            throw SessionEnd.failed(new UnsupportedProtocolVersion(
                    "3." + negotiation.minor(), options.minProtocolVersion().word()));
        }
        negotiatedDown = true;
    }

    private void requireKeyOfVersion(BackendKeyData key) {
        boolean long3 = options.protocolVersion() == ProtocolVersion.V3_2 && !negotiatedDown;
        if (!long3 && key.secretKey().length() != KEY_LENGTH_3_0) {
            throw SessionEnd.violation("BackendKeyData holds a long key, which protocol 3.0 does not have");
        }
    }

    /** Says of the end of a session that is not ready why it never got so. */
    ShutdownReason failure(ShutdownReason reason) {
        ConnectionFailureReason failure = null;
        if (reason instanceof ShutdownReason.ConnectionLost lost) {
            failure = stage == Stage.IN_TLS_HANDSHAKE
                    ? new TlsHandshakeFailed("the server closed the connection during it", lost.cause())
                    : new ConnectionClosedByServer(stage.words(), lost.cause());
        } else if (reason instanceof ShutdownReason.ProtocolViolation violation) {
            failure = new ProtocolViolation(violation.violation());
        } else if (reason instanceof ShutdownReason.ClientEncodingChanged) {
            failure = new ProtocolViolation("client_encoding is reported as another than UTF8, which was asked for");
        } else if (reason instanceof ShutdownReason.RecordingFailed recording) {
            failure = new RecordingFailed(recording.cause());
        }
        return failure == null ? reason : new ShutdownReason.ConnectionFailed(failure);
    }
}
