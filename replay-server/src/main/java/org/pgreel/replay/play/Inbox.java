package org.pgreel.replay.play;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FrontendMessageDecoder;
import org.pgreel.protocol.message.PasswordKind;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MalformedMessageException;

/**
 * What the frontend has sent and the script has not yet taken.
 *
 * <p>Bytes are read as messages only when they are asked for, since the script decides whether they are messages, raw
 * bytes or a TLS handshake. Memory follows the bytes that came, never a length that was announced.
 */
final class Inbox {
    private static final int LENGTH_FIELD = 4;
    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;
    private static final int LARGEST_PACKET = 64 * 1024;

    private byte[] bytes = new byte[256];
    private int from;
    private int to;
    private boolean typed;
    private PasswordKind passwordKind = PasswordKind.PASSWORD;
    private @Nullable Happening next;
    private @Nullable Happening tls;
    private @Nullable Happening end;
    private boolean unread;

    void received(byte[] buffer, int first, int last) {
        if (unread) {
            return;
        }
        int count = last - first;
        if (to + count > bytes.length) {
            bytes = Arrays.copyOfRange(bytes, from, from + Math.max(2 * (to - from + count), 256));
            to -= from;
            from = 0;
        }
        System.arraycopy(buffer, first, bytes, to, count);
        to += count;
        if (!(next instanceof Happening.Arrived)) {
            next = null;
        }
    }

    /** TLS came up, or did not. What came before belongs to the handshake or was forgotten. */
    void tls(Happening outcome) {
        tls = outcome;
        next = null;
    }

    /** The stream has ended, behind what came. Only the first end counts. */
    void ended(boolean reset) {
        if (end == null) {
            end = new Happening.Ended(reset);
        }
    }

    /** Sets whether messages have a type byte: all behind the StartupMessage have. */
    void typed(boolean newTyped) {
        typed = newTyped;
        next = null;
    }

    boolean typed() {
        return typed;
    }

    /** Sets how the type {@code p} is to be read. */
    void passwordKind(PasswordKind kind) {
        passwordKind = kind;
        next = null;
    }

    PasswordKind passwordKind() {
        return passwordKind;
    }

    /** Returns what the frontend did next; null if nothing that is whole. */
    @Nullable
    Happening peek() {
        if (tls != null) {
            return tls;
        }
        if (next == null) {
            next = read();
        }
        return next != null ? next : from == to ? end : truncated();
    }

    /** Takes what {@link #peek} returned. An end stays. */
    void take() {
        if (tls != null) {
            tls = null;
        } else if (next instanceof Happening.Arrived arrived) {
            from += arrived.raw().length();
            next = null;
        } else if (next instanceof Happening.Unreadable unreadable) {
            from += unreadable.raw().length();
            next = null;
        } else if (end != null) {
            from = to;
        }
    }

    /** Tells how many bytes wait. */
    int length() {
        return to - from;
    }

    /** Takes that many bytes as they are. */
    Bytes takeRaw(int count) {
        Bytes raw = Bytes.copyOf(bytes, from, from + count);
        from += count;
        next = null;
        return raw;
    }

    /** Forgets all bytes that came. */
    void forget() {
        from = to;
        next = null;
    }

    /** Forgets all bytes that came and all that will come: only the end of the stream still counts. */
    void forgetForGood() {
        forget();
        unread = true;
    }

    boolean hasEnded() {
        return end != null;
    }

    private @Nullable Happening truncated() {
        return end == null ? null : new Happening.Unreadable(rest(), "the stream ended inside a message");
    }

    private Bytes rest() {
        return Bytes.copyOf(bytes, from, to);
    }

    private @Nullable Happening read() {
        int header = (typed ? 1 : 0) + LENGTH_FIELD;
        if (to - from < header) {
            return null;
        }
        int length = int32(from + header - LENGTH_FIELD);
        if (length < LENGTH_FIELD || length > (typed ? LARGEST_MESSAGE : LARGEST_PACKET)) {
            return new Happening.Unreadable(rest(), "a message announces a length of " + length);
        }
        int last = from + header - LENGTH_FIELD + length;
        if (last > to) {
            return null;
        }
        byte[] frame = Arrays.copyOfRange(bytes, from, last);
        return decode(frame, header);
    }

    private Happening decode(byte[] frame, int header) {
        try {
            FrontendMessage message = typed
                    ? FrontendMessageDecoder.decode(frame[0], frame, header, frame.length, passwordKind)
                    : FrontendMessageDecoder.decodeUntyped(frame, header, frame.length);
            return new Happening.Arrived(message, Bytes.wrap(frame));
        } catch (MalformedMessageException malformed) {
            return new Happening.Unreadable(Bytes.wrap(frame), String.valueOf(malformed.getMessage()));
        }
    }

    private int int32(int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
    }
}
