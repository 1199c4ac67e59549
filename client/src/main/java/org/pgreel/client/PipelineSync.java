package org.pgreel.client;

/** How the statements of a pipeline hang together. */
public enum PipelineSync {
    /** A Sync behind each statement: outside a transaction block each commits by itself, and fails by itself. */
    EACH,
    /**
     * One Sync behind the last statement: outside a transaction block they are one transaction. When one fails, those
     * before it are rolled back and those behind it are not executed.
     */
    BATCH
}
