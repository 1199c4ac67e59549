package org.pgreel.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Relay;
import org.pgreel.client.RelayReceiver;
import org.pgreel.client.Session;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;

/** What somebody else says, for as long as the session lives: messages as they are given, and what the server answers. */
final class RelayOperation extends Operation<Void> {

    private final RelayReceiver receiver;
    private final Effects effects;
    private final Deque<FrontendMessage> given = new ArrayDeque<>();

    RelayOperation(RelayReceiver receiver, Effects effects) {
        super("", List.of());
        this.receiver = receiver;
        this.effects = effects;
    }

    /** The application's end of a session that relays. */
    static Relay of(LiveSession session, RelayReceiver receiver, Effects effects) {
        RelayOperation operation = new RelayOperation(receiver, effects);
        session.submitted(operation);
        return new Relay() {
            @Override
            public Session session() {
                return session;
            }

            @Override
            public void send(List<? extends FrontendMessage> messages) {
                List<FrontendMessage> copy = List.copyOf(messages);
                session.change(() -> operation.given.addAll(copy));
            }
        };
    }

    @Override
    String kind() {
        return "relay";
    }

    @Override
    boolean leavesRoomBehind() {
        return false;
    }

    @Override
    boolean commitsBehindCompletion() {
        return false;
    }

    @Override
    @Nullable
    Void result() {
        return null;
    }

    @Override
    void begin(Outbound outbound) {
        outbound.sent(this);
        proceed(outbound);
    }

    @Override
    void proceed(Outbound outbound) {
        for (FrontendMessage next = given.peek(); next != null && outbound.takesMore(); next = given.peek()) {
            outbound.send(given.remove());
            outbound.transmitIfMuch();
        }
    }

    @Override
    void heard(BackendMessage message, Outbound outbound) {
        tell(() -> receiver.heard(message));
    }

    @Override
    @Nullable
    String ready(boolean committable, TransactionStatus reported) {
        tell(() -> receiver.heard(new ReadyForQuery(reported)));
        return null;
    }

    @Override
    void exceeded(String messageName, long length, long allowed) {
        tell(() -> receiver.oversized((byte) (messageName.equals("DataRow") ? 'D' : 'd')));
    }

    /** What a receiver throws is reported and changes nothing. */
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
            effects.receiverFailed("RelayReceiver", thrown);
        }
    }

    @Override
    void copyInAsked(Outbound outbound) {
        // Whoever asked for it says what follows.
    }

    /** Any ReadyForQuery may be its own: what answers what is the conversation's to know. */
    @Override
    boolean isAnswered() {
        return true;
    }
}
