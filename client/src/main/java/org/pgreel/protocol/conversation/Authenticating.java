package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.AuthenticationRequest;
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
    public Conversation otherwise(BackendMessage message) {
        return message instanceof AuthenticationRequest request && method.mayBeFollowedBy(Request.of(request.code()))
                ? requested(Request.of(request.code()))
                : Connected.super.otherwise(message);
    }

    private Conversation requested(Request request) {
        return switch (request) {
            case OK -> new StartingUp(exchange);
            case PASSWORD -> new AwaitingResponse(exchange, negotiable, PasswordKind.PASSWORD, false);
            case SASL -> new AwaitingResponse(exchange, negotiable, PasswordKind.SASL_INITIAL, false);
            case SASL_CONTINUE -> new AwaitingResponse(exchange, negotiable, PasswordKind.SASL, false);
            case SASL_FINAL -> new Authenticating(exchange, negotiable, Method.SASL_FINISHED);
            case GSS -> new AwaitingResponse(exchange, negotiable, PasswordKind.GSS, false);
            case GSS_CONTINUE -> new AwaitingResponse(exchange, negotiable, PasswordKind.GSS, true);
            case UNFAMILIAR -> new Authenticating(exchange, negotiable, Method.UNFAMILIAR);
        };
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
        return (negotiable ? "NegotiateProtocolVersion, " : "") + method.expected() + " or ErrorResponse";
    }
}
