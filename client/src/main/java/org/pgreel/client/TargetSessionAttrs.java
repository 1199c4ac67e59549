package org.pgreel.client;

/**
 * Which kind of server will do, with libpq's names. One that is of another kind is left, and the next one tried.
 *
 * <p>A server since PostgreSQL 14 reports what it is; an older one is asked by a query.
 */
public enum TargetSessionAttrs {
    /** Any. */
    ANY("any"),
    /** One whose transactions may write: a primary whose standard is not read only. */
    READ_WRITE("read-write"),
    /** One whose transactions may not write. */
    READ_ONLY("read-only"),
    /** One that is not in hot standby mode. */
    PRIMARY("primary"),
    /** One in hot standby mode. */
    STANDBY("standby"),
    /** A standby, or any of the others where none is a standby. */
    PREFER_STANDBY("prefer-standby");

    private final String word;

    TargetSessionAttrs(String word) {
        this.word = word;
    }

    /** Returns libpq's word for it. */
    public String word() {
        return word;
    }

    /**
     * Reads libpq's word.
     *
     * @throws IllegalArgumentException if it is another word
     */
    public static TargetSessionAttrs of(String word) {
        return Checked.word("target_session_attrs", word, values(), TargetSessionAttrs::word);
    }
}
