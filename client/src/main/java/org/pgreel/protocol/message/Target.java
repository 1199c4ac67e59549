package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;

/** What {@link Describe} and {@link Close} are about. */
public enum Target {
    /** A prepared statement. */
    STATEMENT('S'),
    /** A portal. */
    PORTAL('P');

    private final char letter;

    Target(char letter) {
        this.letter = letter;
    }

    /** Returns {@code S} or {@code P}, as on the wire. */
    public char letter() {
        return letter;
    }

    static Target decode(MessageReader body) {
        byte letter = body.readByte();
        body.require(letter == 'S' || letter == 'P', "neither a statement (S) nor a portal (P)");
        return letter == 'S' ? STATEMENT : PORTAL;
    }
}
