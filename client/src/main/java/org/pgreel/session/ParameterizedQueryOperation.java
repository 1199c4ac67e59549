package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.RowDescription;

/**
 * A statement with parameters: Parse, Bind, Describe, Execute; without Parse if the cache has the statement, and without
 * Describe if it knows its columns.
 */
final class ParameterizedQueryOperation extends ExecutionOperation {

    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String INVALID_STATEMENT_NAME = "26000";
    /** The server's function that says that a cached plan must not change its result type; in any language. */
    private static final String REVALIDATION = "RevalidateCachedQuery";

    /** Parse, Bind, Describe, Execute. */
    private static final int MESSAGES_MAX = 4;

    private final StatementKey key;
    private final StatementCache cache;
    private @Nullable CachedStatement statement;
    private boolean parsed;
    private boolean describes;
    private boolean refused;
    private boolean sentAgain;

    ParameterizedQueryOperation(ParameterizedQuery query, @Nullable RowDelivery rows, Statements statements) {
        super(query.sql(), query.parameters(), query.binaryResults(), rows);
        refuseCopy(query.sql());
        refuseUnencodable(query.sql());
        key = new StatementKey(query.sql(), types(query));
        cache = statements.cache();
    }

    /** Returns Parse, Bind and Describe for the unnamed portal. */
    static List<FrontendMessage> binding(ParameterizedQuery query) {
        refuseCopy(query.sql());
        return List.of(
                new Parse(UNNAMED, query.sql(), types(query)),
                bind(UNNAMED, query.parameters(), resultFormats(query.binaryResults())),
                DESCRIBE);
    }

    private static List<Integer> types(ParameterizedQuery query) {
        List<Integer> types = new ArrayList<>(query.parameters().size());
        for (Parameter parameter : query.parameters()) {
            types.add(parameter.typeOid());
        }
        return types;
    }

    @Override
    String kind() {
        return "parameterized-query";
    }

    @Override
    List<FrontendMessage> execution() {
        CachedStatement held = isBehindOthers() ? cache.forUseBehindOthers(key) : cache.forUse(key);
        List<Close> closes = isBehindOthers() ? List.of() : cache.closes();
        List<FrontendMessage> messages = new ArrayList<>(closes.size() + MESSAGES_MAX);
        messages.addAll(closes);
        statement = held;
        parsed = held == null || !held.isReady();
        if (held == null) {
            messages.add(new Parse(UNNAMED, key.sql(), key.types()));
        } else if (parsed) {
            messages.add(held.parse());
        }
        messages.add(bind(held == null ? UNNAMED : held.name()));
        describes = held == null || parsed || !held.isDescribed();
        if (describes) {
            messages.add(DESCRIBE);
        }
        messages.add(EXECUTE);
        return messages;
    }

    @Override
    void acknowledged(BackendMessage message) {
        if (statement == null) {
            return;
        }
        if (message instanceof ParseComplete) {
            statement.prepared();
        } else if (message instanceof NoData) {
            cache.described(statement, null);
        } else if (message instanceof BindComplete && !describes) {
            RowDescription columns = statement.columns(binaryResults());
            if (columns != null) {
                super.described(columns);
            }
        }
    }

    @Override
    void described(RowDescription columns) {
        super.described(columns);
        if (statement != null) {
            cache.described(statement, columns);
        }
    }

    /** Nothing that failed stays in the cache, unless it failed by itself. */
    @Override
    void failed(ErrorResponse response) {
        CachedStatement held = statement;
        if (held != null && !hasFailed()) {
            if (!held.isReady()) {
                cache.dropped(held);
            } else if (!parsed && !rowCame()) {
                refused(held, response);
            }
        }
        super.failed(response);
    }

    @Override
    void skipped() {
        if (statement != null && !statement.isReady()) {
            cache.dropped(statement);
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

    /**
     * The server refused what was prepared, not the statement, and nothing of it was done: it is prepared anew, once.
     */
    @Override
    boolean wantsAgain() {
        return refused && !sentAgain;
    }

    @Override
    void begin(Outbound outbound) {
        sendAgain();
        super.begin(outbound);
    }

    /** Forgets that it was refused, if it was. */
    void sendAgain() {
        if (refused) {
            sentAgain = true;
            refused = false;
            forgetAnswer();
        }
    }
}
