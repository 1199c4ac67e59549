package org.pgreel.replay.engine;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;

/** The server's side of one login: it asks, the client answers, until the client is let in or turned away. */
interface PasswordExchange {
    /** Returns the first question. */
    AuthenticationRequest begin();

    /** Reads the client's answer to the last question. */
    Verdict answered(FrontendMessage answer);

    /** What follows from an answer. */
    sealed interface Verdict {}

    /** There is another question. */
    record Asks(AuthenticationRequest request) implements Verdict {}

    /**
     * The client is who it says.
     *
     * @param last a message that comes before AuthenticationOk; null if there is none
     */
    record LetIn(@Nullable AuthenticationRequest last) implements Verdict {}

    /** The client is turned away. */
    record TurnedAway(ErrorResponse error) implements Verdict {}
}
