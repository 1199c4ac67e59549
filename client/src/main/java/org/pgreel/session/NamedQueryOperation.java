package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.NamedQuery;

/** The execution of a statement that the application has prepared: Bind, Describe, Execute. */
final class NamedQueryOperation extends ExecutionOperation {

    private final String name;
    private final Statements statements;

    NamedQueryOperation(NamedQuery query, @Nullable RowDelivery rows, Statements statements) {
        super("", query.parameters(), query.binaryResults(), rows);
        refuseUnencodable(query.name());
        this.name = query.name();
        this.statements = statements;
    }

    @Override
    String kind() {
        return "execute";
    }

    @Override
    void execute(Outbound outbound) {
        bind(name, outbound);
        outbound.send(DESCRIBE);
        outbound.send(EXECUTE);
    }

    @Override
    String sql() {
        String sql = statements.sqlOf(name);
        return sql == null ? "" : sql;
    }

    /** What SQL's PREPARE has prepared is not known here: it might do anything. */
    @Override
    boolean controlsTransactions() {
        String sql = statements.sqlOf(name);
        return sql == null || SqlText.controlsTransactions(sql);
    }
}
