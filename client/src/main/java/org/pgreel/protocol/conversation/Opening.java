package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;

/**
 * The frontend is to speak: nothing was sent yet, or the answer to a request for encryption has come.
 *
 * @param tlsPossible whether TLS may be asked for: not once it was refused, nor inside encryption
 * @param gssPossible whether GSSAPI encryption may be asked for
 */
record Opening(Exchange exchange, boolean tlsPossible, boolean gssPossible) implements State {
    static final Opening PLAIN = new Opening(Exchange.NONE, true, true);
    static final Opening ENCRYPTED = new Opening(Exchange.NONE, false, false);

    @Override
    public Conversation demanded(Demand demand) {
        Exchange next = exchange.sent(demand);
        return switch (demand) {
            case STARTUP -> new Authenticating(next, false, Method.NONE);
            case STARTUP_NEGOTIABLE -> new Authenticating(next, true, Method.NONE);
            case CANCEL -> new Cancelling(next);
            case SSL_REQUEST -> tlsPossible ? new NegotiatingEncryption(next, true, gssPossible) : refused(demand);
            case GSSENC_REQUEST -> gssPossible ? new NegotiatingEncryption(next, false, tlsPossible) : refused(demand);
            default -> violatedBy(demand, ", but the connection begins with StartupMessage or CancelRequest");
        };
    }

    private Conversation refused(Demand demand) {
        return violatedBy(demand, ", but this encryption was refused or encryption is on");
    }

    @Override
    public long cause(BackendMessage message) {
        return exchange.sent();
    }

    @Override
    public Phase phase() {
        return Phase.OPENING;
    }

    @Override
    public String expectedFromBackend() {
        return "nothing: the frontend speaks first";
    }

    @Override
    public boolean mayEnd() {
        return true;
    }
}
