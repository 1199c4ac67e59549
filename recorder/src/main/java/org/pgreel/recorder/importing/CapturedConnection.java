package org.pgreel.recorder.importing;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;

/** A TCP connection of a capture, which becomes a session as soon as it shows that it is PostgreSQL's. */
final class CapturedConnection {

    private static final int CANCEL_REQUEST = 80877102;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int STARTUP_BYTES_MAX = 64 * 1024;

    /** What a connection turned out to be. */
    enum Kind {
        UNKNOWN,
        POSTGRES,
        ENCRYPTED,
        FOREIGN
    }

    private final String client;
    private final String server;
    private final long synSequence;
    private final Recorder recorder;
    private final TcpStream frontend;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private @Nullable TcpStream backend;
    private @Nullable SessionRecorder session;
    private Kind kind = Kind.UNKNOWN;
    /** It asked for encryption and was not answered. */
    private boolean asked;

    private boolean over;
    private @Nullable By first;

    CapturedConnection(TcpSegment syn, Recorder recorder) {
        this.client = syn.from();
        this.server = syn.to();
        this.synSequence = syn.sequence();
        this.recorder = recorder;
        this.frontend = new TcpStream(syn.sequence());
    }

    String addresses() {
        return client + " to " + server;
    }

    Kind kind() {
        return kind;
    }

    /** Tells whether the SYN is this connection's own, sent once more. */
    boolean opens(TcpSegment syn) {
        return syn.from().equals(client) && syn.sequence() == synSequence && !over;
    }

    void take(TcpSegment segment) {
        boolean fromClient = segment.from().equals(client);
        if (segment.has(TcpSegment.SYN)) {
            backend = fromClient || backend != null ? backend : new TcpStream(segment.sequence());
            return;
        }
        TcpStream stream = fromClient ? frontend : backend;
        if (over || stream == null || kind == Kind.FOREIGN || kind == Kind.ENCRYPTED) {
            return;
        }
        stream.data(segment.sequence(), segment.data(), fromClient ? this::written : this::read);
        By by = fromClient ? By.CLIENT : By.SERVER;
        if (segment.has(TcpSegment.RST)) {
            closed(EndKind.RESET, by);
        } else if (segment.has(TcpSegment.FIN)) {
            stream.fin(segment.sequence(), segment.data().length);
            first = first == null ? by : first;
        }
        TcpStream other = backend;
        if (!over && frontend.ended() && other != null && other.ended()) {
            closed(EndKind.FIN, first == null ? by : first);
        }
    }

    private void written(byte[] bytes) {
        if (kind == Kind.UNKNOWN) {
            head.writeBytes(bytes);
            judge(head.toByteArray());
        } else if (session != null) {
            // GSSENCRequest and SSLRequest one behind the other.
            asked |= requestsEncryption(bytes);
            session.written(1, bytes, 0, bytes.length);
        }
    }

    private void read(byte[] bytes) {
        if (asked) {
            asked = false;
            if (bytes[0] == 'S' || bytes[0] == 'G') {
                kind = Kind.ENCRYPTED;
                if (session != null) {
                    session.damaged("Encrypted from here on; a capture cannot tell what was said.");
                }
                return;
            }
            if (session == null) {
                open();
            }
        }
        if (session != null) {
            session.read(1, bytes, 0, bytes.length);
        }
    }

    private void judge(byte[] bytes) {
        if (bytes[0] == TLS_HANDSHAKE) {
            kind = Kind.ENCRYPTED;
        } else if (bytes.length >= 8) {
            int code = int4(bytes, 4);
            boolean known = code >>> 16 == 3 || (code >= CANCEL_REQUEST && code <= GSSENC_REQUEST);
            int length = int4(bytes, 0);
            kind = known && length >= 8 && length <= STARTUP_BYTES_MAX ? Kind.POSTGRES : Kind.FOREIGN;
            asked = kind == Kind.POSTGRES && requestsEncryption(bytes);
            if (kind == Kind.POSTGRES && !asked) {
                open();
            }
        }
    }

    /** Whether it will be encrypted is known: it will not. */
    private void open() {
        byte[] bytes = head.toByteArray();
        SessionRecorder opened =
                recorder.opened(new SessionOpening(SessionOpening.Role.PROXY, client, server, Map.of()));
        opened.connectionOpened(1);
        opened.written(1, bytes, 0, bytes.length);
        session = opened;
    }

    private static boolean requestsEncryption(byte[] bytes) {
        return bytes.length == 8 && (int4(bytes, 4) == SSL_REQUEST || int4(bytes, 4) == GSSENC_REQUEST);
    }

    private static int int4(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    private void closed(EndKind how, By by) {
        over = true;
        if (session != null && kind == Kind.POSTGRES) {
            session.connectionClosed(1, how, by);
            session.closed(by, how);
        }
    }

    /** The capture is over. Returns what is missing of the connection; null if nothing. */
    @Nullable
    String end() {
        TcpStream other = backend;
        if (session != null && !over && kind == Kind.POSTGRES && (frontend.gap() || (other != null && other.gap()))) {
            session.damaged("A segment was not captured.");
            return "Of the connection from " + addresses()
                    + " a segment was not captured; its session is damaged there.";
        }
        return null;
    }
}
