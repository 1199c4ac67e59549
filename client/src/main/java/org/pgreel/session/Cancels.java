package org.pgreel.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.tap.SessionTap;

/**
 * The session's cancel requests, one connection at a time.
 *
 * <p>A request never outlives what it was meant for: it is given up if the operation is answered before it was sent, and
 * once it was sent no further operation is put on the wire before the server has ended its connection. The server signals
 * the backend before it ends that connection ({@code ProcessCancelRequest} in its {@code postmaster}), so a later
 * statement cannot be hit.
 *
 * <p>A backend ignores a request that finds it between two messages ({@code ProcessInterrupts} in its {@code postgres.c}),
 * also when the statement's own are on their way. Who waits for the answer may cancel again; for an operation that nobody
 * waits for it is done here.
 */
final class Cancels implements CancelConnection.Owner {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final ConnectOptions options;
    private final Effects effects;
    private final Greeting greeting;
    private final Consumer<Runnable> turns;
    private final Deque<CompletableFuture<CancelOutcome>> requested = new ArrayDeque<>();
    private final List<CompletableFuture<CancelOutcome>> asked = new ArrayList<>();
    private final List<CompletableFuture<CancelOutcome>> askedForNext = new ArrayList<>();
    private final Set<Operation<?>> unawaited = Collections.newSetFromMap(new IdentityHashMap<>());
    private Duration pause = FIRST_PAUSE;
    private @Nullable SessionTap tap;
    private @Nullable BackendKeyData key;
    private @Nullable CancelConnection underWay;
    private @Nullable Operation<?> target;
    private @Nullable Operation<?> nextTarget;
    private int connections = 1;
    private boolean overdue;

    /**
     * Prepares the requests.
     *
     * @param turns takes an input of a cancel connection as one of the session
     */
    Cancels(ConnectOptions options, Effects effects, Greeting greeting, Consumer<Runnable> turns) {
        this.options = options;
        this.effects = effects;
        this.greeting = greeting;
        this.turns = turns;
    }

    void tapWith(SessionTap sessionTap) {
        tap = sessionTap;
    }

    /** The session's own connection has that number; those of requests follow it. */
    void connection(int number) {
        connections = number;
        key = null;
    }

    /** The server told its key; the last one counts. */
    void keyed(BackendKeyData told) {
        // A copy, because the chunk that it came in would live as long as the session.
        key = new BackendKeyData(told.processId(), Bytes.wrap(told.secretKey().toArray()));
    }

    /** Tells whether the server gave the key that a request must carry. */
    boolean possible() {
        return key != null;
    }

    /** Tells whether a request is under way, so that no operation may be put on the wire. */
    boolean underWay() {
        return underWay != null;
    }

    /** The application cancels; its turn comes by {@link #takeRequested}, unless the session ends before. */
    void requested(CompletableFuture<CancelOutcome> outcome) {
        requested.add(outcome);
    }

    /** The turn of the first that was requested has come. */
    CompletableFuture<CancelOutcome> takeRequested() {
        return requested.remove();
    }

    /**
     * Cancels an operation.
     *
     * @param operation the oldest on the wire; null if there is none
     * @param outcome completed with what becomes of the request
     */
    void cancel(@Nullable Operation<?> operation, CompletableFuture<CancelOutcome> outcome) {
        BackendKeyData told = key;
        if (operation == null) {
            outcome.complete(new CancelOutcome.NothingToCancel());
        } else if (told == null) {
            outcome.complete(new CancelOutcome.Failed("the server told no key to cancel with", null));
        } else if (underWay == null) {
            asked.add(outcome);
            begin(operation, told);
        } else if (target == operation) {
            asked.add(outcome);
        } else {
            askedForNext.add(outcome);
            nextTarget = operation;
        }
    }

    /**
     * Cancels an operation, whenever it is the oldest on the wire, until it is answered.
     *
     * @param head the oldest on the wire; null if there is none
     */
    @SuppressWarnings("ReferenceEquality") // An operation is one of a kind.
    void unawaited(Operation<?> operation, @Nullable Operation<?> head) {
        if (!operation.sendsNothing() && unawaited.add(operation) && operation == head) {
            leads(operation);
        }
    }

    /** An operation, or a new Sync segment of it, is the oldest on the wire. */
    void leads(Operation<?> operation) {
        if (!unawaited.isEmpty() && unawaited.contains(operation)) {
            pause = FIRST_PAUSE;
            cancel(operation, new CompletableFuture<>());
        }
    }

    private void begin(Operation<?> operation, BackendKeyData told) {
        target = operation;
        overdue = false;
        var connection = new CancelConnection(
                ++connections, new CancelRequest(told.processId(), told.secretKey()), greeting.protection(), this, tap);
        underWay = connection;
        effects.armTimer(Timer.CANCEL, options.cancelTimeout());
        connection.opened(effects.connectAgain(connection));
    }

    @Override
    public void turn(Runnable input) {
        turns.accept(input);
    }

    @Override
    public void sent() {
        if (target != null) {
            target.cancelWasSent();
        }
    }

    @Override
    public void ended(CancelOutcome outcome) {
        Operation<?> meant = target;
        underWay = null;
        target = null;
        overdue = false;
        effects.disarm(Timer.CANCEL);
        complete(asked, outcome);
        Operation<?> next = nextTarget;
        BackendKeyData told = key;
        nextTarget = null;
        if (next != null && told != null) {
            asked.addAll(askedForNext);
            askedForNext.clear();
            begin(next, told);
        } else if (unawaited.contains(meant)) {
            effects.armTimer(Timer.CANCEL, pause);
            pause = pause.multipliedBy(2);
        }
    }

    /** Gives up a request that was not sent and that nobody else asked for. */
    @SuppressWarnings("ReferenceEquality") // A future is one of a kind.
    void withdraw(CompletableFuture<CancelOutcome> own) {
        CancelConnection connection = underWay;
        if (connection != null && !connection.sent() && asked.size() == 1 && asked.get(0) == own) {
            connection.giveUp(new CancelOutcome.NothingToCancel());
        }
    }

    private static void complete(Collection<CompletableFuture<CancelOutcome>> futures, CancelOutcome outcome) {
        List<CompletableFuture<CancelOutcome>> all = List.copyOf(futures);
        futures.clear();
        all.forEach(future -> future.complete(outcome));
    }

    /** An operation was answered: a request for it that was not sent never is. */
    void answered(Operation<?> operation, boolean idle) {
        if (!unawaited.isEmpty() && unawaited.remove(operation) && underWay == null) {
            effects.disarm(Timer.CANCEL);
        }
        if (nextTarget == operation) {
            nextTarget = null;
            complete(askedForNext, new CancelOutcome.NothingToCancel());
        }
        CancelConnection connection = underWay;
        if (connection != null && target == operation && !connection.sent()) {
            connection.giveUp(new CancelOutcome.NothingToCancel());
        }
        requireAnswered(idle);
    }

    /**
     * The time for the request is over. One that was sent may still take effect, so its connection is waited for as long
     * as the operation runs; then the session cannot go on. Or the pause behind one that had no effect is over.
     *
     * @param head the oldest operation on the wire; null if there is none
     */
    void elapsed(@Nullable Operation<?> head) {
        CancelConnection connection = underWay;
        if (connection == null) {
            if (head != null && unawaited.contains(head)) {
                cancel(head, new CompletableFuture<>());
            }
            return;
        }
        if (!connection.sent()) {
            connection.giveUp(new CancelOutcome.Failed(
                    "it could not be sent within " + options.cancelTimeout().toMillis() + " ms (cancelTimeout)", null));
            return;
        }
        overdue = true;
        complete(asked, new CancelOutcome.Unanswered());
        requireAnswered(head == null);
    }

    private void requireAnswered(boolean idle) {
        if (overdue && idle) {
            throw SessionEnd.timedOut(new ShutdownReason.CancelUnanswered(options.cancelTimeout()));
        }
    }

    /** The timer of the request cannot be armed: without it the request could take for ever. */
    void timerFailed(Throwable cause) {
        CancelConnection connection = underWay;
        if (connection != null && !connection.sent()) {
            connection.giveUp(new CancelOutcome.Failed("its time limit could not be set", cause));
        }
    }

    void sessionEnds() {
        unawaited.clear();
        nextTarget = null;
        complete(requested, new CancelOutcome.NothingToCancel());
        complete(askedForNext, new CancelOutcome.NothingToCancel());
        if (underWay != null) {
            underWay.sessionEnds();
        }
    }
}
