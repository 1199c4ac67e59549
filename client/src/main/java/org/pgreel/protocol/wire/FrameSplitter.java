package org.pgreel.protocol.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in one direction's stream of bytes, however it was cut.
 *
 * <pre>
 *   typed     | type | length (Int32, counts itself) | body … |
 *   untyped   | length (Int32, counts itself) | body … |
 * </pre>
 *
 * <p>A frame that lies in the chunk is handed on without copying; one that is cut is put together in an array of its own.
 * That array grows with the bytes that come, at most 64 KiB or their own number ahead of them, whatever length the header
 * announces. Mutable; confined to the thread that feeds it.
 */
public final class FrameSplitter {
    /** What the next frame looks like. */
    public enum Mode {
        /** Type, length, body. */
        TYPED,
        /** The same with the limits that hold before AuthenticationOk. */
        AUTHENTICATING,
        /** Length and body: the messages that begin a connection. */
        UNTYPED,
        /** A single byte: the answer to SSLRequest or GSSENCRequest. */
        NEGOTIATION
    }

    /**
     * Where a splitter stands. It shares no array with the splitter.
     *
     * @param mode what the next frame is expected to look like
     * @param position the bytes of the stream taken so far
     * @param frameStart where the frame at hand begins
     * @param header the bytes kept of its header
     * @param body the bytes kept of its body; null if the header is not whole, or the frame is oversized
     * @param bodyLength how long the body will be
     * @param oversizedLeft how many bytes of an oversized frame are still to come
     * @param failure why nothing more can be framed; null if it can
     */
    public record Snapshot(
            Mode mode,
            long position,
            long frameStart,
            Bytes header,
            @Nullable Bytes body,
            int bodyLength,
            long oversizedLeft,
            @Nullable MalformedMessageException failure) {}

    private static final int TYPED_HEADER = 5;
    private static final int UNTYPED_HEADER = 4;
    private static final int AHEAD = 32 << 10;
    private static final byte TLS_RECORD = 0x16;

    private final Direction direction;
    private final WireLimits limits;
    private Mode mode;
    private boolean stopped;
    private long position;
    private long frameStart;
    private final byte[] header = new byte[TYPED_HEADER];
    private int headerHave;
    private byte @Nullable [] body;
    private int bodyHave;
    private int bodyLength;
    private long oversizedLeft;
    private @Nullable MalformedMessageException failure;

    /** A splitter of a stream that begins as the direction's streams do: untyped from the frontend. */
    public FrameSplitter(Direction direction, WireLimits limits) {
        this(direction, limits, direction == Direction.FRONTEND ? Mode.UNTYPED : Mode.AUTHENTICATING);
    }

    /** A splitter of a stream that begins in the given mode. */
    public FrameSplitter(Direction direction, WireLimits limits, Mode mode) {
        this.direction = direction;
        this.limits = limits;
        this.mode = mode;
    }

    /** A splitter that goes on where another stood. */
    public FrameSplitter(Direction direction, WireLimits limits, Snapshot snapshot) {
        this(direction, limits, snapshot.mode());
        position = snapshot.position();
        frameStart = snapshot.frameStart();
        headerHave = snapshot.header().length();
        snapshot.header().copyTo(header, 0);
        Bytes begun = snapshot.body();
        if (begun != null) {
            bodyHave = begun.length();
            bodyLength = snapshot.bodyLength();
            body = Arrays.copyOf(begun.toArray(), Math.max(bodyHave, Math.min(bodyLength, AHEAD)));
        }
        oversizedLeft = snapshot.oversizedLeft();
        failure = snapshot.failure();
    }

    /** Returns where it stands; not to be called while it is fed. */
    public Snapshot snapshot() {
        return new Snapshot(
                mode,
                position,
                frameStart,
                Bytes.copyOf(header, 0, headerHave),
                body == null ? null : Bytes.copyOf(body, 0, bodyHave),
                body == null ? 0 : bodyLength,
                oversizedLeft,
                failure);
    }

    /** Begins again with another stream. */
    public void restart() {
        mode = direction == Direction.FRONTEND ? Mode.UNTYPED : Mode.AUTHENTICATING;
        stopped = false;
        position = 0;
        frameStart = 0;
        headerHave = 0;
        body = null;
        bodyHave = 0;
        bodyLength = 0;
        oversizedLeft = 0;
        failure = null;
    }

    /** Tells what the next frame will look like; a frame that has begun is not affected. */
    public void expect(Mode next) {
        mode = next;
    }

    /** Returns what the next frame is expected to look like. */
    public Mode mode() {
        return mode;
    }

    /** Makes {@link #feed} return after the frame at hand, with the rest of the chunk untouched. */
    public void stop() {
        stopped = true;
    }

    /** Returns the bytes of the stream taken so far; while the sink is called, the end of its frame. */
    public long position() {
        return position;
    }

    /** Returns the offset in the stream of the frame at hand (its type byte, or its length when it has no type). */
    public long frameStart() {
        return frameStart;
    }

    /**
     * Returns the bytes kept of a frame that has begun and not ended, and forgets them; for the end of a stream, and for
     * a header that was refused. Those of an oversized frame are not kept.
     */
    public Bytes takeUnfinished() {
        byte[] bytes = Arrays.copyOf(header, headerHave + bodyHave);
        if (body != null) {
            System.arraycopy(body, 0, bytes, headerHave, bodyHave);
        }
        headerHave = 0;
        bodyHave = 0;
        body = null;
        return Bytes.wrap(bytes);
    }

    /** Tells whether the stream stands between two frames. */
    public boolean atBoundary() {
        return headerHave == 0 && oversizedLeft == 0;
    }

    /** Returns how many bytes of memory it holds for a frame that is not whole. */
    public int held() {
        return headerHave + (body == null ? 0 : body.length);
    }

    /**
     * Takes the next chunk of the stream.
     *
     * @return where it stopped: {@code to}, unless the sink called {@link #stop}
     * @throws MalformedMessageException when the bytes cannot be framed; every later call throws it again.
     *     {@link #position()} counts what was taken; {@link #takeUnfinished()} gives what of it belongs to no frame
     */
    public int feed(byte[] buffer, int from, int to, FrameSink sink) {
        if (failure != null) {
            throw failure;
        }
        stopped = false;
        int at = from;
        while (at < to && !stopped) {
            at = step(buffer, at, to, sink);
        }
        return at;
    }

    private int step(byte[] buffer, int at, int to, FrameSink sink) {
        if (oversizedLeft > 0) {
            return fragment(buffer, at, to, sink);
        }
        if (body != null) {
            return collect(buffer, at, to, sink);
        }
        if (headerHave > 0) {
            return completeHeader(buffer, at, to, sink);
        }
        frameStart = position;
        if (mode == Mode.NEGOTIATION) {
            position++;
            sink.negotiationByte(buffer[at]);
            return at + 1;
        }
        int headerLength = headerLength();
        if (to - at >= headerLength) {
            int announced = announced(buffer, at, headerLength);
            byte type = headerLength == TYPED_HEADER ? buffer[at] : 0;
            int bodyFrom = at + headerLength;
            if (announced <= to - bodyFrom && headerLength + announced <= limits.message()) {
                position += headerLength + announced;
                sink.frame(type, buffer, bodyFrom, bodyFrom + announced);
                return bodyFrom + announced;
            }
        }
        return completeHeader(buffer, at, to, sink);
    }

    private int headerLength() {
        return mode == Mode.UNTYPED ? UNTYPED_HEADER : TYPED_HEADER;
    }

    /** Takes bytes of the header; when it is whole, makes room for the body or begins to stream it. */
    private int completeHeader(byte[] buffer, int at, int to, FrameSink sink) {
        int headerLength = headerLength();
        int taken = Math.min(headerLength - headerHave, to - at);
        System.arraycopy(buffer, at, header, headerHave, taken);
        headerHave += taken;
        position += taken;
        if (headerHave == headerLength) {
            int announced = announced(header, 0, headerLength);
            byte type = headerLength == TYPED_HEADER ? header[0] : 0;
            if ((long) headerLength + announced > limits.message()) {
                headerHave = 0;
                oversizedLeft = announced;
                sink.oversized(type, announced);
            } else if (announced == 0) {
                headerHave = 0;
                sink.frame(type, header.clone(), headerLength, headerLength);
            } else {
                bodyLength = announced;
                body = new byte[Math.min(announced, AHEAD)];
            }
        }
        return at + taken;
    }

    private int collect(byte[] buffer, int at, int to, FrameSink sink) {
        int taken = Math.min(bodyLength - bodyHave, to - at);
        byte[] whole = roomFor(bodyHave + taken);
        System.arraycopy(buffer, at, whole, bodyHave, taken);
        bodyHave += taken;
        position += taken;
        if (bodyHave == bodyLength) {
            byte type = headerHave == TYPED_HEADER ? header[0] : 0;
            headerHave = 0;
            bodyHave = 0;
            body = null;
            sink.frame(type, whole, 0, bodyLength);
        }
        return at + taken;
    }

    private byte[] roomFor(int bytes) {
        byte[] present = body == null ? new byte[0] : body;
        if (bytes > present.length) {
            present = Arrays.copyOf(present, (int) Math.min(bodyLength, Math.max(2L * bytes, AHEAD)));
            body = present;
        }
        return present;
    }

    private int fragment(byte[] buffer, int at, int to, FrameSink sink) {
        int taken = (int) Math.min(oversizedLeft, to - at);
        oversizedLeft -= taken;
        position += taken;
        sink.fragment(buffer, at, at + taken);
        if (oversizedLeft == 0) {
            sink.oversizedEnd();
        }
        return at + taken;
    }

    /** Returns the bytes of the body that a whole header announces, or fails when they cannot be believed. */
    private int announced(byte[] bytes, int at, int headerLength) {
        int lengthAt = at + headerLength - Integer.BYTES;
        int length = bytes[lengthAt] << 24
                | (bytes[lengthAt + 1] & 0xFF) << 16
                | (bytes[lengthAt + 2] & 0xFF) << 8
                | (bytes[lengthAt + 3] & 0xFF);
        if (headerLength == UNTYPED_HEADER) {
            requireUntyped(bytes[at], length);
        } else {
            requireTyped(bytes[at], length);
        }
        return length - Integer.BYTES;
    }

    private void requireUntyped(byte first, int length) {
        if (first == TLS_RECORD) {
            throw failed("message", 0, "a TLS record, so encrypted from the first byte");
        }
        if (length < 2 * Integer.BYTES || length > limits.startup()) {
            throw failed(
                    "message",
                    0,
                    "the first message announces " + length + " bytes; 8 to " + limits.startup() + " are believed");
        }
    }

    private void requireTyped(byte type, int length) {
        if (length < Integer.BYTES) {
            throw failed(nameOf(type), 1, "a length of " + length + ", less than the length itself");
        }
        int limit = mode == Mode.AUTHENTICATING
                ? limits.beforeAuthenticationOk(direction, type)
                : limits.of(direction, type);
        if (length > limit - 1) {
            throw failed(nameOf(type), 1, "a length of " + length + "; " + (limit - 1) + " is believed here");
        }
    }

    private static String nameOf(byte type) {
        return type > ' ' && type < 0x7F ? "message '" + (char) type + "'" : "message of type " + (type & 0xFF);
    }

    private MalformedMessageException failed(String name, int offset, String reason) {
        MalformedMessageException why = new MalformedMessageException(name, offset, reason);
        failure = why;
        return why;
    }
}
