package org.pgreel.client;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A pool had no session to lend within its acquire time-out; nothing was sent to any server. */
public final class AcquireTimedOutException extends PgException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;
    private final PoolSizes sizes;

    /**
     * What a pool consisted of when its time was over.
     *
     * @param max how many sessions it may have
     * @param active how many were lent
     * @param idle how many were neither lent nor on their way
     * @param connecting how many were on their way to ready
     * @param waiting how many others waited for one
     */
    public record PoolSizes(int max, int active, int idle, int connecting, int waiting) implements Serializable {}

    /**
     * Creates the failure.
     *
     * @param limit the limit that was reached
     * @param sizes what the pool consisted of
     * @param connectFailure why it could not connect lately; null if it could
     */
    public AcquireTimedOutException(Duration limit, PoolSizes sizes, @Nullable Throwable connectFailure) {
        super(sentence(limit, sizes, connectFailure), connectFailure, ServerEffect.NONE);
        this.limit = limit;
        this.sizes = sizes;
    }

    private static String sentence(Duration limit, PoolSizes sizes, @Nullable Throwable connectFailure) {
        String remedy = connectFailure == null
                ? "raise max, or look for sessions that are not returned (leakReportAfter)"
                : "the last attempt to connect failed: " + connectFailure.getMessage();
        return "the pool had no session to lend within " + limit.toMillis() + " ms (acquireTimeout): of at most "
                + sizes.max() + " sessions " + sizes.active() + " are lent, " + sizes.idle() + " idle and "
                + sizes.connecting() + " connecting, and " + sizes.waiting() + " others wait; " + remedy;
    }

    /** Returns the limit that was reached. */
    public Duration limit() {
        return limit;
    }

    /** Returns what the pool consisted of when its time was over. */
    public PoolSizes sizes() {
        return sizes;
    }

    @Override
    public String kind() {
        return "AcquireTimedOut";
    }
}
