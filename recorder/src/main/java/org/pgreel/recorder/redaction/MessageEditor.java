package org.pgreel.recorder.redaction;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Direction;

/** Changes messages, never their lengths. It is told every message of a session in order, and confined to one thread. */
public interface MessageEditor {

    /**
     * Where a message stands.
     *
     * @param connection the ordinal of its connection
     * @param number its number within the session, from 1
     */
    record Place(int connection, long number) {}

    /**
     * Hears of the next message.
     *
     * @return what stands in its place, as long as the message itself; null if it stays
     */
    @Nullable
    Message edit(Place place, Direction direction, Message message);

    /**
     * Hears of the next message, and answers when it can: at once, or when more of its direction came. What was not
     * answered when the connection ended stays.
     *
     * @param answer takes what {@link #edit(Place, Direction, Message)} returns, once
     */
    default void edit(Place place, Direction direction, Message message, Consumer<@Nullable Message> answer) {
        answer.accept(edit(place, direction, message));
    }

    /**
     * Hears of bytes that are no message, or of a message too large to be held; they stay as they are.
     *
     * @param place where they stand
     * @param what what they are, as part of a sentence
     */
    default void unread(Place place, String what) {}

    /** Hears of a note that the user made; it stays as it is. */
    default void noted(String text) {}

    /** Hears that a connection ended, whose ordinal may come again; or the events of a session that did not end. */
    default void ended(int connection) {}
}
