package org.pgreel.replay.engine;

/** How what a client sends is matched with what was recorded. */
public enum Matching {
    /** Each connection follows one recorded connection, message by message. */
    VERBATIM,
    /** Each statement is answered by a recorded one with the same parameters and state, in any order and grouping. */
    EXCHANGE
}
