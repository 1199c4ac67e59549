package org.pgreel.session;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.wire.Bytes;

/** What the server holds prepared for the session, as far as is known: the application's own, and the client's cache. */
final class Statements {

    private static final String SEARCH_PATH = "search_path";
    private static final List<String> MOVERS = List.of(SEARCH_PATH, "schema", "role", "authorization", "all");

    private final StatementCache cache;
    private final Map<String, String> named = new HashMap<>();
    private @Nullable String searchPath;
    private volatile String sendable = "";

    Statements(ConnectOptions options) {
        cache = new StatementCache(options);
    }

    /**
     * Refuses a text that cannot be executed by the extended protocol. Called by any thread.
     *
     * @throws IllegalArgumentException if it is COPY, or too large
     */
    void requireSendable(String sql) {
        // Mostly the text that was looked at before is sent again.
        if (!sql.equals(sendable)) {
            ExecutionOperation.refuseCopy(sql);
            ExecutionOperation.refuseUnencodable(sql);
            sendable = sql;
        }
    }

    StatementCache cache() {
        return cache;
    }

    /** The server has prepared a statement for the application. */
    void prepared(String name, String sql) {
        named.put(name, sql);
    }

    /** The server has closed a statement of the application's. */
    void closed(String name) {
        named.remove(name);
    }

    /** Returns the text of a statement that the application prepared; null if that is not known. */
    @Nullable
    String sqlOf(String name) {
        return named.get(name);
    }

    /** A statement was completed, of which the text may be unknown: some of them change what is prepared. */
    void completed(CommandComplete completion, String sql) {
        Bytes tag = completion.tagBytes();
        if (tag.length() < 3 || (tag.byteAt(0) != 'D' && tag.byteAt(0) != 'S' && tag.byteAt(0) != 'R')) {
            return;
        }
        if (is(tag, "DISCARD ALL") || is(tag, "DEALLOCATE ALL")) {
            named.clear();
            cache.allDropped();
        } else if ((is(tag, "SET") || is(tag, "RESET")) && mayMoveSearchPath(sql)) {
            cache.allOutdated();
        }
    }

    private static boolean is(Bytes tag, String word) {
        if (tag.length() != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (tag.byteAt(i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Servers before 18 do not report the search path. It is set by its name, by RESET ALL, and by another role, whose own
     * setting does not hold but whose {@code "$user"} does. Where it moves otherwise (a function, the end of a transaction)
     * the server finds out by itself, and says so if the columns are others then.
     */
    private static boolean mayMoveSearchPath(String sql) {
        String text = sql.toLowerCase(Locale.ROOT);
        return text.isEmpty() || MOVERS.stream().anyMatch(text::contains);
    }

    /** The server reported a parameter. */
    void reported(ParameterStatus status) {
        if (status.parameter().equals(SEARCH_PATH)) {
            if (searchPath != null && !searchPath.equals(status.value())) {
                cache.allOutdated();
            }
            searchPath = status.value();
        }
    }
}
