package org.pgreel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.NamedQuery;
import org.pgreel.protocol.message.FrontendMessage;

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
    List<FrontendMessage> execution() {
        return List.of(bind(name), DESCRIBE, EXECUTE);
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
