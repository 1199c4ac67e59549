package org.pgreel.client;

/**
 * Hears how the statements of a pipeline come out, each once, in order, and then {@link #complete()}, exactly once and
 * last, however the session ends.
 *
 * <p>Called on the session's event loop, before {@code pgTransactionStatus} of the ReadyForQuery that settled it.
 */
public interface PipelineReceiver {

    /**
     * A statement succeeded.
     *
     * @param index its index, from 0
     * @param result its result
     */
    default void result(int index, QueryResult result) {}

    /**
     * A statement failed.
     *
     * @param index its index, from 0
     * @param failure why
     */
    default void failed(int index, PgException failure) {}

    /** All statements were told of. */
    default void complete() {}
}
