package org.pgreel.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Says why no PostgreSQL could be started here, and what would help. Its message is one sentence for a person; a test that can do without the
 * server prints it and is skipped.
 */
public final class PostgresUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PostgresUnavailableException(String message) {
        super(message);
    }

    PostgresUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
