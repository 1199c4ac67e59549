package org.pgreel.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.PgException;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineReceiver;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.BackendMessage;

/**
 * Several executions that travel together. Each is an operation of its own in all but this: the session knows only the
 * pipeline, and sends nothing else between them.
 *
 * <p>It leaves in one write as far as the transport takes it; the rest follows as there is room.
 */
abstract sealed class PipelineOperation extends Operation<List<PipelineOutcome>>
        permits SteppedPipelineOperation, BatchPipelineOperation {

    private final List<ExecutionOperation> elements;
    private final PipelineReceiver receiver;
    private final Effects effects;
    private final List<PipelineOutcome> outcomes = new ArrayList<>();
    private int sent;
    private int answered;

    PipelineOperation(List<ExecutionOperation> elements, PipelineReceiver receiver, Effects effects) {
        super("", List.of());
        this.receiver = receiver;
        this.effects = effects;
        this.elements = List.copyOf(elements);
        for (int i = 0; i < this.elements.size(); i++) {
            int index = i;
            var unused =
                    this.elements.get(i).future().whenComplete((result, failure) -> settled(index, result, failure));
        }
    }

    private void settled(int index, @Nullable QueryResult result, @Nullable Throwable failure) {
        if (result != null) {
            outcomes.add(new PipelineOutcome.Succeeded(result));
            deliver(() -> receiver.result(index, result));
        } else if (failure instanceof PgException why) {
            outcomes.add(new PipelineOutcome.Failed(why));
            deliver(() -> receiver.failed(index, why));
        }
    }

    /** What a receiver throws is reported and changes nothing. */
    private void deliver(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
            effects.receiverFailed("PipelineReceiver", thrown);
        }
    }

    /**
     * Makes a pipeline.
     *
     * @throws IllegalArgumentException if a query cannot be sent
     */
    static PipelineOperation of(
            List<? extends ExtendedQuery> queries,
            PipelineSync sync,
            PipelineReceiver receiver,
            Statements statements,
            Effects effects) {
        List<ExecutionOperation> elements = new ArrayList<>(queries.size());
        for (ExtendedQuery query : queries) {
            try {
                elements.add(ExecutionOperation.of(query, statements));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("query " + elements.size() + ": " + e.getMessage(), e);
            }
        }
        return sync == PipelineSync.EACH
                ? new SteppedPipelineOperation(elements, receiver, effects)
                : new BatchPipelineOperation(elements, receiver, effects);
    }

    @Override
    final String kind() {
        return "pipeline";
    }

    final List<ExecutionOperation> elements() {
        return elements;
    }

    /** Returns the element that is being answered. */
    final ExecutionOperation current() {
        return elements.get(answered);
    }

    final int currentIndex() {
        return answered;
    }

    final boolean currentIsLast() {
        return answered == elements.size() - 1;
    }

    /** The current element is answered; the next one's turn has come. */
    final void advance() {
        answered++;
    }

    @Override
    final boolean sendsNothing() {
        return elements.isEmpty();
    }

    @Override
    final boolean leavesRoomBehind() {
        return sent == elements.size();
    }

    @Override
    final boolean commitsBehindCompletion() {
        return true;
    }

    @Override
    void begin(Outbound outbound) {
        sent = 0;
        answered = 0;
        goOn(outbound);
    }

    /** Tells whether the element that is being answered is the last that was sent. */
    final boolean currentIsLastSent() {
        return sent == answered + 1;
    }

    /** Sends the current element once more, and then those behind it. */
    final void beginAgain(Outbound outbound) {
        sent = answered;
        goOn(outbound);
    }

    @Override
    final void goOn(Outbound outbound) {
        while (sent < elements.size() && outbound.takesMore()) {
            ExecutionOperation element = elements.get(sent);
            sent++;
            send(element, sent == elements.size(), outbound);
            outbound.transmitIfMuch();
        }
    }

    /** Sends an element. */
    abstract void send(ExecutionOperation element, boolean last, Outbound outbound);

    @Override
    void heard(BackendMessage message, Outbound outbound) {
        current().heard(message, outbound);
    }

    @Override
    final void copyInAsked(Outbound outbound) {
        current().copyInAsked(outbound);
    }

    @Override
    final void exceeded(String messageName, long length, long allowed) {
        current().exceeded(messageName, length, allowed);
    }

    @Override
    final void overran(Duration most) {
        current().overran(most);
    }

    @Override
    final void cancelWasSent() {
        current().cancelWasSent();
    }

    @Override
    final boolean isAnswered() {
        return current().isAnswered();
    }

    @Override
    final String sql() {
        return current().sql();
    }

    @Override
    final boolean wasHandedToSocket() {
        return elements.stream().anyMatch(Operation::wasHandedToSocket);
    }

    /** Counts those that the server may have read. */
    @Override
    final boolean controlsTransactions() {
        return elements.stream().anyMatch(e -> e.wasHandedToSocket() && e.controlsTransactions());
    }

    @Override
    final List<PipelineOutcome> result() {
        return outcomes;
    }

    @Override
    final @Nullable String sqlState() {
        return elements.stream()
                .map(Operation::sqlState)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Completes it, every element being done; it failed as the first that did. */
    final String over() {
        deliver(receiver::complete);
        future().complete(List.copyOf(outcomes));
        for (PipelineOutcome outcome : outcomes) {
            if (outcome instanceof PipelineOutcome.Failed failed) {
                return failed.failure().kind();
            }
        }
        return SUCCEEDED;
    }
}
