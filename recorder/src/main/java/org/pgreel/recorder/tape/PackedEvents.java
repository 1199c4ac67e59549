package org.pgreel.recorder.tape;

import org.jspecify.annotations.Nullable;

/** The events of one block of a binary tape. The bytes may be hostile: each length is checked before it is used. */
interface PackedEvents {

    /** Returns the events of a block in the form of its tape's version. */
    static PackedEvents of(int version, byte[] bytes, BlockHeader sizes) {
        return version == BinaryTape.FIRST_VERSION
                ? new FirstPackedEvents(bytes, sizes)
                : new ColumnEvents(bytes, sizes);
    }

    boolean more();

    boolean sessionBegins();

    void passSession();

    /** Refuses a block that holds what belongs to no event. */
    void requireExhausted();

    /**
     * Reads the next event.
     *
     * @param to whose event it is; null if it is not wanted
     * @param owned whether there is a session whose event it can be
     */
    void next(@Nullable SessionEvents to, boolean owned);
}
