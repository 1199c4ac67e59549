package org.pgreel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.StatementDescription;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;

/** Prepares a statement under a name of the application's: Parse, Describe and Sync. */
final class PrepareOperation extends Operation<StatementDescription> {

    private final String name;
    private final String sql;
    private final Statements statements;
    private List<Integer> types = List.of();
    private @Nullable RowDescription columns;
    private boolean described;

    PrepareOperation(String name, String sql, List<Integer> types, Statements statements) {
        super(sql, List.of(new Parse(name, sql, types), new Describe(Target.STATEMENT, name), new Sync()));
        ExecutionOperation.refuseCopy(sql);
        this.name = name;
        this.sql = sql;
        this.statements = statements;
    }

    @Override
    String kind() {
        return "prepare";
    }

    @Override
    boolean leavesRoomBehind() {
        return true;
    }

    @Override
    boolean commitsBehindCompletion() {
        return true;
    }

    /** Whatever the statement does, it is not done yet. */
    @Override
    boolean controlsTransactions() {
        return false;
    }

    @Override
    void described(RowDescription rows) {
        columns = rows;
        described = true;
    }

    @Override
    void acknowledged(BackendMessage message) {
        if (message instanceof ParseComplete) {
            statements.prepared(name, sql);
        } else if (message instanceof ParameterDescription parameters) {
            types = parameters.types();
        } else if (message instanceof NoData) {
            described = true;
        }
    }

    @Override
    boolean isAnswered() {
        return hasFailed() || described;
    }

    @Override
    StatementDescription result() {
        return new StatementDescription(name, types, columns);
    }

    @Override
    void copyInAsked(Outbound outbound) {
        throw SessionEnd.violation("CopyInResponse, but nothing was executed");
    }
}
