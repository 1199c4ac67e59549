package org.pgreel.protocol.message;

/**
 * A message that the backend sends.
 *
 * <p>{@link CopyData}, {@link CopyDone} and {@link UnknownMessage} are sent by both sides.
 */
public sealed interface BackendMessage extends Message
        permits AuthenticationRequest,
                Diagnostic,
                CopyData,
                CopyDone,
                SSLResponse,
                GSSENCResponse,
                BackendKeyData,
                BindComplete,
                CloseComplete,
                ParseComplete,
                PortalSuspended,
                NoData,
                EmptyQueryResponse,
                CopyInResponse,
                CopyOutResponse,
                CopyBothResponse,
                CommandComplete,
                DataRow,
                FunctionCallResponse,
                NegotiateProtocolVersion,
                NotificationResponse,
                ParameterDescription,
                ParameterStatus,
                ReadyForQuery,
                RowDescription,
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
        R otherwise(BackendMessage message);

        /** Handles AuthenticationCleartextPassword. */
        default R onAuthenticationCleartextPassword(AuthenticationCleartextPassword message) {
            return otherwise(message);
        }

        /** Handles AuthenticationGSS. */
        default R onAuthenticationGSS(AuthenticationGSS message) {
            return otherwise(message);
        }

        /** Handles AuthenticationGSSContinue. */
        default R onAuthenticationGSSContinue(AuthenticationGSSContinue message) {
            return otherwise(message);
        }

        /** Handles AuthenticationKerberosV5. */
        default R onAuthenticationKerberosV5(AuthenticationKerberosV5 message) {
            return otherwise(message);
        }

        /** Handles AuthenticationMD5Password. */
        default R onAuthenticationMD5Password(AuthenticationMD5Password message) {
            return otherwise(message);
        }

        /** Handles AuthenticationOk. */
        default R onAuthenticationOk(AuthenticationOk message) {
            return otherwise(message);
        }

        /** Handles AuthenticationSASL. */
        default R onAuthenticationSASL(AuthenticationSASL message) {
            return otherwise(message);
        }

        /** Handles AuthenticationSASLContinue. */
        default R onAuthenticationSASLContinue(AuthenticationSASLContinue message) {
            return otherwise(message);
        }

        /** Handles AuthenticationSASLFinal. */
        default R onAuthenticationSASLFinal(AuthenticationSASLFinal message) {
            return otherwise(message);
        }

        /** Handles AuthenticationSSPI. */
        default R onAuthenticationSSPI(AuthenticationSSPI message) {
            return otherwise(message);
        }

        /** Handles AuthenticationUnknown. */
        default R onAuthenticationUnknown(AuthenticationUnknown message) {
            return otherwise(message);
        }

        /** Handles BackendKeyData. */
        default R onBackendKeyData(BackendKeyData message) {
            return otherwise(message);
        }

        /** Handles BindComplete. */
        default R onBindComplete(BindComplete message) {
            return otherwise(message);
        }

        /** Handles CloseComplete. */
        default R onCloseComplete(CloseComplete message) {
            return otherwise(message);
        }

        /** Handles CommandComplete. */
        default R onCommandComplete(CommandComplete message) {
            return otherwise(message);
        }

        /** Handles CopyBothResponse. */
        default R onCopyBothResponse(CopyBothResponse message) {
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

        /** Handles CopyInResponse. */
        default R onCopyInResponse(CopyInResponse message) {
            return otherwise(message);
        }

        /** Handles CopyOutResponse. */
        default R onCopyOutResponse(CopyOutResponse message) {
            return otherwise(message);
        }

        /** Handles DataRow. */
        default R onDataRow(DataRow message) {
            return otherwise(message);
        }

        /** Handles EmptyQueryResponse. */
        default R onEmptyQueryResponse(EmptyQueryResponse message) {
            return otherwise(message);
        }

        /** Handles ErrorResponse. */
        default R onErrorResponse(ErrorResponse message) {
            return otherwise(message);
        }

        /** Handles FunctionCallResponse. */
        default R onFunctionCallResponse(FunctionCallResponse message) {
            return otherwise(message);
        }

        /** Handles GSSENCResponse. */
        default R onGSSENCResponse(GSSENCResponse message) {
            return otherwise(message);
        }

        /** Handles NegotiateProtocolVersion. */
        default R onNegotiateProtocolVersion(NegotiateProtocolVersion message) {
            return otherwise(message);
        }

        /** Handles NoData. */
        default R onNoData(NoData message) {
            return otherwise(message);
        }

        /** Handles NoticeResponse. */
        default R onNoticeResponse(NoticeResponse message) {
            return otherwise(message);
        }

        /** Handles NotificationResponse. */
        default R onNotificationResponse(NotificationResponse message) {
            return otherwise(message);
        }

        /** Handles ParameterDescription. */
        default R onParameterDescription(ParameterDescription message) {
            return otherwise(message);
        }

        /** Handles ParameterStatus. */
        default R onParameterStatus(ParameterStatus message) {
            return otherwise(message);
        }

        /** Handles ParseComplete. */
        default R onParseComplete(ParseComplete message) {
            return otherwise(message);
        }

        /** Handles PortalSuspended. */
        default R onPortalSuspended(PortalSuspended message) {
            return otherwise(message);
        }

        /** Handles ReadyForQuery. */
        default R onReadyForQuery(ReadyForQuery message) {
            return otherwise(message);
        }

        /** Handles RowDescription. */
        default R onRowDescription(RowDescription message) {
            return otherwise(message);
        }

        /** Handles SSLResponse. */
        default R onSSLResponse(SSLResponse message) {
            return otherwise(message);
        }

        /** Handles UnknownMessage. */
        default R onUnknownMessage(UnknownMessage message) {
            return otherwise(message);
        }
    }
}
