package org.pgreel.recorder.index;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sessions that are not over, by their ids: a table that is looked into without making an object. */
final class OpenSessions {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private @Nullable NotedSession[] table = new @Nullable NotedSession[16];
    private int count;

    /** Returns a session; null if it is not there. */
    @Nullable
    NotedSession get(long id) {
        return table[at(id)];
    }

    /** Adds a session that is not there yet. */
    void add(NotedSession session) {
        if (2 * ++count > table.length) {
            @Nullable NotedSession[] before = table;
            table = new @Nullable NotedSession[2 * before.length];
            for (NotedSession one : before) {
                if (one != null) {
                    table[at(one.id())] = one;
                }
            }
        }
        table[at(session.id())] = session;
    }

    /** Removes a session and returns it; null if it is not there. */
    @Nullable
    NotedSession remove(long id) {
        int at = at(id);
        NotedSession removed = table[at];
        if (removed == null) {
            return null;
        }
        table[at] = null;
        count--;
        // Those behind it may have been put there because the place was taken.
        for (int i = next(at); table[i] != null; i = next(i)) {
            NotedSession moved = table[i];
            table[i] = null;
            if (moved != null) {
                table[at(moved.id())] = moved;
            }
        }
        return removed;
    }

    void forEach(Consumer<NotedSession> consumer) {
        for (NotedSession session : table) {
            if (session != null) {
                consumer.accept(session);
            }
        }
    }

    /** Returns where a session is, or where it would be put. */
    private int at(long id) {
        int at = (int) (id * SPREAD >>> 40) & table.length - 1;
        for (NotedSession there = table[at]; there != null && there.id() != id; there = table[at]) {
            at = next(at);
        }
        return at;
    }

    private int next(int at) {
        return at + 1 & table.length - 1;
    }
}
