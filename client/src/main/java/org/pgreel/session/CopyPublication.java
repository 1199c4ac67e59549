package org.pgreel.session;

import java.util.concurrent.Flow;
import org.pgreel.protocol.wire.Bytes;

/** A subscriber's data of a COPY. */
final class CopyPublication extends Publication<Bytes> {

    private final Ownership owner;
    private final String sql;

    CopyPublication(Ownership owner, String sql, Flow.Subscriber<? super Bytes> subscriber) {
        super(owner, subscriber);
        this.owner = owner;
        this.sql = sql;
    }

    @Override
    Operation<?> operation() {
        CopyDelivery data = new CopyDelivery(this::came, owner);
        flowsBy(data);
        return new CopyOutOperation(sql, data);
    }
}
