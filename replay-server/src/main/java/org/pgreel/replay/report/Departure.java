package org.pgreel.replay.report;

import java.util.List;

/**
 * Where a client left the recording: the first message that differs, and in what.
 *
 * @param message the number of the message among those that the frontend sent after its login, from 1
 * @param recorded where the recording holds what was expected, as {@code #1@9}; empty if it holds nothing more
 * @param field what differs, as {@code Query.sql}; only the name of the message when its type differs
 * @param expected what was recorded, in one line
 * @param got what came, in one line
 * @param transcript the conversation so far, one message a line, the departing message not included; its beginning is
 *     left out when it is long
 */
public record Departure(
        long message, String recorded, String field, String expected, String got, List<String> transcript) {

    /** Copies the transcript. */
    public Departure {
        transcript = List.copyOf(transcript);
    }

    /** Returns the departure as one sentence without a full stop. */
    public String sentence() {
        String where = recorded.isEmpty() ? "" : " (" + recorded + ")";
        return "departed from the recording at frontend message " + message + where + ", " + field + ": expected "
                + expected + ", got " + got;
    }
}
