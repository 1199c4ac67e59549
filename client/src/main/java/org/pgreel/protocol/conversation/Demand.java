package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.FrontendMessage;

/**
 * What a frontend message demands of the backend: the message's type, told apart where its content decides what the
 * backend may answer.
 */
public enum Demand {
    /** A StartupMessage in plain protocol 3.0, which the server has no reason to negotiate. */
    STARTUP("StartupMessage"),
    /** A StartupMessage of a later minor version or with {@code _pq_.} options. */
    STARTUP_NEGOTIABLE("StartupMessage"),
    /** SSLRequest. */
    SSL_REQUEST("SSLRequest"),
    /** GSSENCRequest. */
    GSSENC_REQUEST("GSSENCRequest"),
    /** CancelRequest. */
    CANCEL("CancelRequest"),
    /** PasswordMessage. */
    PASSWORD("PasswordMessage"),
    /** SASLInitialResponse. */
    SASL_INITIAL("SASLInitialResponse"),
    /** SASLResponse. */
    SASL("SASLResponse"),
    /** GSSResponse. */
    GSS("GSSResponse"),
    /** Query. */
    QUERY("Query"),
    /** Parse. */
    PARSE("Parse"),
    /** Bind. */
    BIND("Bind"),
    /** Describe of a prepared statement. */
    DESCRIBE_STATEMENT("Describe"),
    /** Describe of a portal. */
    DESCRIBE_PORTAL("Describe"),
    /** Execute of all rows: it is never suspended. */
    EXECUTE("Execute"),
    /** Execute of a number of rows. */
    EXECUTE_LIMITED("Execute"),
    /** Close. */
    CLOSE("Close"),
    /** Flush. */
    FLUSH("Flush"),
    /** Sync, and whatever else has only its ReadyForQuery still to come. */
    SYNC("Sync"),
    /** FunctionCall. */
    FUNCTION_CALL("FunctionCall"),
    /** CopyData. */
    COPY_DATA("CopyData"),
    /** CopyDone. */
    COPY_DONE("CopyDone"),
    /** CopyFail. */
    COPY_FAIL("CopyFail"),
    /** Terminate. */
    TERMINATE("Terminate"),
    /** A message of a type that no frontend sends. */
    UNKNOWN("Unknown");

    private static final FrontendMessage.Handler<Demand> CLASSIFIER = new DemandClassifier();

    private final String messageName;

    Demand(String messageName) {
        this.messageName = messageName;
    }

    /** Returns what the message demands. */
    public static Demand of(FrontendMessage message) {
        return message.dispatch(CLASSIFIER);
    }

    /** Returns the manual's name of the message. */
    public String messageName() {
        return messageName;
    }

    /** Tells whether it is an answer to an authentication request. */
    boolean isSecret() {
        return this == PASSWORD || this == SASL_INITIAL || this == SASL || this == GSS;
    }

    /** Tells whether it belongs to the extended query protocol, so that its failure is skipped until Sync. */
    boolean isExtended() {
        return switch (this) {
            case PARSE, BIND, DESCRIBE_STATEMENT, DESCRIBE_PORTAL, EXECUTE, EXECUTE_LIMITED, CLOSE -> true;
            default -> false;
        };
    }

    /** Tells whether it is an Execute. */
    boolean isExecute() {
        return this == EXECUTE || this == EXECUTE_LIMITED;
    }

    /** Tells whether it ends the frontend's side of a COPY. */
    boolean endsCopy() {
        return this == COPY_DONE || this == COPY_FAIL;
    }

    /** Tells whether a server that reads it, outside skip-until-Sync and copy-in, answers with ReadyForQuery. */
    boolean earnsReady() {
        return this == SYNC || this == QUERY || this == FUNCTION_CALL;
    }

    /** Tells whether it may be sent once the session is ready for queries. */
    boolean isOfSession() {
        return compareTo(QUERY) >= 0 && this != UNKNOWN;
    }
}
