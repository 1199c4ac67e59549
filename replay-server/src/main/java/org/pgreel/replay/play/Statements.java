package org.pgreel.replay.play;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.replay.cell.BinaryParameter;
import org.pgreel.replay.exchange.Housekeeping;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** Which statements a connection can answer: those of its block, and those of housekeeping where it is kept. */
final class Statements {
    private final ScriptConnection scene;
    private @Nullable Housekeeping housekeeping;
    private boolean any;

    Statements(ScriptConnection scene) {
        this.scene = scene;
    }

    /** From here on, what drivers and pools ask is answered. */
    void keepHouse(Housekeeping keeper) {
        housekeeping = keeper;
    }

    /** The connection's lines are known. */
    void begin(List<ScriptLine> lines) {
        any = find(lines, null) != null;
    }

    /** Tells whether there is anything that could answer a statement. */
    boolean any() {
        return any || housekeeping != null;
    }

    /** Returns the first statement of the block that the text is for, wherever it stands; null if there is none. */
    Step.@Nullable StatementBlock statement(String sql) {
        return find(scene.lines(), sql);
    }

    private Step.@Nullable StatementBlock find(List<ScriptLine> lines, @Nullable String sql) {
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step instanceof Step.StatementBlock block && (sql == null || answers(block, sql))) {
                return block;
            }
            for (List<ScriptLine> body : step == null ? List.<List<ScriptLine>>of() : Bodies.of(step)) {
                Step.StatementBlock found = find(body, sql);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Tells whether the block is for the statement. */
    boolean answers(Step.StatementBlock block, String sql) {
        return scene.phrasing().matches(block.sql(), sql)
                || scene.run().settings().anyStatement() && !asksForSettings(sql);
    }

    /** Tells whether the block is for the statement with those parameters. */
    boolean answers(Step.StatementBlock block, Portal portal) {
        if (!answers(block, portal.prepared.sql())) {
            return false;
        }
        List<Field> wanted = block.fields();
        for (int i = 0; i < wanted.size() && wanted.get(i) instanceof Field.Plain plain; i++) {
            if (i >= portal.parameters.count() || !parameter(plain, portal, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean parameter(Field.Plain wanted, Portal portal, int index) {
        if (portal.parameters.isNull(index)) {
            return ValuePattern.single(wanted.value()) instanceof org.pgreel.protocol.transcript.Atom.Bare bare
                    && bare.spelling().equals("null");
        }
        int type =
                index < portal.prepared.types().size() ? portal.prepared.types().get(index) : 0;
        String text = BinaryParameter.text(portal.parameters.value(index), type, portal.parameterFormat(index));
        return scene.phrasing().matches(wanted.value(), text);
    }

    /** Returns housekeeping's answer without its ReadyForQuery; null if it has none. */
    @Nullable
    List<BackendMessage> housekeeping(String sql) {
        return housekeeping == null ? null : housekeeping.answer(sql);
    }

    /** A ping is the statement of many a program; what housekeeping answers beside it is never anybody's point. */
    private boolean asksForSettings(String sql) {
        return keepsHouseFor(sql) && !Housekeeping.pings(sql);
    }

    /** Tells whether housekeeping has an answer, and changes nothing. */
    boolean keepsHouseFor(String sql) {
        return housekeeping != null && housekeeping.knows(sql);
    }
}
