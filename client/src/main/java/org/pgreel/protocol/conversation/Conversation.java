package org.pgreel.protocol.conversation;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Direction;

/**
 * Where a frontend and a backend stand with each other on one connection: an immutable value that advances by one
 * message and does not know who asks.
 *
 * <p>Client, recorder and server see the two directions interleaved differently. So a message is legal if a conforming
 * peer could have sent it, given that it may not have seen the other side's last messages: the backend is judged by what
 * the frontend has sent, the frontend only by what it is bound to have seen. However the network delays the two
 * directions, the same session gives the same verdict and ends in an equal value.
 *
 * <p>A message that is not legal leads to {@link Violated}, a value as well, so that bad history can be folded.
 *
 * <p>Values of this type are immutable and may be shared between threads. They keep no message, hence no secret.
 */
public sealed interface Conversation permits State, Violated {

    /** Returns the conversation of a connection on which nothing was said yet. */
    static Conversation begin() {
        return Opening.PLAIN;
    }

    /** Returns the same inside TLS that began without SSLRequest: encryption cannot be negotiated once more. */
    static Conversation beginInsideTls() {
        return Opening.ENCRYPTED;
    }

    /** Returns the conversation after a message of the frontend. */
    Conversation after(FrontendMessage message);

    /** Returns the conversation after a message of the backend; rows and the like return this. */
    Conversation after(BackendMessage message);

    /**
     * Returns the conversation after a message of either side.
     *
     * @throws ClassCastException if the side does not send such messages
     */
    default Conversation after(Direction from, Message message) {
        return from == Direction.FRONTEND ? after((FrontendMessage) message) : after((BackendMessage) message);
    }

    /**
     * Returns the conversation after a message of which only the type is known, because it is larger than the limit up to
     * which messages are decoded.
     *
     * <p>Types that carry no great values (ReadyForQuery, Sync and their like) are a violation: no server sends or reads
     * them so long. An oversized ErrorResponse is taken for one that does not end the session.
     */
    Conversation afterOversized(Direction from, byte type);

    /** Returns what it is about now. */
    Phase phase();

    /** Returns the name of its state, as the matrix of all states spells it, such as {@code CopyIn}; finer than its phase. */
    default String stateName() {
        return getClass().getSimpleName();
    }

    /** Returns the names of all states. */
    static Set<String> stateNames() {
        return StateNames.of(Conversation.class);
    }

    /** Returns what the last ReadyForQuery reported, or null before the first. */
    @Nullable
    TransactionStatus transactionStatus();

    /** Returns how many ReadyForQuery are owed; it walks what is owed. */
    ReadyOwed readyOwed();

    /**
     * Returns what the backend answers now or next, or null if nothing is owed.
     *
     * <p>{@link Demand#SYNC} stands for whatever has only its ReadyForQuery still to come.
     */
    @Nullable
    Demand owed();

    /** Returns how many messages the frontend has sent. */
    long frontendMessages();

    /**
     * Returns how many frontend messages a conforming backend must have received before it could send the message; 0 if
     * it needs no more than for the message before it, as asynchronous messages do.
     *
     * <p>While a COPY takes data, it cannot be known which of the data made it fail; an ErrorResponse then answers the
     * last of the COPY that the frontend has sent. A ReadyForQuery is taken for that of a Sync that was certainly read, not
     * of one before it that the COPY may have swallowed. For a message that is not legal it is all that the frontend has sent.
     */
    long answers(BackendMessage message);

    /** Returns the same for a message of which only the type is known, as in {@link #afterOversized}. */
    long answersOversized(byte type);

    /** Returns the names of the messages that the backend may send now, asynchronous ones aside, for people. */
    String expectedFromBackend();

    /** Tells whether the frontend sent Terminate. */
    boolean isTerminated();

    /** Tells whether the backend may close now without leaving anything unsaid. */
    boolean mayEnd();

    /** Tells whether a message broke the protocol. */
    default boolean isViolated() {
        return violation() != null;
    }

    /** Returns what broke the protocol, or null. */
    @Nullable
    Violated violation();
}
