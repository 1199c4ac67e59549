package org.pgreel.client;

import org.jspecify.annotations.Nullable;

/**
 * What became of a cancel request. Whether it had an effect only the operation itself can tell: the server answers a
 * request by closing its connection, whatever it made of it.
 */
public sealed interface CancelOutcome {

    /** Returns what happened: a sentence without a full stop. */
    String sentence();

    /** Tells whether a request was handed to the socket. */
    default boolean wasSent() {
        return false;
    }

    /** The request was handed to the socket of a connection of its own, and the server has ended that connection. */
    record Sent() implements CancelOutcome {
        @Override
        public String sentence() {
            return "the cancel request was sent";
        }

        @Override
        public boolean wasSent() {
            return true;
        }
    }

    /**
     * The request was handed to the socket, and the server did not end the connection within {@code cancelTimeout}; no
     * operation is sent before it does.
     */
    record Unanswered() implements CancelOutcome {
        @Override
        public String sentence() {
            return "the cancel request was sent, but the server does not end its connection";
        }

        @Override
        public boolean wasSent() {
            return true;
        }
    }

    /** No operation was on the wire, or it was answered before the request was sent: nothing was sent. */
    record NothingToCancel() implements CancelOutcome {
        @Override
        public String sentence() {
            return "nothing was left to cancel";
        }
    }

    /**
     * No request could be sent.
     *
     * @param reason why not: a sentence without a full stop
     * @param cause the exception behind it; null if there is none
     */
    record Failed(String reason, @Nullable Throwable cause) implements CancelOutcome {
        @Override
        public String sentence() {
            return "no cancel request was sent: " + reason;
        }
    }
}
