package org.pgreel.protocol.message;

/** The format codes that the protocol knows; others are reserved, and are kept as they come. */
public final class FormatCode {
    /** Text. */
    public static final int TEXT = 0;
    /** Binary. */
    public static final int BINARY = 1;

    private FormatCode() {}
}
