package org.pgreel.protocol.wire;

/**
 * Bytes that are not what the protocol's manual says they must be.
 *
 * <p>The sentence names the message, the place and what is wrong with its structure; it never holds content of the
 * message, so that it may be logged. The peer is to blame, not the caller.
 */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String messageName;
    private final int offset;
    private final String reason;

    /**
     * @param messageName the manual's name of the message, or "frame" when it is not known yet
     * @param offset in bytes, 0 being the first byte of the message (its type, or its length when it has no type)
     * @param reason what is wrong, without content of the message
     */
    public MalformedMessageException(String messageName, int offset, String reason) {
        super(messageName + " at byte " + offset + ": " + reason);
        this.messageName = messageName;
        this.offset = offset;
        this.reason = reason;
    }

    /** Returns the manual's name of the message. */
    public String messageName() {
        return messageName;
    }

    /** Returns the offset of the fault in bytes from the message's first byte. */
    public int offset() {
        return offset;
    }

    /** Returns what is wrong, without the place. */
    public String reason() {
        return reason;
    }
}
