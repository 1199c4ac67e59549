package org.pgreel.session;

import org.pgreel.client.CopyReceiver;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.wire.Bytes;

/** The data of a COPY on its way to a receiver. */
final class CopyDelivery extends Delivery {

    private final CopyReceiver receiver;

    CopyDelivery(CopyReceiver receiver, Ownership owner) {
        super(owner);
        this.receiver = receiver;
    }

    void begin(CopyOutResponse format) {
        tell(() -> receiver.begins(format, this));
    }

    void data(Bytes data) {
        tell(() -> receiver.data(data));
    }

    void completed() {
        tell(receiver::completed);
    }
}
