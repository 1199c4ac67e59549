package org.pgreel.replay.live;

import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Values;

/** About how many bytes of memory a message takes while it is kept. */
final class Weight {

    /** What is kept for one client before a live server has agreed: a COPY of some size, and not one of gigabytes. */
    static final long KEPT_MAX = 16L << 20;

    static final String KEPT_MAX_WORDS = "16 MiB";

    private static final int OBJECT_BYTES = 64;

    private Weight() {}

    static long of(Message message) {
        return OBJECT_BYTES + payload(message);
    }

    private static long payload(Message message) {
        if (message instanceof CopyData copy) {
            return copy.data().length();
        }
        if (message instanceof DataRow row) {
            return of(row.values());
        }
        if (message instanceof Bind bind) {
            return of(bind.parameters());
        }
        if (message instanceof Query query) {
            return query.sql().length();
        }
        return message instanceof Parse parse ? parse.sql().length() : 0;
    }

    private static long of(Values values) {
        long bytes = 0;
        for (int i = 0; i < values.count(); i++) {
            bytes += Integer.BYTES + Math.max(0, values.length(i));
        }
        return bytes;
    }
}
