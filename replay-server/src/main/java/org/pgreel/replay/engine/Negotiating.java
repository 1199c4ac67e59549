package org.pgreel.replay.engine;

import java.util.List;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FrontendMessageDecoder;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.MalformedMessageException;

/** The packets that begin a connection: requests for encryption, a cancel request or a StartupMessage. */
final class Negotiating implements Stage {
    /** MAX_STARTUP_PACKET_LENGTH of PostgreSQL's libpq/pqcomm.h. */
    private static final int PACKET_BYTES_MAX = 10_000;

    private final ReplayConnection connection;
    private MessageBuffer packet = MessageBuffer.untyped(PACKET_BYTES_MAX);
    private boolean sslAnswered;
    private boolean gssAnswered;

    Negotiating(ReplayConnection connection) {
        this.connection = connection;
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        int at = packet.collect(buffer, from, to);
        if (packet.refused()) {
            connection.dropped("the first bytes are not a start-up packet of PostgreSQL");
            return;
        }
        if (packet.complete()) {
            MessageBuffer whole = packet;
            packet = MessageBuffer.untyped(PACKET_BYTES_MAX);
            arrived(whole, at == to);
            if (at < to) {
                connection.received(buffer, at, to);
            }
        }
    }

    private void arrived(MessageBuffer whole, boolean last) {
        FrontendMessage message;
        try {
            message = FrontendMessageDecoder.decodeUntyped(whole.array(), whole.bodyFrom(), whole.length());
        } catch (MalformedMessageException malformed) {
            refuse(whole, malformed);
            return;
        }
        if (message instanceof SSLRequest && !connection.tlsStarted() && !sslAnswered) {
            sslAnswered = true;
            answerSsl(last);
        } else if (message instanceof GSSENCRequest && !connection.tlsStarted() && !gssAnswered) {
            gssAnswered = true;
            connection.send(List.of(new GSSENCResponse((byte) 'N')));
        } else if (message instanceof CancelRequest request) {
            connection.enter(new Canceling());
            connection.engine().cancel(request);
            connection.end();
        } else if (message instanceof StartupMessage startup) {
            LoggingIn login = new LoggingIn(connection, startup);
            connection.enter(login);
            login.begin();
        } else {
            refuseProtocol(whole);
        }
    }

    private void answerSsl(boolean last) {
        if (!connection.engine().settings().tls()) {
            connection.send(List.of(new SSLResponse((byte) 'N')));
            return;
        }
        connection.send(List.of(new SSLResponse((byte) 'S')));
        if (last) {
            connection.startTls();
        } else {
            // Bytes behind an SSLRequest were not sent by who speaks TLS afterwards (CVE-2021-23214).
            connection.refused(Refusals.unencryptedData());
        }
    }

    private void refuse(MessageBuffer whole, MalformedMessageException malformed) {
        if (major(whole) == 3) {
            connection.refused(Refusals.protocolViolation("invalid startup packet: " + malformed.getMessage()));
        } else {
            refuseProtocol(whole);
        }
    }

    private void refuseProtocol(MessageBuffer whole) {
        connection.refused(Refusals.unsupportedProtocol(major(whole), unsigned16(whole, 6)));
    }

    private static int major(MessageBuffer whole) {
        return unsigned16(whole, 4);
    }

    private static int unsigned16(MessageBuffer whole, int at) {
        return (whole.array()[at] & 0xFF) << 8 | (whole.array()[at + 1] & 0xFF);
    }

    @Override
    public void endOfStream() {
        connection.dropped("the client ended before it sent a StartupMessage");
    }

    /** A cancel request has been read: nothing more is expected, and nothing is reported about the connection. */
    static final class Canceling implements Stage {
        @Override
        public void received(byte[] buffer, int from, int to) {}

        @Override
        public void endOfStream() {}
    }
}
