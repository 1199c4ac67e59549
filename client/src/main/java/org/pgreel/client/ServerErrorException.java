package org.pgreel.client;

import org.pgreel.protocol.message.ErrorResponse;

/** The server answered the operation with an ErrorResponse. */
public final class ServerErrorException extends PgException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorResponse response;

    /**
     * Creates the failure.
     *
     * @param response the server's whole answer
     * @param effect what the operation may have left behind
     */
    public ServerErrorException(ErrorResponse response, ServerEffect effect) {
        super(ServerSentence.of(response), null, effect);
        this.response = response;
    }

    /** Returns the server's whole answer. */
    public ErrorResponse response() {
        return response;
    }

    /** Returns the five characters of the SQLSTATE; empty if the server gave none. */
    public String sqlState() {
        return response.sqlState();
    }

    @Override
    public String kind() {
        return "ServerError";
    }
}
