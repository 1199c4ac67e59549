package org.pgreel.tap;

/** How a connection ended. */
public enum EndKind {
    /** An orderly end of stream. */
    FIN,
    /** The connection was reset, or failed in another way that loses what was under way. */
    RESET,
    /** A time limit was reached. */
    TIMEOUT,
    /** It was closed on this machine for another reason, such as a peer that broke the protocol. */
    LOCAL
}
