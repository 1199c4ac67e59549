package org.pgreel.recorder.projection;

import java.util.List;

/**
 * What the application asked of the server, and what became of it.
 *
 * @param connection the ordinal of its connection
 * @param firstMessage the number of the Query, Execute or FunctionCall within the session
 * @param lastMessage the number of the message that decided its outcome; 0 while it has none
 * @param kind which of the three
 * @param sql the text that it ran; empty if it is not recorded
 * @param tags the command tags that came for it, in order
 * @param rows how many DataRow messages came
 * @param sqlState the SQLSTATE that it failed with; empty if it did not
 * @param outcome what became of it
 * @param sentNanos when it was sent, in nanoseconds since the run began
 * @param latencyNanos from then to the message that decided its outcome; 0 while it has none
 */
public record RecordedOperation(
        int connection,
        long firstMessage,
        long lastMessage,
        Request.Kind kind,
        String sql,
        List<String> tags,
        long rows,
        String sqlState,
        Outcome outcome,
        long sentNanos,
        long latencyNanos) {

    /** What became of an operation. An operation succeeds only with the ReadyForQuery of its Query or Sync. */
    public enum Outcome {
        /** Not answered to the end. */
        PENDING,
        /** It was carried out. */
        SUCCEEDED,
        /** The server answered it with an error. */
        FAILED,
        /** It was carried out, and an error behind it under the same Sync undid it. */
        ROLLED_BACK,
        /** It stood behind an error, and the server skipped it. */
        NOT_EXECUTED
    }

    /** Keeps its own copy of the list. */
    public RecordedOperation {
        tags = List.copyOf(tags);
    }
}
