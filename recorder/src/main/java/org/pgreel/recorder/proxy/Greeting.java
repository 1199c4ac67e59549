package org.pgreel.recorder.proxy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.masking.CancelKey;

/**
 * The first packet of a connection, as far as the proxy must understand it: a length, a code, and what belongs to it.
 *
 * @param kind what it asks for
 * @param length how many bytes it takes
 */
record Greeting(Kind kind, int length) {

    static final int CANCEL_REQUEST = 80877102;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;

    /** The server refuses more than 10,000 bytes (MAX_STARTUP_PACKET_LENGTH). */
    private static final int BYTES_MAX = 64 * 1024;

    private static final int HEADER_BYTES = 8;

    /** The type byte of a TLS record of the handshake: 22. As the first byte of a length it would be 369 million. */
    private static final byte TLS_HANDSHAKE = 0x16;

    /** What a first packet asks for. */
    enum Kind {
        /** To be encrypted by TLS. */
        TLS,
        /** To be encrypted by GSSAPI. */
        GSSAPI,
        /** To cancel what another session does. */
        CANCEL,
        /** To begin a session; also whatever is not understood, which the server may answer for itself. */
        SESSION
    }

    /** Returns whether the client began with TLS at once ({@code sslnegotiation=direct}). */
    static boolean isDirectTls(byte[] buffer, int count) {
        return count > 0 && buffer[0] == TLS_HANDSHAKE;
    }

    /**
     * Reads the packet at the beginning of what came so far.
     *
     * @return null if its end did not come yet
     */
    static @Nullable Greeting in(byte[] buffer, int count) {
        if (count < HEADER_BYTES) {
            return null;
        }
        int length = int4(buffer, 0);
        if (length < HEADER_BYTES || length > BYTES_MAX) {
            return new Greeting(Kind.SESSION, count);
        }
        if (count < length) {
            return null;
        }
        Kind kind = switch (int4(buffer, 4)) {
            case SSL_REQUEST -> Kind.TLS;
            case GSSENC_REQUEST -> Kind.GSSAPI;
            case CANCEL_REQUEST -> length >= HEADER_BYTES + 8 ? Kind.CANCEL : Kind.SESSION;
            default -> Kind.SESSION;
        };
        return new Greeting(kind, length);
    }

    /** Returns whether it asks for TLS or GSSAPI. */
    boolean asksForEncryption() {
        return kind == Kind.TLS || kind == Kind.GSSAPI;
    }

    /** Returns the key that the packet carries, which must be a CancelRequest. */
    CancelKey cancelKey(byte[] buffer) {
        return new CancelKey(int4(buffer, HEADER_BYTES), Bytes.copyOf(buffer, HEADER_BYTES + 4, length));
    }

    /** Returns the parameters of a StartupMessage as far as they can be read. */
    Map<String, String> parameters(byte[] buffer) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = HEADER_BYTES;
        while (at < length) {
            int nameEnd = zeroFrom(buffer, at);
            int valueEnd = zeroFrom(buffer, nameEnd + 1);
            if (nameEnd == at || valueEnd >= length) {
                break;
            }
            parameters.put(text(buffer, at, nameEnd), text(buffer, nameEnd + 1, valueEnd));
            at = valueEnd + 1;
        }
        return parameters;
    }

    private int zeroFrom(byte[] buffer, int from) {
        int at = from;
        while (at < length && buffer[at] != 0) {
            at++;
        }
        return at;
    }

    private static String text(byte[] buffer, int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private static int int4(byte[] buffer, int at) {
        return ((buffer[at] & 0xff) << 24)
                | ((buffer[at + 1] & 0xff) << 16)
                | ((buffer[at + 2] & 0xff) << 8)
                | (buffer[at + 3] & 0xff);
    }
}
