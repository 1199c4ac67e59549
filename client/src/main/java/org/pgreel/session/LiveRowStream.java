package org.pgreel.session;

import java.util.concurrent.CompletableFuture;
import org.pgreel.client.QueryResult;
import org.pgreel.client.RowStream;

/** The application's end of a {@link StreamOperation}. */
record LiveRowStream(Ownership owner, StreamOperation operation, RowDelivery rows) implements RowStream {

    @Override
    public void fetch() {
        owner.change(operation::fetch);
    }

    @Override
    public void pause() {
        rows.pause();
    }

    @Override
    public void resume() {
        rows.resume();
    }

    @Override
    public void stop() {
        rows.stop();
    }

    @Override
    public CompletableFuture<QueryResult> done() {
        return operation.future();
    }
}
