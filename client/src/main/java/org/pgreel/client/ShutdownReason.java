package org.pgreel.client;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;

/** Why a session is over. {@link #name()} is the reason's name in scripts and recordings. */
public sealed interface ShutdownReason {

    /** Returns what happened: a sentence without a full stop. */
    String sentence();

    /** Returns the reason's name, such as {@code ConnectionLost}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Returns the exception behind it; null if there is none. */
    default @Nullable Throwable cause() {
        return null;
    }

    /** The application closed it. */
    record SessionClosed() implements ShutdownReason {
        @Override
        public String sentence() {
            return "the session was closed by the application";
        }
    }

    /**
     * It never got ready.
     *
     * @param reason why not
     */
    record ConnectionFailed(ConnectionFailureReason reason) implements ShutdownReason {
        @Override
        public String sentence() {
            return reason.sentence();
        }

        @Override
        public @Nullable Throwable cause() {
            return reason.cause();
        }
    }

    /**
     * The server ended it with an ErrorResponse, such as 57P01 when an administrator terminates the backend.
     *
     * @param response the server's whole message
     */
    record ServerError(ErrorResponse response) implements ShutdownReason {
        @Override
        public String sentence() {
            return "the server ended the session: " + ServerSentence.of(response);
        }
    }

    /**
     * The transport ended without a word from the server.
     *
     * @param cause the reset, if it was one; null at an orderly end of stream
     */
    record ConnectionLost(@Nullable Throwable cause) implements ShutdownReason {
        @Override
        public String sentence() {
            return cause == null
                    ? "the server closed the connection"
                    : "the connection was lost: " + Objects.requireNonNullElse(cause.getMessage(), "no detail");
        }
    }

    /**
     * The server broke the protocol.
     *
     * @param violation what was wrong; never what was sent
     */
    record ProtocolViolation(String violation) implements ShutdownReason {
        @Override
        public String sentence() {
            return "the server broke the protocol: " + violation;
        }
    }

    /**
     * The server reported a client_encoding in which this client would misread text.
     *
     * @param encoding what the server reported
     */
    record ClientEncodingChanged(String encoding) implements ShutdownReason {
        @Override
        public String sentence() {
            return "client_encoding became " + encoding + ", but this client reads UTF8 only: do not SET it";
        }
    }

    /**
     * An operation took longer than allowed; its answer could still come, so the session cannot be used again.
     *
     * @param limit the limit that was reached
     */
    record OperationTimedOut(Duration limit) implements ShutdownReason {
        @Override
        public String sentence() {
            return "an operation took longer than " + limit.toMillis() + " ms (its time limit), and no cancel ended it";
        }
    }

    /**
     * A cancel request was sent and the server does not end its connection, so it could still hit a later operation.
     *
     * @param limit the limit that was reached
     */
    record CancelUnanswered(Duration limit) implements ShutdownReason {
        @Override
        public String sentence() {
            return "a cancel request is still under way after " + limit.toMillis()
                    + " ms (cancelTimeout) and could hit the next operation";
        }
    }

    /**
     * The timer that bounds an operation or the end of the session could not be armed, twice.
     *
     * @param cause why not
     */
    record TimerFailed(Throwable cause) implements ShutdownReason {
        @Override
        public String sentence() {
            return "a time limit could not be set: " + Objects.requireNonNullElse(cause.getMessage(), "no detail");
        }
    }

    /**
     * The tap could no longer record, and its policy is that the session must not go on unrecorded.
     *
     * @param cause the tap's failure
     */
    record RecordingFailed(Throwable cause) implements ShutdownReason {
        @Override
        public String sentence() {
            return "the session could not be recorded any longer: "
                    + Objects.requireNonNullElse(cause.getMessage(), "no detail");
        }
    }
}
