package org.pgreel.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionLostException;
import org.pgreel.client.OperationTimedOutException;
import org.pgreel.client.ProtocolViolationException;
import org.pgreel.client.SessionClosedException;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.tap.SessionTap;
import org.pgreel.type.KnownTypes;
import org.pgreel.type.TypeRegistry;

/**
 * The operations of a session: those that wait, in the order in which they were submitted, and those on the wire.
 *
 * <p>The server's messages belong to the oldest on the wire, whose ReadyForQuery completes it.
 */
final class Operations {

    /** Any row: the conversation does not look into them. */
    private static final DataRow ANY_ROW = new DataRow(Values.EMPTY);

    private static final CopyData ANY_COPY_DATA = new CopyData(Bytes.EMPTY);

    private final Outbound outbound;
    private final Dialogue dialogue;
    private final Observers observers;
    private final Cancels cancels;
    private final TimeLimit limit;
    private final Statements statements;
    private final int depth;
    private final Deque<Operation<?>> waiting = new ArrayDeque<>();
    private final Deque<Operation<?>> onWire = new ArrayDeque<>();
    private @Nullable SessionTap tap;
    private @Nullable TransactionStatus status;
    private KnownTypes types = TypeRegistry.builtIn();
    private long submitted;

    Operations(
            ConnectOptions options,
            Outbound outbound,
            Dialogue dialogue,
            Effects effects,
            Cancels cancels,
            Observers observers,
            Statements statements) {
        this.observers = observers;
        this.outbound = outbound;
        this.dialogue = dialogue;
        this.cancels = cancels;
        this.statements = statements;
        this.limit = new TimeLimit(options, effects, cancels);
        this.depth = options.pipelineDepth();
    }

    void tapWith(SessionTap sessionTap) {
        tap = sessionTap;
    }

    void submitted(Operation<?> operation) {
        operation.number(++submitted);
        operation.observedBy(observers.submitted(operation.kind()));
        waiting.add(operation);
        if (tap != null) {
            tap.operationSubmitted(operation.id(), operation.kind());
        }
    }

    /** Tells whether nothing is on the wire. */
    boolean idle() {
        return onWire.isEmpty();
    }

    /** Cancels the oldest operation on the wire. */
    void cancel(CompletableFuture<CancelOutcome> outcome) {
        cancels.cancel(onWire.peek(), outcome);
    }

    /** Nobody waits for an answer any more: its operation, or the oldest on the wire, is cancelled until it is answered. */
    @SuppressWarnings("ReferenceEquality") // A future is one of a kind.
    void unawaited(@Nullable CompletableFuture<?> answer) {
        if (answer != null && answer.isDone()) {
            return;
        }
        Operation<?> head = onWire.peek();
        Stream.concat(onWire.stream(), waiting.stream())
                .filter(operation -> operation.future() == answer)
                .findFirst()
                .or(() -> Optional.ofNullable(head))
                .ifPresent(operation -> cancels.unawaited(operation, head));
    }

    /** Returns the oldest operation on the wire; null if there is none. */
    @Nullable
    Operation<?> head() {
        return onWire.peek();
    }

    /** Returns the time limit of the oldest operation on the wire. */
    TimeLimit limit() {
        return limit;
    }

    /** Sends what may be sent now. */
    void proceed() {
        Operation<?> head = onWire.peek();
        if (head != null) {
            head.proceed(outbound);
        }
        Operation<?> last = onWire.peekLast();
        if (last != null && !cancels.underWay()) {
            last.goOn(outbound);
        }
        while (outbound.takesMore() && hasRoom()) {
            Operation<?> next = waiting.poll();
            if (next == null) {
                return;
            }
            if (next.sendsNothing()) {
                completed(next, Objects.requireNonNullElse(next.ready(false, TransactionStatus.IDLE), ""));
                continue;
            }
            onWire.add(next);
            if (!next.wantsAgain()) {
                begun(next);
            }
            next.begin(outbound);
            if (onWire.size() == 1) {
                leads(next);
            }
            outbound.transmitIfMuch();
        }
    }

    private void begun(Operation<?> operation) {
        observers.begun(operation.observers());
        know(operation);
        RowDelivery rows = operation.rows();
        if (rows != null) {
            rows.begin();
        }
    }

    /** The rows of an operation know the types that the session knows. */
    private void know(Operation<?> operation) {
        operation.results().know(types);
        RowDelivery rows = operation.rows();
        if (rows != null) {
            rows.know(types);
        }
        if (operation instanceof PipelineOperation pipeline) {
            pipeline.elements().forEach(this::know);
        }
    }

    private boolean hasRoom() {
        if (cancels.underWay()) {
            return false;
        }
        Operation<?> last = onWire.peekLast();
        if (last == null) {
            return true;
        }
        Operation<?> next = waiting.peek();
        boolean mustWait = next == null || next.sendsNothing();
        return !mustWait && onWire.size() < depth && last.leavesRoomBehind();
    }

    /** The first ReadyForQuery came, of a server with these types. */
    void ready(TransactionStatus reported, KnownTypes known) {
        status = reported;
        types = known;
    }

    /** Takes a message that is not asynchronous and answers the oldest operation on the wire. */
    void heard(BackendMessage message) {
        dialogue.heard(message);
        answered(message);
    }

    /** The same where the message has been found legal. */
    void answered(BackendMessage message) {
        Operation<?> head = onWire.peek();
        if (message instanceof ReadyForQuery ready && (head == null || !head.isAnswered())) {
            // Legal only for a Sync that a COPY might have swallowed, and did not; it answers nobody.
            status = ready.transactionStatus();
            return;
        }
        if (head == null) {
            throw SessionEnd.violation(message.name() + " while nothing was asked");
        }
        if (message instanceof ReadyForQuery ready) {
            completed(head, ready.transactionStatus());
        } else {
            if (message instanceof CommandComplete completion) {
                statements.completed(completion, head.sql());
            }
            head.heard(message, outbound);
        }
    }

    /** Takes a DataRow's body as it is, if the oldest on the wire gives its rows to a receiver; otherwise nothing happens. */
    boolean tookRow(byte[] buffer, int from, int to) {
        Operation<?> head = onWire.peek();
        RowDelivery rows = head == null ? null : head.rows();
        if (rows == null) {
            return false;
        }
        dialogue.heard(ANY_ROW);
        rows.row(buffer, from, to);
        return true;
    }

    /** Takes a CopyData's body as it is, if the oldest on the wire gives its data to a receiver; otherwise nothing happens. */
    boolean tookCopyData(byte[] buffer, int from, int to) {
        if (!(onWire.peek() instanceof CopyOutOperation head)) {
            return false;
        }
        dialogue.heard(ANY_COPY_DATA);
        head.copied(buffer, from, to);
        return true;
    }

    /** Tells whether the application wants to hear nothing more at the moment. */
    boolean holdBack() {
        Operation<?> head = onWire.peek();
        return head != null && head.holdsBack();
    }

    /** The header of a message came that is too large to be held. */
    void heardOversized(byte type, long length, long allowed) {
        dialogue.heardOversized(type);
        Operation<?> head = onWire.peek();
        if (head == null || (type != 'D' && type != 'd')) {
            throw SessionEnd.violation("a message of " + length + " bytes that is neither a row nor COPY data");
        }
        head.exceeded(type == 'D' ? "DataRow" : "CopyData", length, allowed);
    }

    private void completed(Operation<?> head, TransactionStatus reported) {
        boolean again =
                reported == TransactionStatus.IDLE && onWire.size() == 1 && head.wantsAgain() && !cancels.underWay();
        boolean committable = committable();
        onWire.remove();
        status = reported;
        if (again) {
            limit.stops();
            waiting.addFirst(head);
            return;
        }
        String outcome = head.ready(committable, reported);
        if (outcome == null) {
            onWire.addFirst(head);
        }
        Operation<?> next = onWire.peek();
        if (next == null) {
            limit.stops();
        } else {
            leads(next);
        }
        if (outcome != null) {
            completed(head, outcome);
            cancels.answered(head, onWire.isEmpty());
        }
    }

    /** An operation, or a new Sync segment of it, is the oldest on the wire. */
    private void leads(Operation<?> operation) {
        limit.runs(operation);
        cancels.leads(operation);
    }

    private void completed(Operation<?> operation, String outcome) {
        observers.completed(operation.observers(), outcome, operation.sqlState());
        if (tap != null) {
            tap.operationCompleted(operation.id(), outcome);
        }
    }

    /** What was done inside a transaction block is permanent only if something sent since could have ended the block. */
    private boolean committable() {
        boolean inBlock = status == TransactionStatus.IN_BLOCK || status == TransactionStatus.FAILED;
        return !inBlock || onWire.stream().anyMatch(o -> o.wasHandedToSocket() && o.controlsTransactions());
    }

    /** The session is over: every operation completes, in order, with the same cause. */
    void abandon(ShutdownReason reason) {
        boolean committable = committable();
        Operation.Failure failure = failure(reason);
        for (Deque<Operation<?>> queue : List.of(onWire, waiting)) {
            for (Operation<?> next = queue.poll(); next != null; next = queue.poll()) {
                abandon(next, failure, committable);
            }
        }
    }

    /** The session was over when the operation was submitted. */
    void refuse(Operation<?> operation, ShutdownReason reason) {
        operation.number(++submitted);
        operation.abandon(failure(reason), false);
    }

    private void abandon(Operation<?> operation, Operation.Failure failure, boolean committable) {
        String outcome = operation.abandon(failure, committable);
        try {
            completed(operation, outcome);
        } catch (RuntimeException e) {
            // A tap that fails while the session ends must not keep the other operations from completing.
            tap = null;
        }
    }

    private static Operation.Failure failure(ShutdownReason reason) {
        if (reason instanceof ShutdownReason.ConnectionFailed failed) {
            return effect -> new ConnectFailedException(failed.reason());
        }
        if (reason instanceof ShutdownReason.ProtocolViolation violation) {
            return effect -> new ProtocolViolationException(violation.violation(), effect);
        }
        if (reason instanceof ShutdownReason.OperationTimedOut timedOut) {
            return effect -> new OperationTimedOutException(timedOut.limit(), effect);
        }
        if (reason instanceof ShutdownReason.ConnectionLost || reason instanceof ShutdownReason.ServerError) {
            return effect -> new ConnectionLostException(reason, effect);
        }
        return effect -> new SessionClosedException(reason, effect);
    }
}
