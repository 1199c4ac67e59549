package org.pgreel.session;

import org.pgreel.client.RowReceiver;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.type.KnownTypes;

/** Rows on their way to a receiver, one view for all of them. */
final class RowDelivery extends Delivery {

    private final RowReceiver receiver;
    private final RowCursor cursor = new RowCursor();
    private boolean rowCame;

    RowDelivery(RowReceiver receiver, Ownership owner) {
        super(owner);
        this.receiver = receiver;
    }

    /** The rows know these types. */
    void know(KnownTypes types) {
        cursor.know(types);
    }

    void begin() {
        tell(() -> receiver.begins(this));
    }

    void described(RowDescription columns) {
        cursor.describe(columns);
        tell(() -> receiver.columns(columns));
    }

    /** Takes a DataRow's body, which is looked at also when nobody wants it. */
    void row(byte[] buffer, int from, int to) {
        rowCame = true;
        cursor.move(buffer, from, to);
        if (isOver()) {
            return;
        }
        enter();
        try {
            receiver.row(cursor);
        } catch (Throwable thrown) {
            threw(thrown);
        } finally {
            leave();
        }
    }

    /** Tells whether a row came. */
    boolean rowCame() {
        return rowCame;
    }

    void suspended() {
        tell(receiver::suspended);
    }

    void completed(String tag) {
        cursor.undescribe();
        tell(() -> receiver.completed(tag));
    }
}
