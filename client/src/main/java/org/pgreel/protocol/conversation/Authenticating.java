package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationGSS;
import org.pgreel.protocol.message.AuthenticationGSSContinue;
import org.pgreel.protocol.message.AuthenticationKerberosV5;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.AuthenticationSSPI;
import org.pgreel.protocol.message.AuthenticationUnknown;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.PasswordKind;

/**
 * It is the backend's turn: to ask for a proof, to let the frontend in, or to refuse it.
 *
 * @param negotiable whether NegotiateProtocolVersion may come: once, and only if there is something to negotiate
 */
record Authenticating(Exchange exchange, boolean negotiable, Method method) implements Connected {

    @Override
    public Conversation onNegotiateProtocolVersion(NegotiateProtocolVersion message) {
        return negotiable ? new Authenticating(exchange, false, method) : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationOk(AuthenticationOk message) {
        return new StartingUp(exchange);
    }

    @Override
    public Conversation onAuthenticationCleartextPassword(AuthenticationCleartextPassword message) {
        return method.mayAskForPassword() ? awaiting(PasswordKind.PASSWORD) : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationMD5Password(AuthenticationMD5Password message) {
        return method.mayAskForPassword() ? awaiting(PasswordKind.PASSWORD) : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationSASL(AuthenticationSASL message) {
        return method.mayBegin() ? awaiting(PasswordKind.SASL_INITIAL) : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationSASLContinue(AuthenticationSASLContinue message) {
        return method.mayContinueSasl() ? awaiting(PasswordKind.SASL) : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationSASLFinal(AuthenticationSASLFinal message) {
        return method.mayContinueSasl()
                ? new Authenticating(exchange, negotiable, Method.SASL_FINISHED)
                : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationGSS(AuthenticationGSS message) {
        return method.mayBegin() ? awaiting(PasswordKind.GSS) : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationSSPI(AuthenticationSSPI message) {
        return method.mayBegin() ? awaiting(PasswordKind.GSS) : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationGSSContinue(AuthenticationGSSContinue message) {
        return method.mayContinueGss()
                ? new AwaitingResponse(exchange, negotiable, PasswordKind.GSS, true)
                : otherwise(message);
    }

    @Override
    public Conversation onAuthenticationKerberosV5(AuthenticationKerberosV5 message) {
        return unfamiliar(message);
    }

    @Override
    public Conversation onAuthenticationUnknown(AuthenticationUnknown message) {
        return unfamiliar(message);
    }

    private Conversation unfamiliar(BackendMessage message) {
        return method.mayBegin() ? new Authenticating(exchange, negotiable, Method.UNFAMILIAR) : otherwise(message);
    }

    private Conversation awaiting(PasswordKind kind) {
        return new AwaitingResponse(exchange, negotiable, kind, false);
    }

    /** Whatever its severity says: nobody was let in, so there is no session to go on with. */
    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return ended();
    }

    @Override
    public Conversation demanded(Demand demand) {
        boolean secret = method == Method.UNFAMILIAR && demand.isSecret();
        return (secret || demand == Demand.TERMINATE) && !exchange.terminated()
                ? with(exchange.sent(demand))
                : violatedBy(demand, ", but the backend had not let the frontend in");
    }

    @Override
    public Conversation with(Exchange next) {
        return new Authenticating(next, negotiable, method);
    }

    @Override
    public long cause(BackendMessage message) {
        return exchange.sent();
    }

    @Override
    public Phase phase() {
        return Phase.AUTHENTICATING;
    }

    @Override
    public String expectedFromBackend() {
        return (negotiable ? "NegotiateProtocolVersion, " : "") + method.next() + " or ErrorResponse";
    }
}
