package org.pgreel.client;

import org.jspecify.annotations.Nullable;

/**
 * What kind of transaction is begun. What is not given is the session's own default
 * ({@code default_transaction_isolation} and its kin). Immutable.
 *
 * @param isolation how much it sees of others; null for the session's default
 * @param readOnly whether it may not write; null for the session's default
 * @param deferrable whether a serializable read-only transaction waits for a snapshot on which it can never fail; null
 *     for the session's default
 */
public record TransactionOptions(
        @Nullable IsolationLevel isolation,
        @Nullable Boolean readOnly,
        @Nullable Boolean deferrable) {

    /** All as the session's defaults have it. */
    public static final TransactionOptions DEFAULTS = new TransactionOptions(null, null, null);

    /**
     * Returns the default options with an isolation level.
     *
     * @param level the level
     */
    public static TransactionOptions of(IsolationLevel level) {
        return DEFAULTS.withIsolation(level);
    }

    /**
     * Returns these options with another isolation level.
     *
     * @param level the level
     */
    public TransactionOptions withIsolation(IsolationLevel level) {
        return new TransactionOptions(level, readOnly, deferrable);
    }

    /**
     * Returns these options, but read only, or read-write although the session's default is otherwise.
     *
     * @param value whether the transaction may not write
     */
    public TransactionOptions withReadOnly(boolean value) {
        return new TransactionOptions(isolation, value, deferrable);
    }

    /**
     * Returns these options, but deferrable or not.
     *
     * @param value whether it waits for a safe snapshot; of effect only if it is serializable and read only
     */
    public TransactionOptions withDeferrable(boolean value) {
        return new TransactionOptions(isolation, readOnly, value);
    }

    /** Returns the BEGIN that asks for these options. */
    public String beginStatement() {
        StringBuilder sql = new StringBuilder("BEGIN");
        if (isolation != null) {
            sql.append(" ISOLATION LEVEL ").append(isolation.words());
        }
        if (readOnly != null) {
            sql.append(readOnly ? " READ ONLY" : " READ WRITE");
        }
        if (deferrable != null) {
            sql.append(deferrable ? " DEFERRABLE" : " NOT DEFERRABLE");
        }
        return sql.toString();
    }
}
