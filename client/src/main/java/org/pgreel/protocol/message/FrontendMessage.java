package org.pgreel.protocol.message;

/**
 * A message that the frontend sends.
 *
 * <p>{@link CopyData}, {@link CopyDone} and {@link UnknownMessage} are sent by both sides.
 */
public sealed interface FrontendMessage extends Message
        permits StartupMessage,
                SSLRequest,
                GSSENCRequest,
                CancelRequest,
                PasswordMessage,
                SASLInitialResponse,
                SASLResponse,
                GSSResponse,
                Query,
                Parse,
                Bind,
                Describe,
                Execute,
                Close,
                Flush,
                Sync,
                FunctionCall,
                CopyData,
                CopyDone,
                CopyFail,
                Terminate,
                UnknownMessage {

    /** Calls the handler's method for this message and returns its result. */
    <R> R dispatch(Handler<R> handler);

    /**
     * One method a message; those not overridden lead to {@link #otherwise}.
     *
     * @param <R> what handling a message gives
     */
    interface Handler<R> {
        /** Handles every message whose own method is not overridden. */
        R otherwise(FrontendMessage message);

        /** Handles Bind. */
        default R onBind(Bind message) {
            return otherwise(message);
        }

        /** Handles CancelRequest. */
        default R onCancelRequest(CancelRequest message) {
            return otherwise(message);
        }

        /** Handles Close. */
        default R onClose(Close message) {
            return otherwise(message);
        }

        /** Handles CopyData. */
        default R onCopyData(CopyData message) {
            return otherwise(message);
        }

        /** Handles CopyDone. */
        default R onCopyDone(CopyDone message) {
            return otherwise(message);
        }

        /** Handles CopyFail. */
        default R onCopyFail(CopyFail message) {
            return otherwise(message);
        }

        /** Handles Describe. */
        default R onDescribe(Describe message) {
            return otherwise(message);
        }

        /** Handles Execute. */
        default R onExecute(Execute message) {
            return otherwise(message);
        }

        /** Handles Flush. */
        default R onFlush(Flush message) {
            return otherwise(message);
        }

        /** Handles FunctionCall. */
        default R onFunctionCall(FunctionCall message) {
            return otherwise(message);
        }

        /** Handles GSSENCRequest. */
        default R onGSSENCRequest(GSSENCRequest message) {
            return otherwise(message);
        }

        /** Handles GSSResponse. */
        default R onGSSResponse(GSSResponse message) {
            return otherwise(message);
        }

        /** Handles Parse. */
        default R onParse(Parse message) {
            return otherwise(message);
        }

        /** Handles PasswordMessage. */
        default R onPasswordMessage(PasswordMessage message) {
            return otherwise(message);
        }

        /** Handles Query. */
        default R onQuery(Query message) {
            return otherwise(message);
        }

        /** Handles SASLInitialResponse. */
        default R onSASLInitialResponse(SASLInitialResponse message) {
            return otherwise(message);
        }

        /** Handles SASLResponse. */
        default R onSASLResponse(SASLResponse message) {
            return otherwise(message);
        }

        /** Handles SSLRequest. */
        default R onSSLRequest(SSLRequest message) {
            return otherwise(message);
        }

        /** Handles StartupMessage. */
        default R onStartupMessage(StartupMessage message) {
            return otherwise(message);
        }

        /** Handles Sync. */
        default R onSync(Sync message) {
            return otherwise(message);
        }

        /** Handles Terminate. */
        default R onTerminate(Terminate message) {
            return otherwise(message);
        }

        /** Handles UnknownMessage. */
        default R onUnknownMessage(UnknownMessage message) {
            return otherwise(message);
        }
    }
}
