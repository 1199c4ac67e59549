package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** A body that is being played, and where the play is in it. */
final class Frame {
    /** What happens when the body has come to its end. */
    enum Kind {
        /** Nothing: the body around it goes on. */
        PLAIN,
        /** It may begin again. */
        REPEAT,
        /** It holds the parts that are still to be played, and no lines. */
        UNORDERED,
        /** A query cycle ends. */
        STATEMENT
    }

    final Kind kind;
    final List<ScriptLine> lines;
    int at;

    /** How often a repeated body has been played. */
    int count;

    final Step.@Nullable RepeatBlock repeat;
    final List<List<ScriptLine>> parts = new ArrayList<>();
    final @Nullable StatementRun statement;

    private Frame(
            Kind kind, List<ScriptLine> lines, Step.@Nullable RepeatBlock repeat, @Nullable StatementRun statement) {
        this.kind = kind;
        this.lines = lines;
        this.repeat = repeat;
        this.statement = statement;
    }

    static Frame plain(List<ScriptLine> lines) {
        return new Frame(Kind.PLAIN, lines, null, null);
    }

    static Frame repeat(Step.RepeatBlock block) {
        return new Frame(Kind.REPEAT, block.body(), block, null);
    }

    static Frame unordered(Step.UnorderedBlock block) {
        var frame = new Frame(Kind.UNORDERED, List.of(), null, null);
        frame.parts.addAll(block.parts());
        return frame;
    }

    static Frame statement(StatementRun run) {
        return new Frame(Kind.STATEMENT, run.body(), null, run);
    }

    boolean atEnd() {
        return at >= lines.size();
    }
}
