package org.pgreel.replay.script;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.fault.Fault;
import org.pgreel.replay.fault.Moment;

/** Finds faults that could never fire, or that do to a message what cannot be done to it. */
final class FaultChecks {
    private FaultChecks() {}

    /**
     * Checks a fault.
     *
     * @param next the next step that is played behind it; null if there is none
     * @param spoken what the script may bring about
     */
    static void check(ScriptLine line, Fault fault, @Nullable Step next, SpokenMessages spoken) {
        Moment moment = fault.moment();
        if (moment instanceof Moment.AtMessage at) {
            message(line, at);
            if (!spoken.mayHold(at.direction(), at.name())) {
                throw ScriptChecks.failure(line, "the fault can never fire: the script sends no " + at.name());
            }
        }
        for (Effect effect : fault.effects()) {
            effect(line, effect, moment, next);
        }
    }

    private static void message(ScriptLine line, Moment.AtMessage at) {
        var fields = new java.util.ArrayList<>(at.fields());
        fields.add(new Field.Rest(0));
        LineChecks.message(line.number(), line.column(), at.direction(), at.name(), fields);
        if (at.offset() >= 0 && at.direction() == Direction.FRONTEND) {
            throw ScriptChecks.failure(line, "a byte is a moment of what is sent, and F lines are awaited");
        }
    }

    private static void effect(ScriptLine line, Effect effect, @Nullable Moment moment, @Nullable Step next) {
        if (effect instanceof Effect.Insert insert) {
            LineChecks.message(line.number(), line.column(), Direction.BACKEND, insert.name(), insert.fields());
        }
        if (effect.onMessage(Direction.BACKEND)) {
            onMessage(line, effect, moment, next);
        }
        if (effect instanceof Effect.Ignore) {
            boolean frontend = moment == null
                    ? next != null && !isBackend(next)
                    : moment instanceof Moment.AtMessage at && at.direction() == Direction.FRONTEND
                            || moment instanceof Moment.AtNumber;
            if (!frontend) {
                throw ScriptChecks.failure(line, "the fault can never fire: ignore acts on an F message");
            }
        }
    }

    private static void onMessage(ScriptLine line, Effect effect, @Nullable Moment moment, @Nullable Step next) {
        if (moment instanceof Moment.AtMessage at
                && at.direction() == Direction.FRONTEND
                && !(effect instanceof Effect.Insert)) {
            throw ScriptChecks.failure(line, "the fault can never fire: its effect acts on a B message");
        }
        if (moment instanceof Moment.AtConnection || moment instanceof Moment.AtByte) {
            throw ScriptChecks.failure(
                    line, "the fault can never fire: its effect acts on a message, and none is named");
        }
        if (moment == null && !(next instanceof Step.MessageLine && isBackend(next)) && !isUse(next)) {
            throw ScriptChecks.failure(line, "the fault can never fire: no B message follows it");
        }
        if (effect instanceof Effect.Set set && set.field() instanceof Field.Named named) {
            String name = moment instanceof Moment.AtMessage at
                    ? at.name()
                    : moment == null && next instanceof Step.MessageLine message ? message.name() : null;
            if (name != null) {
                LineChecks.wireField(line.number(), set.field().column(), name, named.name(), named.value());
            }
        }
    }

    private static boolean isBackend(Step step) {
        return step instanceof Step.MessageLine message && message.direction() == Direction.BACKEND
                || step instanceof Step.EventLine event && event.direction() == Direction.BACKEND;
    }

    private static boolean isUse(@Nullable Step step) {
        return step instanceof Step.Use;
    }
}
