package org.pgreel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;

/** Closes a prepared statement of the application's: Close and Sync. */
final class CloseStatementOperation extends Operation<Void> {

    private final String name;
    private final Statements statements;
    private boolean closed;

    CloseStatementOperation(String name, Statements statements) {
        super("", List.of(new Close(Target.STATEMENT, name), new Sync()));
        this.name = name;
        this.statements = statements;
    }

    @Override
    String kind() {
        return "close-statement";
    }

    @Override
    boolean leavesRoomBehind() {
        return true;
    }

    @Override
    boolean commitsBehindCompletion() {
        return true;
    }

    @Override
    void acknowledged(BackendMessage message) {
        if (message instanceof CloseComplete) {
            closed = true;
            statements.closed(name);
        }
    }

    @Override
    boolean isAnswered() {
        return hasFailed() || closed;
    }

    @Override
    @Nullable
    Void result() {
        return null;
    }

    @Override
    void copyInAsked(Outbound outbound) {
        throw SessionEnd.violation("CopyInResponse, but nothing was executed");
    }
}
