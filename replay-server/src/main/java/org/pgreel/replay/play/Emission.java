package org.pgreel.replay.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.fault.Fault;
import org.pgreel.replay.fault.Moment;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** Sends what a script says, with the faults that act on it. */
final class Emission {
    private final ScriptConnection scene;
    private final List<ArmedFault> armed = new ArrayList<>();
    private final List<ArmedFault> pending = new ArrayList<>();
    private byte @Nullable [] swapped;
    private int boundary;
    private long streamBytes;
    private int messages;
    private @Nullable FrontendMessage heard;
    private boolean ignored;

    Emission(ScriptConnection scene) {
        this.scene = scene;
    }

    private Outlet outlet() {
        return scene.outlet();
    }

    /** A fault of the script acts here, or is armed from here on. */
    void fault(ScriptLine line, Fault fault) {
        if (fault.moment() != null) {
            armed.add(new ArmedFault(line, fault));
        } else if (ArmedFault.onMessage(fault.effects()) || has(fault, Effect.Ignore.class)) {
            pending.add(new ArmedFault(line, fault));
        } else {
            fired(line, fault);
            fault.effects().forEach(this::act);
        }
    }

    private static boolean has(Fault fault, Class<? extends Effect> kind) {
        return fault.effects().stream().anyMatch(kind::isInstance);
    }

    private void fired(ScriptLine line, Fault fault) {
        scene.run().fired(line);
        scene.noted(line::toString);
        if (fault.label() != null) {
            signal(fault.label(), 1);
        }
    }

    /** Gives the signal once all has left that was sent before. */
    void signal(String label, int count) {
        outlet().then(new Act.Told(() -> scene.run().signal(label, count)));
    }

    /** One write ends here, or so many bytes into the next message. */
    void boundary(int bytesIntoNext) {
        if (bytesIntoNext == 0) {
            outlet().cut();
        } else {
            boundary = bytesIntoNext;
        }
    }

    /** Does what an event line says. */
    void event(Step.EventLine event) {
        scene.noted(() -> ScriptLine.of(0, event).toString());
        switch (event.name()) {
            case "raw" -> {
                byte[] bytes = scene.phrasing().bytes(event.fields()).toArray();
                outlet().add(bytes, true);
                streamBytes += bytes.length;
            }
            case "delay" -> outlet().then(new Act.Wait(time(event)));
            case "stall" -> {
                var time = Phrasing.duration(event.fields());
                outlet().then(time == null ? new Act.Stall() : new Act.Wait(time));
            }
            case "eof" -> outlet().then(new Act.HalfClose());
            case "close" -> outlet().then(new Act.Close());
            default -> outlet().then(new Act.Reset());
        }
    }

    private static Duration time(Step.EventLine event) {
        Duration time = Phrasing.duration(event.fields());
        return time == null ? Duration.ZERO : time;
    }

    /** A message of the script is not sent, since the client's protocol has it elsewhere. */
    void skipped() {
        pending.clear();
    }

    void send(BackendMessage message) {
        send(message, List.of());
    }

    /** Sends the message, with the overrides among the fields and the faults of the moment. */
    void send(BackendMessage message, List<Field> fields) {
        messages++;
        scene.noted(() -> Phrasing.spelled(message) + overrides(fields));
        byte[] bytes = scene.phrasing().encoded(message);
        for (Field field : fields) {
            if (field instanceof Field.Overriding override) {
                bytes = set(message, bytes, override.name(), override.value());
            }
        }
        if (calm()) {
            outlet().add(bytes, true);
            streamBytes += bytes.length;
        } else {
            send(message, bytes, plan(message, bytes.length));
        }
        if (message instanceof AuthenticationRequest request) {
            scene.inbox().passwordKind(scene.inbox().passwordKind().after(request));
        }
        if (message instanceof ReadyForQuery ready) {
            scene.tracking().told(ready.transactionStatus());
        }
    }

    /** Tells whether nothing is to be done to the message but to send it. */
    private boolean calm() {
        return pending.isEmpty()
                && armed.isEmpty()
                && boundary == 0
                && swapped == null
                && scene.run().armed().isEmpty();
    }

    private void send(BackendMessage message, byte[] bytes, MessagePlan plan) {
        plan.effects().forEach(effect -> outlet().struck(message, effect.word()));
        plan.before.forEach(this::act);
        write(message, bytes, plan);
        streamBytes += bytes.length;
        plan.after.forEach(this::act);
    }

    private static String overrides(List<Field> fields) {
        var text = new StringBuilder();
        for (Field field : fields) {
            if (field instanceof Field.Overriding override) {
                text.append(" !").append(override.name()).append("=…");
            }
        }
        return text.toString();
    }

    private MessagePlan plan(BackendMessage message, int length) {
        var plan = new MessagePlan();
        var now = new ArrayList<>(pending);
        pending.removeIf(fault -> ArmedFault.onMessage(fault.fault().effects()));
        now.removeIf(fault -> !ArmedFault.onMessage(fault.fault().effects()));
        for (ArmedFault fault : List.copyOf(faults())) {
            Moment moment = fault.moment();
            if (fault.isNow(message, scene.phrasing())
                    || moment instanceof Moment.AtNumber number && number.number() == messages && fault.once()) {
                now.add(fault);
            } else if (moment instanceof Moment.AtByte at && passes(at.offset(), length) && fault.once()) {
                fired(fault.line(), fault.fault());
                plan.inside((int) (at.offset() - streamBytes), fault.fault().effects());
            } else if (moment instanceof Moment.AtStatus at && becomes(message, at) && fault.once()) {
                fired(fault.line(), fault.fault());
                plan.inside(length, fault.fault().effects());
            }
        }
        for (ArmedFault fault : now) {
            fired(fault.line(), fault.fault());
            plan.add(fault.fault());
        }
        return plan;
    }

    private List<ArmedFault> faults() {
        var all = new ArrayList<>(armed);
        all.addAll(scene.run().armed());
        return all;
    }

    private boolean passes(long offset, int length) {
        return offset >= streamBytes && offset <= streamBytes + length;
    }

    private boolean becomes(BackendMessage message, Moment.AtStatus at) {
        return message instanceof ReadyForQuery ready
                && ready.transactionStatus() == at.status()
                && scene.tracking().last() != at.status();
    }

    private void write(BackendMessage message, byte[] encoded, MessagePlan plan) {
        byte[] bytes = encoded;
        boolean twice = false;
        int limit = -1;
        boolean swap = false;
        var cuts = new TreeSet<Integer>();
        for (Effect effect : plan.on) {
            if (effect instanceof Effect.Omit) {
                limit = 0;
            } else if (effect instanceof Effect.Duplicate) {
                twice = true;
            } else if (effect instanceof Effect.Swap) {
                swap = true;
            } else if (effect instanceof Effect.Truncate truncate) {
                limit = truncate.bytes();
            } else if (effect instanceof Effect.Split split) {
                cuts.add(split.at());
            } else if (effect instanceof Effect.Chop chop) {
                for (int at = chop.size(); at < bytes.length; at += chop.size()) {
                    cuts.add(at);
                }
            } else {
                bytes = changed(message, bytes, effect);
            }
        }
        if (boundary > 0) {
            cuts.add(boundary);
            boundary = 0;
        }
        byte[] out = limit >= 0 && limit < bytes.length ? Arrays.copyOf(bytes, limit) : bytes;
        byte[] held = swapped;
        swapped = swap ? out : null;
        if (!swap) {
            pieces(out, cuts, plan);
            if (twice) {
                outlet().add(out, true);
            }
        }
        if (held != null) {
            outlet().add(held, true);
        }
    }

    private byte[] changed(BackendMessage message, byte[] bytes, Effect effect) {
        if (effect instanceof Effect.Corrupt corrupt) {
            byte[] out = bytes.clone();
            Bytes other = corrupt.bytes();
            for (int i = 0; i < other.length() && corrupt.at() + i < out.length; i++) {
                out[corrupt.at() + i] = other.byteAt(i);
            }
            return out;
        }
        if (effect instanceof Effect.Set set && set.field() instanceof Field.Named named) {
            return set(message, bytes, named.name(), named.value());
        }
        return bytes;
    }

    private byte[] set(BackendMessage message, byte[] bytes, String field, Value value) {
        Map<String, WireLayout.Place> places =
                WireLayout.of(message, message.toBytes().toArray());
        WireLayout.Place place = places.get(field);
        if (place == null || place.to() > bytes.length) {
            throw new IllegalArgumentException(
                    message.name() + " has no field " + field + " on the wire; it has " + places.keySet());
        }
        byte[] plain = scene.phrasing().bytes(value);
        if (place.number() && value.atoms().get(0) instanceof Atom.Bare bare) {
            plain = WireLayout.number(Long.parseLong(bare.spelling()), place);
        }
        return WireLayout.replaced(bytes, place, plain);
    }

    private void pieces(byte[] bytes, Set<Integer> cuts, MessagePlan plan) {
        var places = new TreeSet<>(cuts);
        places.addAll(plan.inside.keySet());
        int from = 0;
        for (int at : places) {
            int to = Math.min(at, bytes.length);
            if (to > from) {
                outlet().add(Arrays.copyOfRange(bytes, from, to), to == bytes.length);
                from = to;
            }
            if (cuts.contains(at)) {
                outlet().cut();
            }
            plan.inside.getOrDefault(at, List.of()).forEach(this::act);
        }
        if (from < bytes.length) {
            outlet().add(Arrays.copyOfRange(bytes, from, bytes.length), true);
        }
    }

    /** Does what an effect on the connection says. */
    void act(Effect effect) {
        if (effect instanceof Effect.Insert insert) {
            BackendMessage other = scene.phrasing().message(insert.name(), insert.fields(), 0);
            outlet().add(other.toBytes().toArray(), true);
            scene.noted(() -> Phrasing.spelled(other));
        } else if (effect instanceof Effect.Delay delay) {
            outlet().then(new Act.Wait(delay.time()));
        } else if (effect instanceof Effect.Stall stall) {
            outlet().then(stall.time() == null ? new Act.Stall() : new Act.Wait(stall.time()));
        } else if (effect instanceof Effect.Coalesce coalesce) {
            outlet().then(new Act.Coalesce(coalesce.bytes()));
        } else if (effect instanceof Effect.Throttle throttle) {
            outlet().then(new Act.Throttle(throttle.bytesPerSecond()));
        } else if (effect instanceof Effect.Occupy occupy) {
            scene.run().postmaster().occupy(occupy.connections());
        } else {
            end(effect);
        }
    }

    private void end(Effect effect) {
        if (effect instanceof Effect.Eof) {
            outlet().then(new Act.HalfClose());
        } else if (effect instanceof Effect.Close) {
            scene.endedByFault();
            outlet().then(new Act.Close());
        } else if (effect instanceof Effect.Reset) {
            scene.endedByFault();
            outlet().then(new Act.Reset());
        } else if (effect instanceof Effect.Swallow) {
            outlet().then(new Act.Swallow());
        } else if (effect instanceof Effect.Deaf) {
            outlet().then(new Act.Deaf());
        }
    }

    /** Tells whether a fault ignores the message, and lets those faults act that waited for it; once a message. */
    boolean ignores(FrontendMessage message) {
        if (heard == message) {
            return ignored;
        }
        heard = message;
        ignored = false;
        messages++;
        if (pending.isEmpty() && armed.isEmpty() && scene.run().armed().isEmpty()) {
            return false;
        }
        for (ArmedFault fault : List.copyOf(pending)) {
            if (has(fault.fault(), Effect.Ignore.class)) {
                pending.remove(fault);
                hears(fault);
            }
        }
        for (ArmedFault fault : List.copyOf(faults())) {
            boolean number = fault.moment() instanceof Moment.AtNumber at && at.number() == messages && fault.once();
            if (number || fault.isNow(message, scene.phrasing())) {
                hears(fault);
            }
        }
        return ignored;
    }

    private void hears(ArmedFault fault) {
        fired(fault.line(), fault.fault());
        ignored |= has(fault.fault(), Effect.Ignore.class);
        fault.fault().effects().forEach(this::act);
    }

    /** The connection has got its number: faults that waited for it act. */
    void numbered(int number) {
        for (ArmedFault fault : scene.run().armed()) {
            if (fault.moment() instanceof Moment.AtConnection at && at.number() == number && fault.once()) {
                fired(fault.line(), fault.fault());
                fault.fault().effects().forEach(this::act);
            }
        }
    }

    /** TLS is up: the server's stream begins anew. */
    void tlsUp() {
        streamBytes = 0;
    }
}
