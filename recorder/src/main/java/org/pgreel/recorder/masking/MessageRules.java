package org.pgreel.recorder.masking;

import org.jspecify.annotations.Nullable;

/** What distinguishes the frames of one direction from those of the other. */
interface MessageRules {

    /** In the place of the type of a message that has none: no byte, so that a type byte of 0 is a type like others. */
    int UNTYPED = -1;

    /** Returns whether the next message has no type byte, as those of the start-up phase. */
    boolean untyped();

    /**
     * Tells whether a message of that type holds no secret and means nothing to the rules, so that it need only be counted.
     *
     * @param type the byte at which it begins
     */
    boolean isPlain(byte type);

    /**
     * Takes a byte that stands where a message would begin, if it is a message by itself.
     *
     * @param b the byte
     */
    boolean takeWhole(byte b);

    /**
     * Says how the body of a message is to be judged.
     *
     * @param type its type byte, 0 to 255, or {@link #UNTYPED}
     * @return null if it holds no secret
     */
    @Nullable
    BodyRule begin(int type);

    /**
     * Hears that a message is complete.
     *
     * @param type its type byte, 0 to 255, or {@link #UNTYPED}
     */
    void end(int type);

    /**
     * Tells whether a message of that type asks the server to execute something.
     *
     * @param type its type byte, or {@link #UNTYPED}
     */
    boolean asks(int type);

    /** Returns whether bytes that cannot be framed may hold a secret. */
    boolean secretsMayCome();
}
