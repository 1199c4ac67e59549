package org.pgreel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.PipelineReceiver;
import org.pgreel.protocol.message.TransactionStatus;

/** A pipeline with a Sync behind each element: each is completed by its own ReadyForQuery. */
final class SteppedPipelineOperation extends PipelineOperation {

    SteppedPipelineOperation(List<ExecutionOperation> elements, PipelineReceiver receiver, Effects effects) {
        super(elements, receiver, effects);
    }

    /** An element behind which another was sent may not come after it: the order is promised. */
    @Override
    boolean wantsAgain() {
        return !elements().isEmpty() && currentIsLastSent() && current().wantsAgain();
    }

    @Override
    void begin(Outbound outbound) {
        if (wantsAgain()) {
            beginAgain(outbound);
        } else {
            super.begin(outbound);
        }
    }

    @Override
    void send(ExecutionOperation element, boolean last, Outbound outbound) {
        element.begin(outbound);
    }

    @Override
    @Nullable
    String ready(boolean committable, TransactionStatus reported) {
        if (elements().isEmpty()) {
            return over();
        }
        current().complete(committable, reported);
        if (currentIsLast()) {
            return over();
        }
        advance();
        return null;
    }

    @Override
    String abandon(Failure end, boolean committable) {
        for (ExecutionOperation element :
                elements().subList(currentIndex(), elements().size())) {
            element.abandon(end, committable);
        }
        return over();
    }
}
