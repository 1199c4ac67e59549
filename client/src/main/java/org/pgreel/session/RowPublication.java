package org.pgreel.session;

import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Row;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowView;

/** A subscriber's rows of a stream; the next window is asked for when the last was given and more is wanted. */
final class RowPublication extends Publication<Row> implements RowReceiver {

    private final Ownership owner;
    private final Function<RowDelivery, StreamOperation> streams;
    private @Nullable StreamOperation stream;
    private boolean suspended;

    /**
     * Creates it.
     *
     * @param streams makes a stream whose rows go that way
     */
    RowPublication(
            Ownership owner, Function<RowDelivery, StreamOperation> streams, Flow.Subscriber<? super Row> subscriber) {
        super(owner, subscriber);
        this.owner = owner;
        this.streams = streams;
    }

    @Override
    Operation<?> operation() {
        RowDelivery rows = new RowDelivery(this, owner);
        flowsBy(rows);
        StreamOperation operation = streams.apply(rows);
        stream = operation;
        return operation;
    }

    @Override
    void wanted() {
        if (suspended && hasDemand() && stream != null) {
            suspended = false;
            stream.fetch();
        }
    }

    @Override
    public void row(RowView row) {
        came(row.toRow());
    }

    @Override
    public void suspended() {
        suspended = true;
        wanted();
    }
}
