package org.pgreel.replay.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.replay.engine.ReplayTimer;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** Waits for the client as long as a line says, and judges what came instead of what was awaited. */
final class Patience {
    private final ScriptConnection scene;
    private boolean armed;
    private boolean over;

    Patience(ScriptConnection scene) {
        this.scene = scene;
    }

    /** The time that something may take has passed. */
    void elapsed() {
        armed = false;
        over = true;
    }

    /** Something has come, or been done. */
    void progressed() {
        over = false;
        if (armed) {
            armed = false;
            scene.effects().disarm(ReplayTimer.PATIENCE);
        }
    }

    /** Waits for something from outside, for that time; null for ever. Once the time is over the client departed. */
    boolean waitFor(@Nullable Duration time, List<ScriptLine> lines) {
        if (over) {
            over = false;
            return departed(lines, "nothing within " + (time == null ? "the time" : seconds(time)));
        }
        if (!armed && time != null) {
            armed = true;
            scene.effects().armTimer(ReplayTimer.PATIENCE, time);
        }
        return false;
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** What happened is none of what is awaited: the client departed. */
    boolean surprised(List<ScriptLine> lines, Happening happening) {
        return departed(closestFirst(lines, happening), Phrasing.spelled(happening));
    }

    /** Returns the lines with the one that comes closest to what happened first: same message, then fewest differences. */
    private List<ScriptLine> closestFirst(List<ScriptLine> lines, Happening happening) {
        if (lines.size() < 2 || !(happening instanceof Happening.Arrived arrived)) {
            return lines;
        }
        var sorted = new ArrayList<>(lines);
        sorted.sort(Comparator.comparingInt(line -> distance(line, arrived.message())));
        return sorted;
    }

    private int distance(ScriptLine line, FrontendMessage message) {
        if (line.step() instanceof Step.MessageLine awaited && awaited.name().equals(message.name())) {
            return scene.phrasing().unequal(awaited.name(), awaited.fields(), message);
        }
        boolean statement = line.step() instanceof Step.StatementBlock && message instanceof Query;
        return statement ? 1 : Integer.MAX_VALUE;
    }

    /** The client departed. */
    boolean departed(List<ScriptLine> lines, String got) {
        scene.departed(lines, got, null);
        return true;
    }

    /** Tells whether nothing has come for the line's time. */
    boolean silent(ScriptLine line, Step.EventLine event) {
        Happening happening = scene.inbox().peek();
        if (happening != null) {
            surprised(List.of(line), happening);
            return false;
        }
        if (over) {
            return true;
        }
        waitFor(Phrasing.duration(event.fields()), List.of(line));
        return false;
    }

    /** Tells whether the line's bytes have come. */
    boolean raw(ScriptLine line, Step.EventLine event) {
        var expected = scene.phrasing().bytes(event.fields());
        if (scene.inbox().length() < expected.length()) {
            if (scene.inbox().hasEnded()) {
                departed(
                        List.of(line),
                        "the end of the stream after " + scene.inbox().length() + " bytes");
            } else {
                waitFor(scene.run().patience(), List.of(line));
            }
            return false;
        }
        var came = scene.inbox().takeRaw(expected.length());
        scene.noted(() -> "F raw x\"" + came.hex() + "\"");
        if (!came.equals(expected)) {
            departed(List.of(line), "F raw x\"" + came.hex() + "\"");
            return false;
        }
        if (event.fields().stream().anyMatch(Field.Rest.class::isInstance)) {
            scene.inbox().forgetForGood();
        }
        return true;
    }
}
