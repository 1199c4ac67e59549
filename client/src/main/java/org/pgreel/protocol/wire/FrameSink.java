package org.pgreel.protocol.wire;

/**
 * Takes the frames that a {@link FrameSplitter} finds, in their order.
 *
 * <p>While it is called, {@link FrameSplitter#frameStart()} and {@link FrameSplitter#position()} tell where the frame
 * lies; it may call {@link FrameSplitter#expect} and {@link FrameSplitter#stop}, which act on the next frame.
 */
public interface FrameSink {
    /**
     * A whole frame.
     *
     * @param type the type byte; 0 when the frame has none
     * @param buffer the chunk that was fed, or an array of the frame's own; it is not changed afterwards
     * @param bodyFrom where the body begins, behind the length
     * @param bodyTo where it ends (exclusive)
     */
    void frame(byte type, byte[] buffer, int bodyFrom, int bodyTo);

    /** The one byte that answers a negotiation request. */
    void negotiationByte(byte answer);

    /**
     * The header of a frame larger than {@link WireLimits#message}; fragments and its end follow.
     *
     * @param bodyLength bytes behind the length
     */
    void oversized(byte type, long bodyLength);

    /** A part of the body of the frame announced by {@link #oversized}, in the buffer that was fed. */
    default void fragment(byte[] buffer, int from, int to) {}

    /** The end of the frame announced by {@link #oversized}. */
    default void oversizedEnd() {}
}
