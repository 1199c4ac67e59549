package org.pgreel.replay.fault;

import java.util.List;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.wire.Direction;

/** When a fault acts. Immutable. */
public sealed interface Moment {
    /** The side of a message on which a fault acts. */
    enum Side {
        /** Not said: an effect acts on the message, an event before it. */
        AT(""),
        /** Before its first byte. */
        BEFORE("before"),
        /** Behind its last byte. */
        AFTER("after");

        private final String word;

        Side(String word) {
            this.word = word;
        }

        /** Returns its spelling; "" when it is not said. */
        public String word() {
            return word;
        }
    }

    /** {@link AtMessage#ordinal()} of {@code #*}: each such message. */
    int EACH = 0;

    /**
     * At a message of a kind.
     *
     * @param name the message's
     * @param fields what it must hold; fields not named are free
     * @param ordinal the first is 1; {@link #EACH} for all of them
     * @param offset how many of its bytes come before, the type byte included; −1 when not said
     */
    record AtMessage(Side side, Direction direction, String name, List<Field> fields, int ordinal, int offset)
            implements Moment {
        /** Copies the list. */
        public AtMessage {
            fields = List.copyOf(fields);
        }
    }

    /** After so many bytes of the server's stream. */
    record AtByte(long offset) implements Moment {}

    /** At the message of that number in its connection, both directions counted from 1. */
    record AtNumber(int number) implements Moment {}

    /** When the connection of that number arrives. */
    record AtConnection(int number) implements Moment {}

    /** When the transaction status becomes this. */
    record AtStatus(TransactionStatus status) implements Moment {}
}
