package org.pgreel.protocol.wire;

/** The sender of bytes or of a message: the frontend (client) or the backend (server). */
public enum Direction {
    /** From the frontend to the backend. */
    FRONTEND('F'),
    /** From the backend to the frontend. */
    BACKEND('B');

    private final char letter;

    Direction(char letter) {
        this.letter = letter;
    }

    /** Returns {@code F} or {@code B}, as transcripts write it. */
    public char letter() {
        return letter;
    }

    /** Returns the other side. */
    public Direction opposite() {
        return this == FRONTEND ? BACKEND : FRONTEND;
    }
}
