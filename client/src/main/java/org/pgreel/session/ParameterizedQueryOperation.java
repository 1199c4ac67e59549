package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.RowDescription;

/**
 * A statement with parameters: Parse, Bind, Describe, Execute; without Parse if the cache has the statement, and without
 * Describe if it knows its columns.
 */
final class ParameterizedQueryOperation extends ExecutionOperation {

    private final CacheUse use;

    ParameterizedQueryOperation(ParameterizedQuery query, @Nullable RowDelivery rows, Statements statements) {
        super(query.sql(), query.parameters(), query.binaryResults(), rows);
        statements.requireSendable(query.sql());
        use = new CacheUse(query, statements.cache());
    }

    /** Refuses what cannot be sent, but for the parameters. */
    static void refuseUnsendable(ParameterizedQuery query) {
        refuseCopy(query.sql());
        refuseUnencodable(query.sql());
    }

    @Override
    String kind() {
        return "parameterized-query";
    }

    @Override
    void execute(Outbound outbound) {
        use.send(isBehindOthers(), this::bind, outbound);
        outbound.send(EXECUTE);
    }

    /** Returns the name under which it was sent last. */
    String statementName() {
        return use.statementName();
    }

    @Override
    void acknowledged(BackendMessage message) {
        RowDescription columns = use.acknowledged(message, binaryResults());
        if (columns != null) {
            super.described(columns);
        }
    }

    @Override
    void described(RowDescription columns) {
        super.described(columns);
        use.described(columns);
    }

    @Override
    void failed(ErrorResponse response) {
        if (!hasFailed()) {
            use.failed(response, rowCame());
        }
        super.failed(response);
    }

    @Override
    void skipped() {
        use.skipped();
    }

    @Override
    boolean wantsAgain() {
        return use.wantsAgain();
    }

    @Override
    void begin(Outbound outbound) {
        sendAgain();
        super.begin(outbound);
    }

    /** Forgets that it was refused, if it was. */
    void sendAgain() {
        if (use.begins()) {
            forgetAnswer();
        }
    }
}
