package org.pgreel.client;

import java.util.Iterator;
import java.util.List;

/**
 * The results of a simple query: one for each of its statements, in order.
 *
 * @param results the results; empty only if the server completed nothing
 */
public record QueryResults(List<QueryResult> results) implements Iterable<QueryResult> {

    /** Keeps its own copy. */
    public QueryResults {
        results = List.copyOf(results);
    }

    /**
     * Returns the result of the only statement.
     *
     * @throws IllegalStateException if there is not exactly one
     */
    public QueryResult only() {
        if (results.size() != 1) {
            throw new IllegalStateException("the query gave " + results.size() + " results, not one");
        }
        return results.get(0);
    }

    @Override
    public Iterator<QueryResult> iterator() {
        return results.iterator();
    }
}
