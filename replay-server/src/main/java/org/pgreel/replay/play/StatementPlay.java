package org.pgreel.replay.play;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * Answers statements: those of the script and those of housekeeping, in the protocol that the client chose, in whatever
 * grouping.
 */
final class StatementPlay implements QueryCycle.Surroundings {
    private static final Set<String> FATAL = Set.of("FATAL", "PANIC");

    private final ScriptConnection scene;
    private final Player player;
    private final QueryCycle cycle = new QueryCycle(this);
    private boolean forgetting;

    StatementPlay(ScriptConnection scene, Player player) {
        this.scene = scene;
        this.player = player;
    }

    /** Tells whether what was sent waits for the client's Sync or Flush, as in a server. */
    boolean holds() {
        return cycle.open();
    }

    /** Returns what happened as the execution of a portal that is known here; null if it is none. */
    @Nullable
    Happening executed(Happening happening) {
        if (happening instanceof Happening.Arrived arrived && arrived.message() instanceof Execute execute) {
            Portal portal = cycle.executed(execute);
            return portal == null ? null : new Happening.Executed(execute, portal);
        }
        return null;
    }

    /** Begins to answer a statement that the script awaits. */
    void begin(Step.StatementBlock block, Happening happening) {
        scene.spoke();
        if (happening instanceof Happening.Executed executed) {
            scene.phrasing().bind(block.sql(), executed.portal().prepared.sql());
            taken(executed);
            player.push(Frame.statement(run(executed, block.body(), false)));
            return;
        }
        var arrived = (Happening.Arrived) happening;
        var query = (Query) arrived.message();
        scene.phrasing().bind(block.sql(), query.sql());
        player.take(arrived);
        player.push(Frame.statement(new StatementRun(query.sql(), block.body(), null, false)));
    }

    private void taken(Happening.Executed executed) {
        player.take(new Happening.Arrived(executed.message(), Bytes.EMPTY));
        cycle.executing();
    }

    private static StatementRun run(Happening.Executed executed, List<ScriptLine> body, boolean background) {
        var run = new StatementRun(executed.portal().prepared.sql(), body, executed.portal(), background);
        run.rowsLeft = executed.message().maxRows() > 0 ? executed.message().maxRows() : -1;
        return run;
    }

    /** Tells whether the line can be played now; in an extended query a ReadyForQuery waits for the Sync. */
    boolean mayPlay(Frame frame, Step.MessageLine line) {
        StatementRun run = frame.statement;
        return run == null || !run.extended() || run.synced || !line.name().equals("ReadyForQuery");
    }

    /** The Sync came for which a ReadyForQuery waited. */
    void synced(Frame frame) {
        Objects.requireNonNull(frame.statement).synced = true;
        cycle.ended();
    }

    /** Sends a line, which inside an extended query may take another form. */
    void play(ScriptLine line, Step.MessageLine message) {
        BackendMessage made = scene.phrasing().message(message, line.number());
        StatementRun run = player.statement();
        if (run == null) {
            scene.emission().send(made, message.fields());
            return;
        }
        if (made instanceof RowDescription && run.extended()) {
            scene.emission().skipped();
            return;
        }
        answer(run, made, message.fields());
    }

    private void answer(StatementRun run, BackendMessage made, List<Field> fields) {
        BackendMessage sent = made instanceof DataRow row && run.portal() != null ? inFormats(run, row) : made;
        if (sent instanceof CommandComplete complete) {
            scene.tracking().completed(complete.tag(), run.sql());
        } else if (sent instanceof ErrorResponse error) {
            run.failed = true;
            run.fatal |= FATAL.contains(error.severity());
            scene.tracking().failed();
        } else if (sent instanceof ReadyForQuery) {
            run.readySent = true;
        }
        scene.emission().send(sent, fields);
        if (sent instanceof DataRow && run.rowsLeft > 0) {
            run.rowsLeft--;
            if (run.rowsLeft == 0) {
                suspend(run);
            }
        }
    }

    private void suspend(StatementRun run) {
        Frame frame = player.statementFrame();
        if (frame != null && run.portal() != null) {
            run.portal().suspended = frame;
            scene.emission().send(new PortalSuspended());
            player.suspend(frame);
        }
    }

    private BackendMessage inFormats(StatementRun run, DataRow row) {
        if (!run.columnsSought) {
            run.columnsSought = true;
            run.columns = columnsOf(run.body());
        }
        return Cells.inFormats(row, run.columns, Objects.requireNonNull(run.portal()));
    }

    /** The lines of a statement have all been played: its cycle is brought to its end. */
    boolean ended(Frame frame) {
        StatementRun run = Objects.requireNonNull(frame.statement);
        boolean over = run.fatal || scene.outlet().mute();
        if (over) {
            forgetting = true;
            return player.popped();
        }
        if (run.readySent) {
            return player.popped();
        }
        if (!run.extended()) {
            send(new ReadyForQuery(status()));
            scene.outlet().cut();
            return player.popped();
        }
        return awaitSync(run);
    }

    private boolean awaitSync(StatementRun run) {
        if (run.failed && scene.outlet().collecting()) {
            scene.outlet().cut();
            return true;
        }
        Happening happening = scene.inbox().peek();
        if (happening == null) {
            return player.patience().waitFor(scene.run().patience(), List.of());
        }
        if (!(happening instanceof Happening.Arrived arrived)) {
            return player.popped();
        }
        if (run.failed) {
            cycle.skip();
        } else if (!closesCycle(arrived.message())) {
            return player.popped();
        }
        boolean sync = arrived.message() instanceof Sync;
        if (!QueryCycle.extended(arrived.message())) {
            return run.failed && skippedToo(arrived) || player.popped();
        }
        player.take(arrived);
        cycle.answer(arrived.message());
        return !sync || player.popped();
    }

    /** A Query behind an extended query's error is discarded like everything up to the Sync. */
    private boolean skippedToo(Happening.Arrived arrived) {
        if (arrived.message() instanceof Query) {
            player.take(arrived);
            return true;
        }
        return false;
    }

    private static boolean closesCycle(FrontendMessage message) {
        return message instanceof Sync || message instanceof Close || message instanceof Flush;
    }

    /** Answers a message that may stand between an Execute and its Sync; false if it may not. */
    boolean closes(Happening.Arrived arrived) {
        if (!closesCycle(arrived.message())) {
            return false;
        }
        player.take(arrived);
        cycle.answer(arrived.message());
        return true;
    }

    /** Deals with a message that belongs to a cycle, or that housekeeping answers; false if it is neither. */
    boolean harmless(Happening.Arrived arrived) {
        FrontendMessage message = arrived.message();
        if (forgetting && (QueryCycle.extended(message))) {
            player.take(arrived);
            forgetting = !(message instanceof Sync);
            return true;
        }
        boolean query = message instanceof Query;
        if (cycle.skipping() && !(message instanceof Sync) && (query || QueryCycle.extended(message))) {
            player.take(arrived);
            return true;
        }
        boolean scripted = query ? answers(((Query) message).sql()) : cycle.owns(message);
        if (!scripted && scene.recorded().available()) {
            player.take(arrived);
            return scene.recorded().answer(message);
        }
        if (query) {
            return keptHouse(arrived, (Query) message);
        }
        if (!QueryCycle.extended(message)) {
            return false;
        }
        if (message instanceof Execute execute) {
            return executed(execute);
        }
        if (!scene.statements().any() && !cycle.open()) {
            return false;
        }
        return answered(arrived);
    }

    private boolean answered(Happening.Arrived arrived) {
        if (arrived.message() instanceof Parse parse
                && !answers(parse.sql())
                && scene.forgiving()
                && !cycle.skipping()) {
            player.take(arrived);
            refuse(parse.sql());
            cycle.skip();
            return true;
        }
        if (!cycle.knows(arrived.message())) {
            return false;
        }
        player.take(arrived);
        cycle.answer(arrived.message());
        return true;
    }

    private boolean keptHouse(Happening.Arrived arrived, Query query) {
        List<BackendMessage> answer = scene.statements().housekeeping(query.sql());
        if (answer == null && !scene.forgiving()) {
            return false;
        }
        player.take(arrived);
        if (answer == null) {
            refuse(query.sql());
        } else {
            answer.forEach(message -> background(message, query.sql()));
        }
        send(new ReadyForQuery(status()));
        scene.outlet().cut();
        return true;
    }

    private void refuse(String sql) {
        scene.tracking().failed();
        send(ErrorResponse.of("ERROR", "RP002", "no script answers this statement: " + sql));
    }

    private boolean executed(Execute execute) {
        Portal portal = cycle.executed(execute);
        if (portal == null) {
            return false;
        }
        Frame suspended = portal.suspended;
        var happening = new Happening.Executed(execute, portal);
        if (suspended != null && suspended.statement != null) {
            taken(happening);
            portal.suspended = null;
            suspended.statement.rowsLeft = execute.maxRows() > 0 ? execute.maxRows() : -1;
            player.push(suspended);
            return true;
        }
        List<BackendMessage> answer = scene.statements().housekeeping(portal.prepared.sql());
        if (answer == null) {
            return false;
        }
        taken(happening);
        for (BackendMessage message : answer) {
            if (!(message instanceof RowDescription)) {
                background(
                        message instanceof DataRow row
                                ? Cells.inFormats(row, columns(portal.prepared.sql()), portal)
                                : message,
                        portal.prepared.sql());
            }
        }
        return true;
    }

    private void background(BackendMessage message, String sql) {
        if (message instanceof CommandComplete complete) {
            scene.tracking().completed(complete.tag(), sql);
        }
        send(message);
    }

    @Override
    public boolean answers(String sql) {
        return scene.statements().statement(sql) != null || scene.statements().keepsHouseFor(sql);
    }

    @Override
    public @Nullable RowDescription columns(String sql) {
        Step.StatementBlock block = scene.statements().statement(sql);
        if (block != null) {
            return columnsOf(block.body());
        }
        List<BackendMessage> answer = scene.statements().housekeeping(sql);
        return answer != null && answer.get(0) instanceof RowDescription columns ? columns : null;
    }

    private @Nullable RowDescription columnsOf(List<ScriptLine> body) {
        for (ScriptLine line : body) {
            if (line.step() instanceof Step.MessageLine message
                    && message.name().equals("RowDescription")) {
                return (RowDescription) scene.phrasing().message(message, line.number());
            }
            if (line.step() != null) {
                for (List<ScriptLine> inner : Bodies.of(line.step())) {
                    RowDescription found = columnsOf(inner);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    @Override
    public void send(BackendMessage message) {
        scene.emission().send(message);
    }

    @Override
    public TransactionStatus status() {
        return scene.tracking().status();
    }

    @Override
    public void flush() {
        scene.outlet().cut();
    }
}
