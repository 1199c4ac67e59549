package org.pgreel.client.observation;

import org.jspecify.annotations.Nullable;

/** One operation as it is observed. */
public interface OperationObservation {

    /** Its turn came: its first messages go out. Not called if the session ended before. */
    default void begun() {}

    /**
     * It completed; the last call.
     *
     * @param failure how it failed, such as {@code ServerError}; null if it succeeded
     * @param sqlState the server's code; null if the server did not fail it
     */
    void completed(@Nullable String failure, @Nullable String sqlState);
}
