package org.pgreel.protocol.conversation;

import static java.util.Map.entry;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.PasswordKind;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Direction;

/**
 * Writes a conversation as bytes and reads it back, so that a fold over a long session need not begin at its beginning.
 *
 * <p>The bytes are for the version of the program that wrote them, which has to see to that itself; they hold no message.
 */
public final class ConversationCodec {

    private static final String VIOLATED = "Violated";
    private static final int DEMANDS_MAX = 1 << 20;

    private static final Map<String, Function<Parts, Conversation>> STATES = Map.ofEntries(
            entry("Opening", parts -> new Opening(parts.exchange, parts.first, parts.second)),
            entry(
                    "NegotiatingEncryption",
                    parts -> new NegotiatingEncryption(parts.exchange, parts.first, parts.second)),
            entry("Cancelling", parts -> new Cancelling(parts.exchange)),
            entry(
                    "Authenticating",
                    parts -> new Authenticating(parts.exchange, parts.first, of(Method.class, parts.detail))),
            entry(
                    "AwaitingResponse",
                    parts -> new AwaitingResponse(
                            parts.exchange, parts.first, of(PasswordKind.class, parts.detail), parts.second)),
            entry("StartingUp", parts -> new StartingUp(parts.exchange)),
            entry("Idle", parts -> new Idle(parts.exchange)),
            entry("SimpleQuery", parts -> new SimpleQuery(parts.exchange)),
            entry("SimpleRows", parts -> new SimpleRows(parts.exchange)),
            entry("SimpleCompleted", parts -> new SimpleCompleted(parts.exchange)),
            entry("Acknowledging", parts -> new Acknowledging(parts.exchange)),
            entry("DescribingStatement", parts -> new DescribingStatement(parts.exchange)),
            entry("DescribingColumns", parts -> new DescribingColumns(parts.exchange)),
            entry("Executing", parts -> new Executing(parts.exchange)),
            entry("ExecutingRows", parts -> new ExecutingRows(parts.exchange)),
            entry("CallingFunction", parts -> new CallingFunction(parts.exchange)),
            entry("CopyIn", parts -> new CopyIn(parts.exchange)),
            entry("CopyOut", parts -> new CopyOut(parts.exchange)),
            entry("CopyBoth", parts -> new CopyBoth(parts.exchange, parts.first)),
            entry("CopyEnded", parts -> new CopyEnded(parts.exchange)),
            entry("Skipping", parts -> new Skipping(parts.exchange)),
            entry("AwaitingReady", parts -> new AwaitingReady(parts.exchange)),
            entry("Ended", parts -> new Ended(parts.exchange)));

    private ConversationCodec() {}

    /** What the states are made of; those that have less leave the rest unset. */
    private record Parts(Exchange exchange, boolean first, boolean second, String detail) {

        static Parts of(State state) {
            if (state instanceof Opening opening) {
                return new Parts(opening.exchange(), opening.tlsPossible(), opening.gssPossible(), "");
            }
            if (state instanceof NegotiatingEncryption asked) {
                return new Parts(asked.exchange(), asked.tls(), asked.otherPossible(), "");
            }
            if (state instanceof Authenticating login) {
                return new Parts(
                        login.exchange(),
                        login.negotiable(),
                        false,
                        login.method().name());
            }
            if (state instanceof AwaitingResponse awaiting) {
                return new Parts(
                        awaiting.exchange(),
                        awaiting.negotiable(),
                        awaiting.optional(),
                        awaiting.kind().name());
            }
            if (state instanceof CopyBoth copy) {
                return new Parts(copy.exchange(), copy.backendDone(), false, "");
            }
            return new Parts(state.exchange(), false, false, "");
        }
    }

    /** Writes a conversation. */
    public static void write(Conversation conversation, DataOutput out) throws IOException {
        if (conversation instanceof Violated violated) {
            out.writeUTF(VIOLATED);
            write(violated.before(), out);
            out.writeChar(violated.direction().letter());
            out.writeUTF(violated.messageName());
            out.writeUTF(violated.reason());
            write(violated.pending(), out);
        } else if (conversation instanceof State state) {
            Parts parts = Parts.of(state);
            out.writeUTF(conversation.stateName());
            write(parts.exchange, out);
            out.writeBoolean(parts.first);
            out.writeBoolean(parts.second);
            out.writeUTF(parts.detail);
        }
    }

    private static void write(Exchange exchange, DataOutput out) throws IOException {
        int count = 0;
        for (Demands.Item unused : exchange.owed()) {
            count++;
        }
        out.writeInt(count);
        for (Demands.Item item : exchange.owed()) {
            out.writeUTF(item.demand.name());
            out.writeLong(item.number);
        }
        out.writeLong(exchange.sent());
        out.writeLong(exchange.lastCopied());
        out.writeInt(exchange.doubtful());
        out.writeBoolean(exchange.segmentOpen());
        out.writeBoolean(exchange.terminated());
        TransactionStatus status = exchange.status();
        out.writeUTF(status == null ? "" : status.name());
    }

    /**
     * Reads a conversation.
     *
     * @throws IOException if there is none, or one that this program does not know
     */
    public static Conversation read(DataInput in) throws IOException {
        String name = in.readUTF();
        if (name.equals(VIOLATED)) {
            Conversation before = read(in);
            Direction direction = in.readChar() == Direction.FRONTEND.letter() ? Direction.FRONTEND : Direction.BACKEND;
            return new Violated(before, direction, in.readUTF(), in.readUTF(), read(in));
        }
        Function<Parts, Conversation> state = STATES.get(name);
        if (state == null) {
            throw new IOException("no state of a conversation: " + name);
        }
        Exchange exchange = readExchange(in);
        try {
            return state.apply(new Parts(exchange, in.readBoolean(), in.readBoolean(), in.readUTF()));
        } catch (IllegalArgumentException e) {
            throw new IOException("no such detail of " + name, e);
        }
    }

    private static Exchange readExchange(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > DEMANDS_MAX) {
            throw new IOException("a queue of " + count);
        }
        try {
            Demands owed = Demands.NONE;
            for (int i = 0; i < count; i++) {
                Demand demand = Demand.valueOf(in.readUTF());
                owed = owed.and(demand, in.readLong());
            }
            return new Exchange(
                    owed,
                    in.readLong(),
                    in.readLong(),
                    in.readInt(),
                    in.readBoolean(),
                    in.readBoolean(),
                    status(in.readUTF()));
        } catch (IllegalArgumentException e) {
            throw new IOException("no such demand or status", e);
        }
    }

    private static @Nullable TransactionStatus status(String name) {
        return name.isEmpty() ? null : TransactionStatus.valueOf(name);
    }

    private static <E extends Enum<E>> E of(Class<E> type, String name) {
        return Enum.valueOf(type, name);
    }
}
