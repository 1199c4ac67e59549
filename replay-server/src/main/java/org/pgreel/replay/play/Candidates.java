package org.pgreel.replay.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.Durations;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** The lines that what the frontend does next may be an answer to, from where the play is. */
final class Candidates {
    /** What a look at a body comes to. */
    private enum Found {
        /** A line awaits it. */
        YES,
        /** The lines await something else. */
        NO,
        /** Nothing in the body must be waited for: what is behind it decides. */
        PAST
    }

    /** Looks at a line that awaits something; true ends the search. */
    private interface Look {
        boolean at(ScriptLine line, Step step);
    }

    private final ScriptConnection scene;

    Candidates(ScriptConnection scene) {
        this.scene = scene;
    }

    /** Tells whether a line awaits what happened. */
    boolean accept(Deque<Frame> frames, Happening happening) {
        return walk(frames, (line, step) -> accepts(step, happening));
    }

    /** Tells whether the body begins with what happened. */
    boolean begins(List<ScriptLine> body, Happening happening) {
        return walk(body, 0, (line, step) -> accepts(step, happening)) == Found.YES;
    }

    /** Tells whether a TLS handshake is awaited. */
    boolean wantTls(Deque<Frame> frames) {
        return walk(
                frames,
                (line, step) ->
                        step instanceof Step.EventLine event && event.name().equals("tls"));
    }

    /** Returns the lines that are awaited, in the order in which they are tried. */
    @SuppressWarnings("ReferenceEquality") // A line is known by its place, not by what it says.
    List<ScriptLine> lines(Deque<Frame> frames) {
        var lines = new ArrayList<ScriptLine>();
        walk(frames, (line, step) -> {
            boolean known = false;
            for (int i = 0; i < lines.size() && !known; i++) {
                known = lines.get(i) == line;
            }
            if (!known) {
                lines.add(line);
            }
            return false;
        });
        return lines;
    }

    /** Returns how long the frontend may take; null for ever. */
    @Nullable
    Duration within(Deque<Frame> frames) {
        Duration longest = null;
        for (ScriptLine line : lines(frames)) {
            if (line.step() instanceof Step.EventLine event) {
                String within = Phrasing.named(event.fields(), "within");
                Duration time = within == null ? null : Durations.of(within).orElse(null);
                longest = time != null && (longest == null || time.compareTo(longest) > 0) ? time : longest;
            }
        }
        return longest != null ? longest : scene.mayIdle() ? null : scene.run().patience();
    }

    private boolean walk(Deque<Frame> frames, Look look) {
        for (Frame frame : frames) {
            Found found = walk(frame, look);
            if (found != Found.PAST) {
                return found == Found.YES;
            }
        }
        return false;
    }

    private Found walk(Frame frame, Look look) {
        if (frame.kind == Frame.Kind.UNORDERED) {
            return parts(frame.parts, look);
        }
        Found found = walk(frame.lines, frame.at, look);
        if (found != Found.PAST || frame.repeat == null) {
            return frame.kind == Frame.Kind.STATEMENT && found == Found.PAST ? Found.NO : found;
        }
        int count = frame.count + 1;
        if (count >= frame.repeat.most()) {
            return Found.PAST;
        }
        Found again = walk(frame.lines, 0, look);
        return again == Found.YES ? Found.YES : count < frame.repeat.least() ? Found.NO : Found.PAST;
    }

    private Found parts(List<List<ScriptLine>> parts, Look look) {
        for (List<ScriptLine> part : parts) {
            if (walk(part, 0, look) == Found.YES) {
                return Found.YES;
            }
        }
        return parts.isEmpty() ? Found.PAST : Found.NO;
    }

    private Found walk(List<ScriptLine> lines, int from, Look look) {
        for (int i = from; i < lines.size(); i++) {
            ScriptLine line = lines.get(i);
            Step step = line.step();
            if (step instanceof Step.OptionalBlock || step instanceof Step.RepeatBlock) {
                boolean open = !(step instanceof Step.RepeatBlock repeat) || repeat.least() == 0;
                Found found = walk(Bodies.of(step).get(0), 0, look);
                if (found == Found.YES || !open) {
                    return found;
                }
            } else if (step instanceof Step.EitherBlock || step instanceof Step.UnorderedBlock) {
                return parts(Bodies.of(step), look);
            } else if (step != null && awaits(step)) {
                return look.at(line, step) ? Found.YES : Found.NO;
            } else if (!passive(step)) {
                return Found.NO;
            }
        }
        return Found.PAST;
    }

    private static boolean awaits(@Nullable Step step) {
        return step instanceof Step.StatementBlock
                || step instanceof Step.MessageLine message && message.direction() == Direction.FRONTEND
                || step instanceof Step.EventLine event
                        && event.direction() == Direction.FRONTEND
                        && !event.name().equals("connect");
    }

    private static boolean passive(@Nullable Step step) {
        return step == null
                || step instanceof Step.Told
                || step instanceof Step.Note
                || step instanceof Step.Never
                || step instanceof Step.FaultLine
                || step instanceof Step.Use
                || step instanceof Step.EventLine event && event.name().equals("connect");
    }

    private boolean accepts(Step step, Happening happening) {
        if (step instanceof Step.StatementBlock block) {
            if (happening instanceof Happening.Executed executed) {
                return scene.statements().answers(block, executed.portal());
            }
            return happening instanceof Happening.Arrived arrived
                    && arrived.message() instanceof Query query
                    && scene.statements().answers(block, query.sql());
        }
        if (step instanceof Step.MessageLine line) {
            return happening instanceof Happening.Arrived arrived
                    && scene.phrasing().matches(line, arrived);
        }
        return step instanceof Step.EventLine event && accepts(event, happening);
    }

    private static boolean accepts(Step.EventLine event, Happening happening) {
        return switch (event.name()) {
            case "end" ->
                happening instanceof Happening.Ended
                        || happening instanceof Happening.Arrived arrived && arrived.message() instanceof Terminate;
            case "eof" -> happening instanceof Happening.Ended ended && !ended.reset();
            case "reset" -> happening instanceof Happening.Ended ended && ended.reset();
            case "tls" -> acceptsTls(event, happening);
            default -> false;
        };
    }

    private static boolean acceptsTls(Step.EventLine event, Happening happening) {
        boolean either = event.fields().stream().anyMatch(field -> field instanceof Field.Rest);
        boolean fails = !event.fields().isEmpty() && !either;
        return happening instanceof Happening.TlsUp && !fails
                || happening instanceof Happening.TlsFailed && (fails || either);
    }
}
