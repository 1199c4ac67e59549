package org.pgreel.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.RowDescription;

/**
 * The statements that the client prepares of its own accord, so that a query which is used again need not be parsed again:
 * the least recently used go first when there are too many, or when they take too many bytes.
 *
 * <p>A statement is used by its name only when the server has said that it is prepared; until then, and when it cannot be
 * prepared, the query goes unnamed. What is put out is closed together with the next query that is the first before its Sync, for what is sent behind others may be skipped.
 */
final class StatementCache {

    /** For each statement that may be held, so many are remembered that were used, but not often enough. */
    private static final int REMEMBERED = 4;

    private final int countMax;
    private final long bytesMax;
    private final int threshold;
    private final Map<StatementKey, CachedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<CachedStatement> closing = new ArrayDeque<>();
    private final Map<Integer, Integer> uses;
    private long bytes;

    /** The statement that was used last, if it is ready and held. */
    private @Nullable CachedStatement latest;

    StatementCache(ConnectOptions options) {
        countMax = options.statementCacheSize();
        bytesMax = options.statementCacheBytes();
        threshold = options.prepareThreshold();
        int rememberedMax = (int) Math.min((long) countMax * REMEMBERED, Integer.MAX_VALUE);
        uses = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
                return size() > rememberedMax;
            }
        };
    }

    /** Returns the statement to use for a query now, if it is that which was used last; null says nothing. */
    @Nullable
    CachedStatement latest(ParameterizedQuery query) {
        CachedStatement used = latest;
        return used != null && used.key().isOf(query) ? used : null;
    }

    /**
     * Returns the statement to use for a query now: one that is prepared, or one to prepare with this use; null if the query
     * is to go unnamed.
     */
    @Nullable
    CachedStatement forUse(StatementKey key) {
        if (countMax == 0) {
            return null;
        }
        CachedStatement known = statements.get(key);
        latest = known != null && known.isReady() ? known : null;
        if (known != null) {
            return latest;
        }
        return isDue(key) ? prepare(key) : null;
    }

    /**
     * Returns the same for a query that follows others before the same Sync, where the server may come to skip whatever is
     * sent: what was put out cannot be closed there, so it cannot be prepared anew either.
     */
    @Nullable
    CachedStatement forUseBehindOthers(StatementKey key) {
        boolean stillThere =
                closing.stream().anyMatch(statement -> statement.key().equals(key));
        return stillThere ? null : forUse(key);
    }

    /** By their hashes: two that share one are prepared a use early, which harms nobody. */
    private boolean isDue(StatementKey key) {
        return uses.merge(key.hashCode(), 1, (before, one) -> Math.min(before + one, threshold)) >= threshold
                && SqlText.isPlannable(key.sql());
    }

    private @Nullable CachedStatement prepare(StatementKey key) {
        CachedStatement fresh = new CachedStatement(key);
        if (!makeRoom(countMax - 1, bytesMax - fresh.bytes())) {
            return null;
        }
        statements.put(key, fresh);
        bytes += fresh.bytes();
        return fresh;
    }

    /** Puts out what was used least recently; what is being prepared stays, for nothing is known of it. */
    private boolean makeRoom(int countLeft, long bytesLeft) {
        Iterator<CachedStatement> eldest = statements.values().iterator();
        while ((statements.size() > countLeft || bytes > bytesLeft) && eldest.hasNext()) {
            CachedStatement statement = eldest.next();
            if (statement.isReady()) {
                eldest.remove();
                putOut(statement);
            }
        }
        return statements.size() <= countLeft && bytes <= bytesLeft;
    }

    private void putOut(CachedStatement statement) {
        latest = null;
        bytes -= statement.bytes();
        closing.add(statement);
    }

    /** Tells whether something was put out that is not closed yet. */
    boolean hasCloses() {
        return !closing.isEmpty();
    }

    /** Returns the Close messages of what was put out, each once; they go before the next query that is the first of its Sync. */
    List<Close> closes() {
        if (closing.isEmpty()) {
            return List.of();
        }
        List<Close> closes = new ArrayList<>(closing.size());
        closing.forEach(statement -> closes.add(statement.close()));
        closing.clear();
        return closes;
    }

    /** The server described a portal of a statement. */
    void described(CachedStatement statement, @Nullable RowDescription columns) {
        boolean held = holds(statement);
        bytes -= held ? statement.bytes() : 0;
        statement.described(columns);
        bytes += held ? statement.bytes() : 0;
        makeRoom(countMax, bytesMax);
    }

    private boolean holds(CachedStatement statement) {
        return statements.get(statement.key()) == statement;
    }

    /** The server does not have the statement: it could not be prepared, or somebody else dropped it. */
    void dropped(CachedStatement statement) {
        latest = null;
        if (holds(statement)) {
            statements.remove(statement.key());
            bytes -= statement.bytes();
        }
    }

    /** The statement is of no use any more, but the server has it. */
    void outdated(CachedStatement statement) {
        if (holds(statement)) {
            statements.remove(statement.key());
            putOut(statement);
        }
    }

    /** The server has dropped all that it had prepared so far; what is being prepared comes behind that. */
    void allDropped() {
        forget();
        closing.clear();
    }

    /** All that is prepared so far may mean something else now. */
    void allOutdated() {
        forget().forEach(closing::add);
    }

    private List<CachedStatement> forget() {
        latest = null;
        List<CachedStatement> ready = new ArrayList<>();
        statements.values().removeIf(statement -> statement.isReady() && ready.add(statement));
        ready.forEach(statement -> bytes -= statement.bytes());
        return ready;
    }

    /** Returns how many statements are held. */
    int count() {
        return statements.size();
    }

    /** Returns about how many bytes they take. */
    long bytes() {
        return bytes;
    }
}
