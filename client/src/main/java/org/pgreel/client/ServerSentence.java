package org.pgreel.client;

import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.wire.WireText;

/** Puts the server's ErrorResponse into a sentence of ours. */
final class ServerSentence {

    /** Enough for any message that a person reads; a hostile one does not fill a log. */
    private static final int LENGTH_MAX = 1024;

    private static final char REPLACEMENT = '\uFFFD';

    private ServerSentence() {}

    static String of(ErrorResponse response) {
        String severity = response.severity().isEmpty() ? "ERROR" : response.severity();
        String state = response.sqlState().isEmpty() ? "without SQLSTATE" : response.sqlState();
        String hint = response.hint();
        String sentence =
                severity + " " + state + ": " + (response.message().isEmpty() ? "no message" : response.message())
                        + (hint == null ? "" : " (" + hint + ")");
        return withoutControl(WireText.printable(cut(sentence)));
    }

    /** A hostile message must not move the cursor of the terminal that shows it. */
    private static String withoutControl(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? REPLACEMENT : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static String cut(String text) {
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
    }
}
