package org.pgreel.replay.fault;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/** What a fault does, told by what the client observes. Immutable. */
public sealed interface Effect {
    /** The message never comes. */
    record Omit() implements Effect {}

    /** The message comes twice. */
    record Duplicate() implements Effect {}

    /** The message comes behind the next one. */
    record Swap() implements Effect {}

    /**
     * Another message comes with it: before it, unless the moment says {@code after}.
     *
     * @param name the other message's
     */
    record Insert(String name, List<Field> fields) implements Effect {
        /** Copies the list. */
        public Insert {
            fields = List.copyOf(fields);
        }
    }

    /** Only so many bytes of the message come, the type byte being the first. */
    record Truncate(int bytes) implements Effect {}

    /** Other bytes stand at that offset of the message, the type byte being 0. */
    record Corrupt(int at, Bytes bytes) implements Effect {}

    /** A field says something else; nothing that depends on it is adjusted. */
    record Set(Field field) implements Effect {}

    /** The message comes in two writes. */
    record Split(int at) implements Effect {}

    /** The message comes in writes of so many bytes. */
    record Chop(int size) implements Effect {}

    /** A message of the frontend is taken as if it had not come. */
    record Ignore() implements Effect {}

    /** From here on nothing reaches the client; the socket stays open and is read. */
    record Swallow() implements Effect {}

    /** From here on nothing is read. */
    record Deaf() implements Effect {}

    /** From here on bytes come in writes of at least so many, or 40 ms later. */
    record Coalesce(int bytes) implements Effect {}

    /** From here on no more than so many bytes come in a second. */
    record Throttle(int bytesPerSecond) implements Effect {}

    /** From here on so many more of the server's connections are taken by others. */
    record Occupy(int connections) implements Effect {}

    /** Nothing comes for that time. */
    record Delay(Duration time) implements Effect {}

    /** Silence with the socket open; null: for ever. */
    record Stall(@Nullable Duration time) implements Effect {}

    /** The stream ends, and the client's is read on: a half-close. */
    record Eof() implements Effect {}

    /** The connection ends in order. */
    record Close() implements Effect {}

    /** The connection is reset: reads fail at once. */
    record Reset() implements Effect {}

    /** Returns its word in the notation. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /** Tells whether it changes one message of that direction, rather than the connection. */
    default boolean onMessage(Direction direction) {
        boolean frontend = this instanceof Ignore;
        boolean backend = this instanceof Omit
                || this instanceof Duplicate
                || this instanceof Swap
                || this instanceof Insert
                || this instanceof Truncate
                || this instanceof Corrupt
                || this instanceof Set
                || this instanceof Split
                || this instanceof Chop;
        return direction == Direction.FRONTEND ? frontend : backend;
    }
}
