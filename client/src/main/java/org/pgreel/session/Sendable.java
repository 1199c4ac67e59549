package org.pgreel.session;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.pgreel.client.NamedQuery;

/** Returns what can be sent, and refuses what cannot, on the caller's thread. */
final class Sendable {

    private Sendable() {}

    static String text(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the SQL text holds a NUL, which ends a string on the wire");
        }
        return sql;
    }

    static String name(String name) {
        return NamedQuery.of(name, List.of()).name();
    }

    static String payload(String payload) {
        if (payload.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the payload holds a NUL, which no text of the server's can");
        }
        return payload;
    }

    static int window(int window) {
        if (window < 0) {
            throw new IllegalArgumentException("a window of " + window + " rows: 0 is without limit");
        }
        return window;
    }

    static <T> Flow.Subscriber<? super T> subscriber(Flow.Subscriber<? super T> subscriber) {
        return Objects.requireNonNull(subscriber, "subscriber");
    }
}
