package org.pgreel.protocol.conversation;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.UnknownMessage;
import org.pgreel.protocol.wire.Direction;

/**
 * A conversation that nothing has violated. A state writes only what is legal in it; all else falls to
 * {@link #otherwise} and {@link #violatedBy}.
 */
sealed interface State extends Conversation, BackendMessage.Handler<Conversation>
        permits Opening, NegotiatingEncryption, Cancelling, Connected {

    /** Returns what all states carry. */
    Exchange exchange();

    /** Returns the conversation after a message of the frontend. */
    Conversation demanded(Demand demand);

    /** Returns how many frontend messages the backend must have received to send what this state expects of it. */
    long cause(BackendMessage message);

    @Override
    default Conversation after(FrontendMessage message) {
        Demand demand = Demand.of(message);
        return demand == Demand.UNKNOWN && message instanceof UnknownMessage unknown
                ? violatedBy(Direction.FRONTEND, nameOf(unknown), ", which no frontend sends")
                : demanded(demand);
    }

    @Override
    default Conversation after(BackendMessage message) {
        return message.dispatch(this);
    }

    @Override
    default Conversation afterOversized(Direction from, byte type) {
        return Oversized.after(this, from, type);
    }

    /** A backend message that this state does not provide for. */
    @Override
    default Conversation otherwise(BackendMessage message) {
        String name = message instanceof UnknownMessage unknown ? nameOf(unknown) : message.name();
        return violatedBy(Direction.BACKEND, name, ", but the backend owed " + expectedFromBackend());
    }

    /** A frontend message that this state does not provide for. */
    default Conversation violatedBy(Demand demand, String detail) {
        return violatedBy(Direction.FRONTEND, demand.messageName(), detail);
    }

    default Conversation violatedBy(Direction direction, String messageName, String detail) {
        return Violated.by(this, direction, messageName, detail);
    }

    private static String nameOf(UnknownMessage message) {
        return "Message of unknown type 0x%02X".formatted(message.type() & 0xFF);
    }

    /**
     * Tells whether the server ends the session with this error. What cannot be recognised, such as a severity that a
     * server before 9.6 translated, does not.
     */
    static boolean isFatal(ErrorResponse message) {
        String severity = message.severity();
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    @Override
    default long answers(BackendMessage message) {
        if (after(message).isViolated()) {
            return exchange().sent();
        }
        boolean asynchronous = message instanceof NoticeResponse
                || message instanceof ParameterStatus
                || message instanceof NotificationResponse;
        return asynchronous ? 0 : cause(message);
    }

    @Override
    default long answersOversized(byte type) {
        BackendMessage standIn = Oversized.standIn(type);
        return standIn == null ? exchange().sent() : answers(standIn);
    }

    @Override
    default @Nullable TransactionStatus transactionStatus() {
        return exchange().status();
    }

    @Override
    default ReadyOwed readyOwed() {
        return exchange().owed().isEmpty()
                ? ReadyOwed.NONE
                : exchange().readyOwed(exchange().doubtful());
    }

    @Override
    default @Nullable Demand owed() {
        return exchange().owed().head();
    }

    @Override
    default long frontendMessages() {
        return exchange().sent();
    }

    @Override
    default boolean isTerminated() {
        return exchange().terminated();
    }

    @Override
    default boolean mayEnd() {
        return isTerminated() && readyOwed().least() == 0;
    }

    @Override
    default @Nullable Violated violation() {
        return null;
    }
}
