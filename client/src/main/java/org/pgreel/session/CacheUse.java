package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.RowDescription;

/**
 * An operation's use of the {@link StatementCache}: what leads to its portal, and what the answer says of the statement that
 * was prepared. Where the server refused that statement, not the query, the operation may be sent once more: once.
 */
final class CacheUse {

    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String INVALID_STATEMENT_NAME = "26000";
    /** The server's function that says that a cached plan must not change its result type; in any language. */
    private static final String REVALIDATION = "RevalidateCachedQuery";

    private final ParameterizedQuery query;
    private final StatementCache cache;
    private @Nullable CachedStatement statement;
    private boolean parsed;
    private boolean describes;
    private boolean refused;
    private boolean sentAgain;

    CacheUse(ParameterizedQuery query, StatementCache cache) {
        this.query = query;
        this.cache = cache;
    }

    /** Sends Bind for a statement's name. */
    interface Binding {
        void send(String statement, Outbound outbound);
    }

    /**
     * Sends Parse, Bind and Describe for the unnamed portal, as far as they are needed now, behind the Close messages of
     * what was put out.
     *
     * @param behindOthers whether it is sent behind others before the same Sync
     * @param bind sends Bind
     */
    void send(boolean behindOthers, Binding bind, Outbound outbound) {
        CachedStatement held = held(behindOthers);
        if (!behindOthers && cache.hasCloses()) {
            cache.closes().forEach(outbound::send);
        }
        statement = held;
        parsed = held == null || !held.isReady();
        if (held == null) {
            outbound.send(new Parse(ExecutionOperation.UNNAMED, query.sql(), StatementKey.typesOf(query)));
        } else if (parsed) {
            outbound.send(held.parse());
        }
        bind.send(statementName(), outbound);
        describes = held == null || parsed || !held.isDescribed();
        if (describes) {
            outbound.send(ExecutionOperation.DESCRIBE);
        }
    }

    private @Nullable CachedStatement held(boolean behindOthers) {
        CachedStatement latest = cache.latest(query);
        if (latest != null) {
            return latest;
        }
        StatementKey key = StatementKey.of(query);
        return behindOthers ? cache.forUseBehindOthers(key) : cache.forUse(key);
    }

    /** Returns the name under which it was sent last. */
    String statementName() {
        return statement == null ? ExecutionOperation.UNNAMED : statement.name();
    }

    /**
     * Takes a message that brings no data.
     *
     * @param binaryResults in which format the results come
     * @return the columns, if they are known and were not asked for; otherwise null
     */
    @Nullable
    RowDescription acknowledged(BackendMessage message, boolean binaryResults) {
        if (statement == null) {
            return null;
        }
        if (message instanceof ParseComplete) {
            statement.prepared();
        } else if (message instanceof NoData) {
            cache.described(statement, null);
        } else if (message instanceof BindComplete && !describes) {
            return statement.columns(binaryResults);
        }
        return null;
    }

    /** The server described the portal. */
    void described(RowDescription columns) {
        if (statement != null) {
            cache.described(statement, columns);
        }
    }

    /**
     * Takes the operation's first error. Nothing that failed stays in the cache, unless it failed by itself.
     *
     * @param rowCame whether a row came before it
     */
    void failed(ErrorResponse response, boolean rowCame) {
        CachedStatement held = statement;
        if (held != null && !held.isReady()) {
            cache.dropped(held);
        } else if (held != null && !parsed && !rowCame) {
            refused(held, response);
        }
    }

    private void refused(CachedStatement held, ErrorResponse response) {
        if (response.sqlState().equals(INVALID_STATEMENT_NAME)) {
            cache.dropped(held);
            refused = true;
        } else if (response.sqlState().equals(FEATURE_NOT_SUPPORTED) && isOfThePlan(response)) {
            cache.outdated(held);
            refused = true;
        }
    }

    private static boolean isOfThePlan(ErrorResponse response) {
        String routine = response.fields().get('R');
        return routine == null || routine.equals(REVALIDATION);
    }

    /** The server did not read what was sent. */
    void skipped() {
        if (statement != null && !statement.isReady()) {
            cache.dropped(statement);
        }
    }

    /**
     * Tells whether the server refused what was prepared, and not the query, so that nothing of it was done and it may be
     * prepared anew.
     */
    boolean wantsAgain() {
        return refused && !sentAgain;
    }

    /**
     * It is sent, for the first time or once more.
     *
     * @return whether its answer has to be forgotten, because it is sent once more
     */
    boolean begins() {
        boolean again = refused;
        sentAgain |= refused;
        refused = false;
        return again;
    }
}
