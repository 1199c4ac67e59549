package org.pgreel.replay.play;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.fault.Fault;
import org.pgreel.replay.fault.Moment;
import org.pgreel.replay.script.ScriptLine;

/** A fault that waits for its moment, in one connection or, when it stands outside of all blocks, in any. */
final class ArmedFault {
    private final ScriptLine line;
    private final Fault fault;
    private int seen;
    private boolean spent;

    ArmedFault(ScriptLine line, Fault fault) {
        this.line = line;
        this.fault = fault;
    }

    ScriptLine line() {
        return line;
    }

    Fault fault() {
        return fault;
    }

    @Nullable
    Moment moment() {
        return fault.moment();
    }

    /** Tells whether this is its moment, which then is over unless it acts each time. */
    boolean isNow(BackendMessage message, Phrasing phrasing) {
        return moment() instanceof Moment.AtMessage at
                && at.direction() == Direction.BACKEND
                && phrasing.matches(at.name(), at.fields(), message)
                && counted(at);
    }

    /** Tells whether this is its moment, which then is over unless it acts each time. */
    boolean isNow(FrontendMessage message, Phrasing phrasing) {
        return moment() instanceof Moment.AtMessage at
                && at.direction() == Direction.FRONTEND
                && phrasing.matches(at.name(), at.fields(), message, true)
                && counted(at);
    }

    private boolean counted(Moment.AtMessage at) {
        seen++;
        return at.ordinal() == Moment.EACH || at.ordinal() == seen;
    }

    /** Tells whether a moment that comes once has not come yet, and that it now has. */
    boolean once() {
        boolean first = !spent;
        spent = true;
        return first;
    }

    boolean spent() {
        return spent;
    }

    /** Tells whether an effect changes the message itself. */
    static boolean onMessage(List<Effect> effects) {
        return effects.stream().anyMatch(effect -> effect.onMessage(Direction.BACKEND));
    }
}
