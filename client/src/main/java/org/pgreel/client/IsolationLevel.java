package org.pgreel.client;

/** How much a transaction sees of those that run beside it; the words are SQL's. */
public enum IsolationLevel {
    /** PostgreSQL treats it as {@link #READ_COMMITTED}. */
    READ_UNCOMMITTED("READ UNCOMMITTED"),
    /** Each statement sees what was committed before it began; PostgreSQL's own standard. */
    READ_COMMITTED("READ COMMITTED"),
    /** All statements see what was committed before the first; a conflicting update fails with 40001. */
    REPEATABLE_READ("REPEATABLE READ"),
    /** As if transactions ran one after the other; what cannot be made to look so fails with 40001. */
    SERIALIZABLE("SERIALIZABLE");

    private final String words;

    IsolationLevel(String words) {
        this.words = words;
    }

    /** Returns the level as SQL spells it. */
    public String words() {
        return words;
    }
}
