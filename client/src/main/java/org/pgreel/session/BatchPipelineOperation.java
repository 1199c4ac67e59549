package org.pgreel.session;

import java.util.List;
import java.util.Set;
import org.pgreel.client.NotExecutedException;
import org.pgreel.client.PipelineReceiver;
import org.pgreel.client.QueryResult;
import org.pgreel.client.RolledBackException;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * A pipeline with one Sync behind all: nothing is settled before its ReadyForQuery, and the error of one element is that of
 * all that are not committed by a COMMIT among them.
 */
final class BatchPipelineOperation extends PipelineOperation {

    private static final Set<String> FATAL = Set.of("FATAL", "PANIC");

    BatchPipelineOperation(List<ExecutionOperation> elements, PipelineReceiver receiver, Effects effects) {
        super(elements, receiver, effects);
        elements.stream().skip(1).forEach(ExecutionOperation::behindOthers);
    }

    @Override
    void begin(Outbound outbound) {
        if (!elements().isEmpty() && elements().get(0) instanceof ParameterizedQueryOperation first) {
            first.sendAgain();
        }
        super.begin(outbound);
    }

    @Override
    void send(ExecutionOperation element, boolean last, Outbound outbound) {
        element.send(outbound);
        if (last) {
            outbound.send(ExecutionOperation.SYNC);
        }
    }

    @Override
    void heard(BackendMessage message, Outbound outbound) {
        super.heard(message, outbound);
        if (current().isAnswered() && !current().hasFailed() && !currentIsLast()) {
            advance();
        }
    }

    /** Before its first element nothing was done that would be done twice. */
    @Override
    boolean wantsAgain() {
        return currentIndex() == 0 && current().wantsAgain();
    }

    @Override
    String ready(boolean committable, TransactionStatus reported) {
        ErrorResponse error = elements().isEmpty() ? null : current().error();
        if (error != null) {
            fail(error, committable, reported);
        } else {
            elements().forEach(element -> element.complete(committable, reported));
        }
        return over();
    }

    @Override
    String abandon(Failure end, boolean committable) {
        ErrorResponse error = elements().isEmpty() ? null : current().error();
        if (error != null) {
            fail(error, committable, TransactionStatus.IDLE);
        } else {
            elements().forEach(element -> element.abandon(end, committable));
        }
        return over();
    }

    /** An ERROR says what became of all; a FATAL one that proves nothing leaves all in doubt. */
    private void fail(ErrorResponse error, boolean committable, TransactionStatus reported) {
        ExecutionOperation failed = current();
        int committed = committed();
        boolean told = failed.isUndone() || !FATAL.contains(error.severity());
        for (int i = 0; i < elements().size(); i++) {
            ExecutionOperation element = elements().get(i);
            if (i > currentIndex()) {
                element.skipped();
            }
            if (i <= committed || i == currentIndex()) {
                element.complete(committable, reported);
            } else if (!told) {
                element.fail(new ServerErrorException(error, element.effect(committable)));
            } else if (i < currentIndex()) {
                ServerEffect effect = effectOf(i, committable);
                element.fail(new RolledBackException(currentIndex(), new ServerErrorException(error, effect), effect));
            } else {
                var cause = new ServerErrorException(error, ServerEffect.NONE);
                element.fail(new NotExecutedException(currentIndex(), cause));
            }
        }
    }

    /** Returns the index of the last element behind which all before was committed; −1 if there is none. */
    private int committed() {
        for (int i = currentIndex() - 1; i >= 0; i--) {
            List<QueryResult> results = elements().get(i).results().results();
            if (!results.isEmpty() && results.get(0).commandTag().equals("COMMIT")) {
                return i;
            }
        }
        return -1;
    }

    /** What commits by itself, or ends the transaction, may have kept what was before it. */
    private ServerEffect effectOf(int index, boolean committable) {
        boolean mayBeKept =
                elements().subList(index, currentIndex() + 1).stream().anyMatch(Operation::controlsTransactions);
        return mayBeKept ? elements().get(index).effect(committable) : ServerEffect.NONE;
    }
}
