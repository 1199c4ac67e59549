package org.pgreel.replay.engine;

import org.pgreel.protocol.message.ErrorResponse;

/** The errors with which a replayed server ends a connection; those that PostgreSQL knows are in its words. */
final class Refusals {
    private static final String FATAL = "FATAL";

    private Refusals() {}

    /** The client departed from the recording. */
    static ErrorResponse departed(String sentence) {
        return ErrorResponse.of(FATAL, "RP002", sentence);
    }

    static ErrorResponse passwordFailed(String user) {
        return ErrorResponse.of(FATAL, "28P01", "password authentication failed for user \"" + user + "\"");
    }

    static ErrorResponse certificateFailed(String user) {
        return ErrorResponse.of(FATAL, "28000", "certificate authentication failed for user \"" + user + "\"");
    }

    static ErrorResponse noCertificate() {
        return ErrorResponse.of(FATAL, "28000", "connection requires a valid client certificate");
    }

    /** Who does not speak TLS meets no rule that would let it in. */
    static ErrorResponse noEntry(String host, String user, String database) {
        return ErrorResponse.of(
                FATAL,
                "28000",
                "no pg_hba.conf entry for host \"" + host + "\", user \"" + user + "\", database \"" + database
                        + "\", no encryption");
    }

    static ErrorResponse emptyPassword() {
        return ErrorResponse.of(FATAL, "28P01", "empty password returned by client");
    }

    static ErrorResponse malformedScram(String detail) {
        ErrorResponse error = ErrorResponse.of(FATAL, "08P01", "malformed SCRAM message");
        return new ErrorResponse(error.fields().with('D', detail));
    }

    static ErrorResponse channelBindingCheck() {
        return ErrorResponse.of(FATAL, "28000", "SCRAM channel binding check failed");
    }

    static ErrorResponse channelBindingNegotiation() {
        ErrorResponse error = ErrorResponse.of(FATAL, "28000", "SCRAM channel binding negotiation error");
        return new ErrorResponse(error.fields()
                .with(
                        'D',
                        "The client supports SCRAM channel binding but thinks the server does not.  "
                                + "However, this server does support channel binding."));
    }

    static ErrorResponse noUser() {
        return ErrorResponse.of(FATAL, "28000", "no PostgreSQL user name specified in startup packet");
    }

    static ErrorResponse tooManyClients() {
        return ErrorResponse.of(FATAL, "53300", "sorry, too many clients already");
    }

    static ErrorResponse unsupportedProtocol(int major, int minor) {
        return ErrorResponse.of(
                FATAL,
                "0A000",
                "unsupported frontend protocol " + major + "." + minor + ": server supports 3.0 to 3.2");
    }

    static ErrorResponse unencryptedData() {
        return ErrorResponse.of(FATAL, "08P01", "received unencrypted data after SSL request");
    }

    static ErrorResponse protocolViolation(String message) {
        return ErrorResponse.of(FATAL, "08P01", message);
    }
}
