package org.pgreel.tap;

/** Who ended a connection or a session. */
public enum By {
    /** The frontend. */
    CLIENT,
    /** The backend. */
    SERVER,
    /** The recording proxy between the two. */
    PROXY
}
