package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** What the frontend must not do on a connection. */
final class Prohibitions {
    private final ScriptConnection scene;
    private final List<ScriptLine> lines = new ArrayList<>();

    Prohibitions(ScriptConnection scene) {
        this.scene = scene;
    }

    void add(ScriptLine line) {
        lines.add(line);
    }

    /** Forbids what these lines forbid, and nothing else. */
    void restart(List<ScriptLine> everywhere) {
        lines.clear();
        for (ScriptLine line : everywhere) {
            if (line.step() instanceof Step.Never) {
                lines.add(line);
            }
        }
    }

    /** Returns the line that forbids the message; null if none does. */
    @Nullable
    ScriptLine forbids(FrontendMessage message) {
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.Never never && now(never) && forbids(never, message)) {
                return line;
            }
        }
        return null;
    }

    private boolean now(Step.Never never) {
        return never.after() == null || scene.run().signals(never.after()) > 0;
    }

    private boolean forbids(Step.Never never, FrontendMessage message) {
        if (never.message() != null) {
            return scene.phrasing()
                    .matches(never.message().name(), never.message().fields(), message, false);
        }
        String sql = message instanceof Query query ? query.sql() : message instanceof Parse parse ? parse.sql() : null;
        return sql != null && never.statement() != null && scene.phrasing().matches(never.statement(), sql);
    }
}
