package org.pgreel.recorder.tape;

/** The columns of a block of a binary tape, in their order. */
enum BlockColumn {
    /** An octet an event: its kind and what is special of it. */
    KINDS,
    /** What else there is to tell of events. */
    META,
    /** The sizes of times. */
    TIMES,
    /** The other bits of times. */
    TIME_BITS,
    /** What the frontend says, without numbers. */
    FRONTEND,
    /** What the backend says, without numbers. */
    BACKEND,
    /** An octet a number: where it was met before, or that it is new. */
    NUMBERS,
    /** The sizes of new numbers. */
    NEW,
    /** The other bits of new numbers. */
    NEW_BITS;

    static final int COUNT = values().length;
}
