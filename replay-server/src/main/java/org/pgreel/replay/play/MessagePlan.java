package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.fault.Fault;
import org.pgreel.replay.fault.Moment;

/** What the faults of the moment do to one message: before it, to it, inside of it and behind it. */
final class MessagePlan {
    final List<Effect> before = new ArrayList<>();
    final List<Effect> on = new ArrayList<>();
    final TreeMap<Integer, List<Effect>> inside = new TreeMap<>();
    final List<Effect> after = new ArrayList<>();

    /** Adds a fault that acts on this message. */
    void add(Fault fault) {
        Moment.Side side = fault.moment() instanceof Moment.AtMessage at ? at.side() : Moment.Side.AT;
        int offset = fault.moment() instanceof Moment.AtMessage at ? at.offset() : -1;
        if (side == Moment.Side.AT && offset >= 0) {
            inside(offset, fault.effects());
            return;
        }
        boolean behind = side == Moment.Side.AFTER;
        for (Effect effect : fault.effects()) {
            if (effect instanceof Effect.Insert) {
                (behind ? after : before).add(effect);
            } else if (effect.onMessage(Direction.BACKEND)) {
                on.add(effect);
                behind = true;
            } else {
                (behind ? after : before).add(effect);
            }
        }
    }

    /** Adds effects after so many bytes of the message. */
    void inside(int offset, List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect.onMessage(Direction.BACKEND) && !(effect instanceof Effect.Insert)) {
                on.add(effect);
            } else {
                inside.computeIfAbsent(offset, at -> new ArrayList<>()).add(effect);
            }
        }
    }

    /** Returns all effects. */
    List<Effect> effects() {
        var all = new ArrayList<>(before);
        all.addAll(on);
        inside.values().forEach(all::addAll);
        all.addAll(after);
        return all;
    }

    boolean isEmpty() {
        return before.isEmpty() && on.isEmpty() && inside.isEmpty() && after.isEmpty();
    }
}
