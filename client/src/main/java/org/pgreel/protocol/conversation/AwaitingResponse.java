package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.PasswordKind;

/**
 * It is the frontend's turn: the backend asked for a proof.
 *
 * @param negotiable as in {@link Authenticating}
 * @param kind how the proof is to be sent
 * @param optional whether the backend may go on without it: the last AuthenticationGSSContinue needs no answer
 */
record AwaitingResponse(Exchange exchange, boolean negotiable, PasswordKind kind, boolean optional)
        implements Connected {

    @Override
    public Conversation demanded(Demand demand) {
        if (exchange.terminated()) {
            return violatedBy(demand, ", but nothing follows Terminate");
        }
        if (demand == Demand.TERMINATE) {
            return with(exchange.sent(demand));
        }
        return demand == awaited()
                ? new Authenticating(exchange.sent(demand), negotiable, given())
                : violatedBy(
                        demand, ", but the backend had asked for " + awaited().messageName());
    }

    private Demand awaited() {
        return switch (kind) {
            case PASSWORD -> Demand.PASSWORD;
            case SASL_INITIAL -> Demand.SASL_INITIAL;
            case SASL -> Demand.SASL;
            case GSS -> Demand.GSS;
        };
    }

    private Method given() {
        return switch (kind) {
            case PASSWORD -> Method.PASSWORD;
            case SASL_INITIAL, SASL -> Method.SASL;
            case GSS -> Method.GSS;
        };
    }

    @Override
    public Conversation onAuthenticationOk(AuthenticationOk message) {
        return optional ? new StartingUp(exchange) : otherwise(message);
    }

    /** For example when authentication_timeout has passed. */
    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return ended();
    }

    @Override
    public Conversation with(Exchange next) {
        return new AwaitingResponse(next, negotiable, kind, optional);
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
        return optional
                ? "AuthenticationOk or ErrorResponse"
                : "nothing before " + awaited().messageName();
    }
}
