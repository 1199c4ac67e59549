package org.pgreel.recorder.projection;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.recording.MessageProjection;
import org.pgreel.recorder.recording.ReadingStart;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;

/**
 * Folds the events of one session, in order, into the state of a projection. Confined to one thread.
 *
 * @param <S> the projection's state
 */
public final class Fold<S> {

    /**
     * Where a fold stood between two events. A fold that goes on from here gives what the one before would have given.
     *
     * @param events how many events it took, which is the sequence of the next
     * @param messages where the decoding of messages stood
     * @param state the projection's state; never changed
     * @param <S> the projection's state
     */
    public record Snapshot<S>(long events, MessageProjection.Snapshot messages, S state) {}

    private final Projection<S> projection;
    private final MessageProjection messages;
    private final long lastWanted;
    private S state;
    private long events;
    private long lastMessage;
    private @Nullable RecordedMessage lastTaken;

    /**
     * Begins at the beginning of a session.
     *
     * @param projection what is folded
     */
    public Fold(Projection<S> projection) {
        this(projection, Long.MAX_VALUE);
    }

    /**
     * Begins at the beginning of a session and goes no further than a message.
     *
     * @param projection what is folded
     * @param lastWanted the number of the message behind which the state does not change any more
     */
    public Fold(Projection<S> projection, long lastWanted) {
        this.projection = projection;
        this.messages = new MessageProjection(this::message);
        this.lastWanted = lastWanted;
        this.state = projection.initial();
    }

    /**
     * Goes on where another fold stood.
     *
     * @param projection what is folded
     * @param lastWanted as above
     * @param snapshot where the other stood
     */
    public Fold(Projection<S> projection, long lastWanted, Snapshot<S> snapshot) {
        this.projection = projection;
        this.messages = new MessageProjection(this::message, snapshot.messages());
        this.lastWanted = lastWanted;
        this.state = projection.copy(snapshot.state());
        this.events = snapshot.events();
        this.lastMessage = snapshot.messages().count();
    }

    /**
     * Returns the state of a projection behind a message of a session.
     *
     * @param projection the projection
     * @param session the session
     * @param message the number of the message, from 1; 0 for the state before the first event
     * @param <S> the projection's state
     * @throws JournalDamagedException if the session is damaged before that message
     * @throws IllegalArgumentException if the session has fewer messages; the sentence names how many
     */
    public static <S> S at(Projection<S> projection, RecordedSession session, long message) {
        Fold<S> fold = new Fold<>(projection, message);
        for (SessionEvent event : session.events()) {
            if (fold.reached()) {
                break;
            }
            fold.accept(event);
        }
        if (!fold.reached()) {
            throw new IllegalArgumentException("There is no message " + message + " in session " + session.number()
                    + ", which has " + fold.messageCount() + ".");
        }
        return fold.state();
    }

    /**
     * Returns a fold of the connections of a session that went as far as a message, and by an index straight to near it.
     *
     * @param session the session
     * @param message the number of the message; {@link Long#MAX_VALUE} for the end
     * @param damage told the sentence if the session is damaged on the way
     * @return the fold; it has not {@link #reached} the message if there is none of that number
     */
    public static Fold<Connections> ofConnections(RecordedSession session, long message, Consumer<String> damage) {
        Fold<Connections> fold = new Fold<>(new ConnectionsProjection(), message);
        Iterable<SessionEvent> events = session.events();
        ReadingStart start = session.startBefore(message);
        if (start != null) {
            try {
                fold = new Fold<>(new ConnectionsProjection(), message, SnapshotCodec.decode(start.snapshot()));
                events = start.events();
            } catch (IOException e) {
                // A snapshot of another version; then it is folded from the beginning.
                fold = new Fold<>(new ConnectionsProjection(), message);
            }
        }
        try {
            for (Iterator<SessionEvent> next = events.iterator(); !fold.reached() && next.hasNext(); ) {
                fold.accept(next.next());
            }
        } catch (JournalDamagedException e) {
            damage.accept(String.valueOf(e.getMessage()));
        }
        return fold;
    }

    /**
     * Returns the state of a projection at the end of a session.
     *
     * @param projection the projection
     * @param session the session
     * @param <S> the projection's state
     * @throws JournalDamagedException if the session is damaged
     */
    public static <S> S over(Projection<S> projection, RecordedSession session) {
        Fold<S> fold = new Fold<>(projection);
        session.events().forEach(fold::accept);
        return fold.state();
    }

    /** Takes the next event; does nothing once the last message that is wanted was reached. */
    public void accept(SessionEvent event) {
        if (reached()) {
            return;
        }
        state = projection.event(state, event);
        event.dispatch(messages);
        events++;
    }

    private void message(RecordedMessage message) {
        lastMessage = message.number();
        if (lastMessage <= lastWanted) {
            state = projection.message(state, message);
            lastTaken = message;
        }
    }

    /** Returns the last message that went into the state; null if none did since the fold began. */
    public @Nullable RecordedMessage lastTaken() {
        return lastTaken;
    }

    /** Returns whether the last message that is wanted was reached. */
    public boolean reached() {
        return lastMessage >= lastWanted;
    }

    /** Returns the state; it may change when the fold goes on. */
    public S state() {
        return state;
    }

    /** Returns how many messages there were so far, those behind the last that is wanted but in its chunk included. */
    public long messageCount() {
        return lastMessage;
    }

    /** Returns where the fold stands; not to be called once the last message that is wanted was reached in a chunk. */
    public Snapshot<S> snapshot() {
        return new Snapshot<>(events, messages.snapshot(), projection.copy(state));
    }
}
