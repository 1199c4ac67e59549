package org.pgreel.client;

import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.wire.WireText;

/** Puts the server's ErrorResponse into a sentence of ours. */
final class ServerSentence {

    /** Enough for any message that a person reads; a hostile one does not fill a log. */
    private static final int LENGTH_MAX = 1024;

    private ServerSentence() {}

    static String of(ErrorResponse response) {
        String severity = response.severity().isEmpty() ? "ERROR" : response.severity();
        String state = response.sqlState().isEmpty() ? "without SQLSTATE" : response.sqlState();
        String hint = response.hint();
        String sentence =
                severity + " " + state + ": " + (response.message().isEmpty() ? "no message" : response.message())
                        + (hint == null ? "" : " (" + hint + ")");
        return cut(WireText.printable(sentence));
    }

    private static String cut(String text) {
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
    }
}
