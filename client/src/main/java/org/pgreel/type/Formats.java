package org.pgreel.type;

/** In which of the wire's two formats a codec can write and read its values. */
public enum Formats {
    /** Text only: the type has no binary format, or none that is worth knowing. */
    TEXT,
    /** Binary only: the text depends on settings of the server, such as its locale. */
    BINARY,
    /** Both; binary is preferred. */
    BOTH;

    /** Tells whether binary is one of them. */
    public boolean hasBinary() {
        return this != TEXT;
    }

    /** Tells whether text is one of them. */
    public boolean hasText() {
        return this != BINARY;
    }
}
