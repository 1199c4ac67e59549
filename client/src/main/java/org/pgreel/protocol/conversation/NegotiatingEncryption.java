package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.SSLResponse;

/**
 * The frontend asked for encryption and must wait for the one byte of answer, or an ErrorResponse of a server that failed
 * or is too old.
 *
 * @param tls true for SSLRequest, false for GSSENCRequest
 * @param otherPossible whether the other kind of encryption may still be asked for if this one is refused
 */
record NegotiatingEncryption(Exchange exchange, boolean tls, boolean otherPossible) implements State {

    @Override
    public Conversation onSSLResponse(SSLResponse message) {
        return tls ? answered(message, message.answer(), 'S') : otherwise(message);
    }

    @Override
    public Conversation onGSSENCResponse(GSSENCResponse message) {
        return tls ? otherwise(message) : answered(message, message.answer(), 'G');
    }

    private Conversation answered(BackendMessage message, byte answer, char willing) {
        if (answer == willing) {
            return new Opening(exchange, false, false);
        }
        return answer == 'N' ? new Opening(exchange, !tls && otherPossible, tls && otherPossible) : otherwise(message);
    }

    /** Nobody has authenticated the server yet, so its text is not to be shown (CVE-2024-10977). */
    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return new Ended(exchange.ended());
    }

    @Override
    public Conversation demanded(Demand demand) {
        return violatedBy(demand, ", but the frontend must wait for the answer to its request for encryption");
    }

    @Override
    public long cause(BackendMessage message) {
        return exchange.sent();
    }

    @Override
    public Phase phase() {
        return Phase.NEGOTIATING_ENCRYPTION;
    }

    @Override
    public String expectedFromBackend() {
        return tls ? "SSLResponse S or N" : "GSSENCResponse G or N";
    }
}
