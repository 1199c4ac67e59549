package org.pgreel.session;

import org.pgreel.client.CopyReceiver;
import org.pgreel.protocol.message.CopyOutResponse;

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

    /** Takes a CopyData's body. */
    void data(byte[] buffer, int from, int to) {
        if (isOver()) {
            return;
        }
        enter();
        try {
            receiver.data(buffer, from, to);
        } catch (Throwable thrown) {
            threw(thrown);
        } finally {
            leave();
        }
    }

    void completed() {
        tell(receiver::completed);
    }
}
