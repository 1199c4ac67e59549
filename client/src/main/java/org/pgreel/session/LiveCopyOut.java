package org.pgreel.session;

import java.util.concurrent.CompletableFuture;
import org.pgreel.client.CopyOut;
import org.pgreel.client.QueryResult;

/** The application's end of a {@link CopyOutOperation}. */
record LiveCopyOut(CopyOutOperation operation, CopyDelivery data) implements CopyOut {

    @Override
    public void pause() {
        data.pause();
    }

    @Override
    public void resume() {
        data.resume();
    }

    @Override
    public void stop() {
        data.stop();
    }

    @Override
    public CompletableFuture<QueryResult> done() {
        return operation.future();
    }
}
