package org.pgreel.replay.play;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * Plays one connection's lines: says what the script says, waits for what it awaits, and notices the first thing that
 * is neither awaited nor harmless.
 *
 * <p>It holds the bodies that it is inside of as a stack of frames, since its inputs come one by one.
 */
final class Player {
    private final ScriptConnection scene;
    private final Candidates candidates;
    private final StatementPlay statements;
    private final Harmless harmless;
    private final Patience patience;
    private final Deque<Frame> frames = new ArrayDeque<>();

    Player(ScriptConnection scene) {
        this.scene = scene;
        this.candidates = new Candidates(scene);
        this.patience = new Patience(scene);
        this.statements = new StatementPlay(scene, this);
        this.harmless = new Harmless(scene, this, statements);
    }

    /** Begins to play the lines. */
    void begin(List<ScriptLine> lines) {
        frames.clear();
        frames.push(Frame.plain(lines));
    }

    /** Returns the lines that are awaited. */
    List<ScriptLine> awaited() {
        return candidates.lines(frames);
    }

    /** Tells what the lines wait for now. */
    Standing.Wait waitsFor() {
        Frame frame = frames.peek();
        boolean gate =
                frame != null && !frame.atEnd() && frame.lines.get(frame.at).step() instanceof Step.Gate;
        return gate ? Standing.Wait.GATE : Standing.of(frames.isEmpty(), awaited());
    }

    /** Returns what waits, and judges what came instead. */
    Patience patience() {
        return patience;
    }

    /** Goes one step on; false if that takes something from outside. */
    boolean step() {
        Frame frame = frames.peek();
        if (frame == null) {
            return harmless.behindTheEnd();
        }
        if (frame.kind == Frame.Kind.UNORDERED) {
            return frame.parts.isEmpty() ? popped() : await(frame, null);
        }
        if (frame.atEnd()) {
            return ended(frame);
        }
        ScriptLine line = frame.lines.get(frame.at);
        Step step = line.step();
        if (step == null || step instanceof Step.Told || step instanceof Step.Note) {
            passed(frame);
            scene.told(line);
            return true;
        }
        if (step instanceof Step.MessageLine message && message.direction() == Direction.BACKEND) {
            return statements.mayPlay(frame, message) ? sent(frame, line, message) : awaitSync(frame);
        }
        if (step instanceof Step.EventLine event && event.direction() == Direction.BACKEND) {
            scene.emission().event(event);
            return passed(frame);
        }
        return stepOn(frame, line, step);
    }

    private boolean stepOn(Frame frame, ScriptLine line, Step step) {
        if (step instanceof Step.Boundary boundary) {
            scene.emission().boundary(boundary.bytesIntoNext());
            return passed(frame);
        }
        if (step instanceof Step.FaultLine fault) {
            scene.emission().fault(line, fault.fault());
            return passed(frame);
        }
        if (step instanceof Step.Never) {
            scene.prohibitions().add(line);
            return passed(frame);
        }
        if (step instanceof Step.Gate gate) {
            return gate(frame, line, gate);
        }
        if (step instanceof Step.Use) {
            scene.keepHouse();
            return passed(frame);
        }
        if (step instanceof Step.EventLine event && event.name().equals("connect")) {
            return passed(frame);
        }
        return await(frame, line);
    }

    private boolean sent(Frame frame, ScriptLine line, Step.MessageLine message) {
        frame.at++;
        statements.play(line, message);
        return true;
    }

    private boolean gate(Frame frame, ScriptLine line, Step.Gate gate) {
        if (gate.opens()) {
            scene.emission().signal(gate.label(), gate.count());
            return passed(frame);
        }
        if (scene.outlet().collecting()) {
            scene.outlet().cut();
            return true;
        }
        if (scene.run().signals(gate.label()) >= gate.count()) {
            return passed(frame);
        }
        scene.run().waits(scene);
        return patience.waitFor(scene.run().patience(), List.of(line));
    }

    /** The body that was played has come to its end. */
    private boolean ended(Frame frame) {
        return switch (frame.kind) {
            case PLAIN -> popped();
            case UNORDERED -> throw new AssertionError("A body of parts has no lines, please report this");
            case STATEMENT -> statements.ended(frame);
            case REPEAT -> repeated(frame);
        };
    }

    private boolean repeated(Frame frame) {
        Step.RepeatBlock block = Objects.requireNonNull(frame.repeat);
        int count = frame.count + 1;
        if (count < block.least()) {
            frame.count = count;
            frame.at = 0;
            return true;
        }
        return count >= block.most() ? popped() : await(frame, null);
    }

    boolean popped() {
        frames.pop();
        return true;
    }

    void push(Frame frame) {
        frames.push(frame);
    }

    /** Returns the query cycle whose body is being played; null outside of all. */
    @Nullable
    StatementRun statement() {
        Frame frame = statementFrame();
        return frame == null ? null : frame.statement;
    }

    @Nullable
    Frame statementFrame() {
        for (Frame frame : frames) {
            if (frame.kind == Frame.Kind.STATEMENT) {
                return frame;
            }
        }
        return null;
    }

    /** Leaves the query cycle; it may be pushed again. */
    void suspend(Frame frame) {
        while (frames.peek() != frame) {
            frames.pop();
        }
        frames.pop();
    }

    private boolean passed(Frame frame) {
        frame.at++;
        patience.progressed();
        return true;
    }

    /** Waits for what the frontend does next, and does what follows from it. */
    private boolean await(Frame frame, @Nullable ScriptLine line) {
        if (scene.outlet().collecting() && !(statements.holds() && !exact(line))) {
            scene.outlet().cut();
            return true;
        }
        if (scene.outlet().ended() || scene.outlet().deaf()) {
            return unheard(frame, line);
        }
        if (line != null && line.step() instanceof Step.EventLine event) {
            if (event.name().equals("silent")) {
                return patience.silent(line, event) ? passed(frame) : stopped();
            }
            if (event.name().equals("raw")) {
                return patience.raw(line, event) ? passed(frame) : stopped();
            }
        }
        if (candidates.wantTls(frames) && scene.startTls()) {
            return true;
        }
        Happening happening = scene.inbox().peek();
        if (happening == null) {
            return patience.waitFor(candidates.within(frames), awaited());
        }
        return happened(frame, happening);
    }

    /** Tells whether the play, which could not pass the line, has to look again: it has departed and is over. */
    private boolean stopped() {
        return !scene.live();
    }

    private static boolean exact(@Nullable ScriptLine line) {
        return line != null && (line.step() instanceof Step.MessageLine || line.step() instanceof Step.EventLine);
    }

    /** The script has ended the connection, or reads no more: an end is all that it may still await. */
    private boolean unheard(Frame frame, @Nullable ScriptLine line) {
        boolean end = line != null
                && line.step() instanceof Step.EventLine event
                && List.of("end", "eof", "reset").contains(event.name());
        if (end) {
            return passed(frame);
        }
        if (!scene.outlet().ended()) {
            return false;
        }
        if (scene.byFault()) {
            frames.clear();
            return true;
        }
        return patience.departed(awaited(), "the end of the connection, by the script itself");
    }

    private boolean happened(Frame frame, Happening happening) {
        if (happening instanceof Happening.Arrived arrived) {
            if (scene.emission().ignores(arrived.message())) {
                take(arrived);
                return true;
            }
            ScriptLine forbidden = scene.prohibitions().forbids(arrived.message());
            if (forbidden != null) {
                return patience.departed(List.of(forbidden), Phrasing.spelled(arrived.message()));
            }
            if (!scene.outlet().idle() || scene.outlet().ended()) {
                return true;
            }
        }
        if (candidates.accept(frames, happening)) {
            return proceed(frame, happening);
        }
        Happening executed = statements.executed(happening);
        if (executed != null && candidates.accept(frames, executed)) {
            return proceed(frame, executed);
        }
        return harmless.deal(happening) || patience.surprised(awaited(), happening);
    }

    /** Does what the first candidate on the way to the happening asks for. */
    private boolean proceed(Frame frame, Happening happening) {
        if (frame.kind == Frame.Kind.UNORDERED) {
            return part(frame, happening);
        }
        if (frame.kind == Frame.Kind.REPEAT && frame.atEnd()) {
            if (!candidates.begins(frame.lines, happening)) {
                return popped();
            }
            frame.count++;
            frame.at = 0;
            return true;
        }
        Step step = Objects.requireNonNull(frame.lines.get(frame.at).step());
        if (step instanceof Step.MessageLine message) {
            return arrived(frame, message, (Happening.Arrived) happening);
        }
        if (step instanceof Step.EventLine event) {
            return occurred(frame, event, happening);
        }
        if (step instanceof Step.StatementBlock block) {
            frame.at++;
            patience.progressed();
            statements.begin(block, happening);
            return true;
        }
        return descend(frame, step, happening);
    }

    private boolean part(Frame frame, Happening happening) {
        for (List<ScriptLine> part : frame.parts) {
            if (candidates.begins(part, happening)) {
                frame.parts.remove(part);
                push(Frame.plain(part));
                return true;
            }
        }
        return popped();
    }

    private boolean descend(Frame frame, Step step, Happening happening) {
        frame.at++;
        if (step instanceof Step.EitherBlock either) {
            for (List<ScriptLine> part : either.parts()) {
                if (candidates.begins(part, happening)) {
                    push(Frame.plain(part));
                    return true;
                }
            }
        } else if (step instanceof Step.OptionalBlock optional && candidates.begins(optional.body(), happening)) {
            push(Frame.plain(optional.body()));
        } else if (step instanceof Step.RepeatBlock repeat && candidates.begins(repeat.body(), happening)) {
            push(Frame.repeat(repeat));
        } else if (step instanceof Step.UnorderedBlock unordered) {
            push(Frame.unordered(unordered));
        }
        return true;
    }

    private boolean arrived(Frame frame, Step.MessageLine line, Happening.Arrived arrived) {
        ScriptLine whole = frame.lines.get(frame.at);
        scene.phrasing().bind(line, arrived.message());
        take(arrived);
        frame.at++;
        Arrival.of(whole, line, arrived.message(), scene);
        return true;
    }

    private boolean occurred(Frame frame, Step.EventLine event, Happening happening) {
        if (event.name().equals("end") && happening instanceof Happening.Arrived terminate) {
            take(terminate);
            return true;
        }
        scene.noted(() -> Phrasing.spelled(happening));
        if (!(happening instanceof Happening.Ended)) {
            scene.inbox().take();
        }
        return passed(frame);
    }

    void take(Happening.Arrived arrived) {
        scene.inbox().take();
        patience.progressed();
        scene.noted(() -> Phrasing.spelled(arrived.message()));
    }

    private boolean awaitSync(Frame frame) {
        Happening happening = scene.inbox().peek();
        List<ScriptLine> line = List.of(frame.lines.get(frame.at));
        if (happening == null) {
            return patience.waitFor(scene.run().patience(), line);
        }
        if (happening instanceof Happening.Arrived arrived) {
            if (arrived.message() instanceof Sync) {
                take(arrived);
                statements.synced(frame);
                return true;
            }
            if (statements.closes(arrived)) {
                return true;
            }
        }
        return patience.surprised(line, happening);
    }

    /** Tells whether the message may be passed over where the script awaits something else: the end of a session. */
    boolean leaving(Happening.Arrived arrived) {
        return arrived.message() instanceof Terminate && scene.mayIdle();
    }
}
