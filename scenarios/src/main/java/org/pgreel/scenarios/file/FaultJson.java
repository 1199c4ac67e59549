package org.pgreel.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.fault.Fault;
import org.pgreel.replay.fault.Moment;
import org.pgreel.replay.script.Durations;

/** The faults of a script for machines. */
final class FaultJson {
    private FaultJson() {}

    static Map<String, Object> of(Fault fault) {
        var out = new LinkedHashMap<String, Object>();
        out.put("label", fault.label());
        var effects = new ArrayList<Map<String, Object>>();
        fault.effects().forEach(effect -> effects.add(effect(effect)));
        out.put("effects", effects);
        out.put("moment", fault.moment() == null ? null : moment(fault.moment()));
        return out;
    }

    private static Map<String, Object> effect(Effect effect) {
        var out = new LinkedHashMap<String, Object>();
        out.put("effect", effect.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (effect instanceof Effect.Insert insert) {
            out.put("name", insert.name());
            out.put("fields", ScriptJson.fields(insert.fields()));
        } else if (effect instanceof Effect.Corrupt corrupt) {
            out.put("at", corrupt.at());
            out.put("bytes", ValueJson.bytes(corrupt.bytes()));
        } else if (effect instanceof Effect.Set set) {
            out.put("field", ScriptJson.fields(List.of(set.field())).get(0));
        } else if (effect instanceof Effect.Delay delay) {
            out.put("time", Durations.word(delay.time()));
        } else if (effect instanceof Effect.Stall stall) {
            out.put("time", stall.time() == null ? null : Durations.word(stall.time()));
        } else {
            number(effect, out);
        }
        return out;
    }

    private static void number(Effect effect, Map<String, Object> out) {
        if (effect instanceof Effect.Truncate truncate) {
            out.put("bytes", truncate.bytes());
        } else if (effect instanceof Effect.Split split) {
            out.put("at", split.at());
        } else if (effect instanceof Effect.Chop chop) {
            out.put("bytes", chop.size());
        } else if (effect instanceof Effect.Coalesce coalesce) {
            out.put("bytes", coalesce.bytes());
        } else if (effect instanceof Effect.Throttle throttle) {
            out.put("bytesPerSecond", throttle.bytesPerSecond());
        } else if (effect instanceof Effect.Occupy occupy) {
            out.put("connections", occupy.connections());
        }
    }

    private static Map<String, Object> moment(Moment moment) {
        var out = new LinkedHashMap<String, Object>();
        if (moment instanceof Moment.AtByte at) {
            out.put("byte", at.offset());
        } else if (moment instanceof Moment.AtNumber at) {
            out.put("message", at.number());
        } else if (moment instanceof Moment.AtConnection at) {
            out.put("connection", at.number());
        } else if (moment instanceof Moment.AtStatus at) {
            out.put("status", String.valueOf(at.status().indicator()));
        } else if (moment instanceof Moment.AtMessage at) {
            out.put("side", at.side().word().isEmpty() ? "at" : at.side().word());
            out.put("direction", String.valueOf(at.direction().letter()));
            out.put("name", at.name());
            out.put("fields", ScriptJson.fields(at.fields()));
            out.put("ordinal", at.ordinal() == Moment.EACH ? "each" : (Object) at.ordinal());
            out.put("byte", at.offset() < 0 ? null : at.offset());
        }
        return out;
    }
}
