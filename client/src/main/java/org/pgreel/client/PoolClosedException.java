package org.pgreel.client;

/** The pool was closed before it could lend a session. */
public final class PoolClosedException extends PgException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure. */
    public PoolClosedException() {
        super("the pool is closed and lends no more sessions", null, ServerEffect.NONE);
    }

    @Override
    public String kind() {
        return "PoolClosed";
    }
}
