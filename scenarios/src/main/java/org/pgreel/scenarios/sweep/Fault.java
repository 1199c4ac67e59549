package org.pgreel.scenarios.sweep;

import org.pgreel.protocol.wire.Bytes;

/**
 * One effect at one point of a session. Immutable.
 *
 * @param stream the direction of the connection
 * @param tamper what happens
 * @param boundary whether the point is a boundary between messages, rather than a byte
 * @param at the byte's offset, or the boundary's number, from 0
 */
public record Fault(SweptStream stream, Tamper tamper, boolean boundary, int at) {
    /** Returns the offset of the point in the stream's bytes. */
    public int offset() {
        return boundary ? stream.boundaries().get(at) : at;
    }

    /** Returns the message that begins at the boundary. */
    Bytes message() {
        return stream.bytes()
                .slice(stream.boundaries().get(at), stream.boundaries().get(at + 1));
    }

    /** Returns where the message behind that one ends. */
    int nextEnd() {
        return stream.boundaries().get(at + 2);
    }

    /** Tells whether it takes a ReadyForQuery away from between two answers. */
    boolean joinsAnswers() {
        int message = boundary ? at : stream.messageAt(at);
        return switch (tamper.kind()) {
            case OMIT, CORRUPT -> isReady(message);
            case SWAP -> isReady(message) || isReady(message + 1);
            default -> false;
        };
    }

    private boolean isReady(int message) {
        return stream.names().get(message).equals("ReadyForQuery");
    }

    /** Returns the number of the message that it is about, from 0: the one in which, before or behind which it happens. */
    public int messageNumber() {
        boolean end = offset() >= stream.bytes().length();
        int message = end ? stream.names().size() : stream.messageAt(offset());
        return end || tamper.kind() == Tamper.Kind.APPEND ? message - 1 : message;
    }

    /** Returns that message as the notation names it, as {@code B DataRow #2}. */
    public String place() {
        return stream.place(messageNumber());
    }

    /** Returns it as {@code EFFECT DIRECTION CONNECTION byte|boundary N}. */
    @Override
    public String toString() {
        return tamper.word() + " " + stream.direction().letter() + " " + stream.connection()
                + (boundary ? " boundary " : " byte ") + at;
    }
}
