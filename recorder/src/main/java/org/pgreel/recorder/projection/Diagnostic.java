package org.pgreel.recorder.projection;

import org.pgreel.protocol.message.ErrorFields;

/**
 * A notice or an error that the server sent.
 *
 * @param message its number within the session
 * @param connection the ordinal of its connection
 * @param error whether it is an ErrorResponse, not a NoticeResponse
 * @param fields what it says
 */
public record Diagnostic(long message, int connection, boolean error, ErrorFields fields) {}
