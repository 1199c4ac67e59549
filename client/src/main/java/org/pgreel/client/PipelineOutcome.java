package org.pgreel.client;

import java.util.Objects;

/** How one statement of a pipeline came out. */
public sealed interface PipelineOutcome {

    /**
     * It succeeded.
     *
     * @param result its result
     */
    record Succeeded(QueryResult result) implements PipelineOutcome {

        /** Refuses null. */
        public Succeeded {
            Objects.requireNonNull(result, "result");
        }

        @Override
        public QueryResult orThrow() {
            return result;
        }
    }

    /**
     * It failed.
     *
     * @param failure why
     */
    record Failed(PgException failure) implements PipelineOutcome {

        /** Refuses null. */
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public QueryResult orThrow() {
            throw failure;
        }
    }

    /**
     * Returns the result.
     *
     * @throws PgException if the statement failed
     */
    QueryResult orThrow();
}
