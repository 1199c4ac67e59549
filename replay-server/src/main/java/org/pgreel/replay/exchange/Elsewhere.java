package org.pgreel.replay.exchange;

import org.pgreel.protocol.message.FrontendMessage;

/** Who may answer what a recording does not, such as a live server. Confined to the thread of the library. */
@FunctionalInterface
public interface Elsewhere {

    /**
     * Takes a question that the recording does not answer.
     *
     * @param message the client's message that asks it
     * @param why why it is not answered, as part of a sentence
     * @return false if it stays a miss; otherwise whoever takes it answers it, or says later that it is one
     */
    boolean takes(FrontendMessage message, String why);

    /** The client's last message was answered by housekeeping, so that its answer tells nothing of the database. */
    default void keptHouse() {}
}
