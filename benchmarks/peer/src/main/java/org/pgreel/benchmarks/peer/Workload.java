package org.pgreel.benchmarks.peer;

/** What every peer is asked to do, in the words of the report. */
public enum Workload {
    /** One row by its key, prepared, each query when the answer before it came, as the library does it fastest. */
    W1("W1", "query", "one row by key, prepared, one after the other"),
    /** The same, but the program's thread waits for each answer. */
    W1_WAITING("W1wait", "query", "the same, a thread waits for each answer"),
    /** 256 queries of one row in flight on one connection, a Sync for each. */
    W2("W2", "query", "one row by key, 256 in flight on one connection, a Sync each"),
    /** All rows of a large table, whole in memory before the first is read. */
    W3("W3", "row", "all rows of a large table, whole in memory"),
    /** The same rows, 10,000 at a time. */
    W3_STREAMED("W3s", "row", "all rows of a large table, 10,000 a fetch"),
    /** Inserts in batches of 1,000. */
    W4("W4", "row", "inserts, 1,000 a batch"),
    /** COPY FROM STDIN in text format. */
    W5_IN("W5in", "row", "COPY FROM STDIN, text"),
    /** COPY TO STDOUT in text format. */
    W5_OUT("W5out", "row", "COPY TO STDOUT, text"),
    /** Connecting with SCRAM-SHA-256 and closing, one after the other. */
    W6("W6", "connection", "connect with SCRAM, 4,096 iterations, and close"),
    /** NOTIFY on one connection until the notification is heard on another. */
    W7("W7", "notification", "NOTIFY until it is heard on another connection");

    /** The rows of one batch of {@link #W4}. */
    public static final int BATCH = 1_000;

    /** The rows of one fetch of {@link #W3_STREAMED}. */
    public static final int FETCH = 10_000;

    /** The queries in flight in {@link #W2}. */
    public static final int IN_FLIGHT = 256;

    private final String label;
    private final String operation;
    private final String description;

    Workload(String label, String operation, String description) {
        this.label = label;
        this.operation = operation;
        this.description = description;
    }

    /** Returns its short name, as it is given on the command line. */
    public String label() {
        return label;
    }

    /** Returns what is counted, in the singular. */
    public String operation() {
        return operation;
    }

    /** Returns what is done. */
    public String description() {
        return description;
    }

    /**
     * Returns how many operations one repeat of the work is.
     *
     * @param target what it is done at
     */
    public int operationsPerRepeat(Target target) {
        return switch (this) {
            case W3, W3_STREAMED, W5_IN, W5_OUT -> target.rows();
            case W4 -> BATCH;
            default -> 1;
        };
    }

    /**
     * Returns the workload of a short name, in any case.
     *
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static Workload of(String label) {
        StringBuilder all = new StringBuilder();
        for (Workload workload : values()) {
            if (workload.label.equalsIgnoreCase(label)) {
                return workload;
            }
            all.append(' ').append(workload.label);
        }
        throw new IllegalArgumentException("no workload " + label + "; there are:" + all);
    }
}
