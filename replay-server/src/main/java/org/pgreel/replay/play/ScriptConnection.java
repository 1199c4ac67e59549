package org.pgreel.replay.play;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;
import org.pgreel.replay.exchange.Housekeeping;
import org.pgreel.replay.exchange.TransactionTracking;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** One client's connection to a scripted server: its inputs, and what its lines know of each other. */
final class ScriptConnection implements ClientConnection {
    private final ScriptEngine run;
    private final String address;
    private final ClientIdentity client = new ClientIdentity();
    private final ReplayEffects effects;
    private final Inbox inbox = new Inbox();
    private final Outlet outlet;
    private final TransactionTracking tracking = new TransactionTracking();
    private final Phrasing phrasing;
    private final Emission emission;
    private final Statements statements;
    private final Player player;
    private final NotedLines transcript = new NotedLines();
    private final Prohibitions prohibitions;
    private final RecordedAnswers recorded = new RecordedAnswers(this);
    private Step.@Nullable ConnectionBlock block;
    private int number;
    private boolean tlsStarted;
    private boolean tlsUp;
    private boolean spoke;
    private boolean byFault;
    private boolean surplus;
    private boolean pumping;
    private boolean gone;
    private PlayOutcome outcome = PlayOutcome.OPEN;
    private String detail = "";
    private @Nullable Mismatch mismatch;

    ScriptConnection(ScriptEngine run, String address, ReplayEffects effects) {
        this.run = run;
        this.address = address;
        this.effects = effects;
        this.outlet = new Outlet(effects, run.chunking());
        this.phrasing = new Phrasing(run, client);
        this.emission = new Emission(this);
        this.statements = new Statements(this);
        this.prohibitions = new Prohibitions(this);
        this.player = new Player(this);
    }

    /** The client has connected. */
    void opened() {
        Step.ConnectionBlock next = run.block(run.nextNumber());
        if (next != null && Openings.withoutClient(next.body())) {
            assign();
        }
        pump();
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        inbox.received(buffer, from, to);
        pump();
    }

    @Override
    public void tlsEstablished(@Nullable Bytes endPoint) {
        tlsUp = true;
        client.endPointHash(endPoint);
        emission.tlsUp();
        inbox.tls(new Happening.TlsUp());
        pump();
    }

    @Override
    public void tlsFailed(String reason) {
        inbox.tls(new Happening.TlsFailed(reason));
        inbox.ended(true);
        outlet.lost();
        pump();
    }

    @Override
    public void endOfStream() {
        inbox.ended(false);
        pump();
    }

    @Override
    public void reset() {
        if (tlsStarted && !tlsUp) {
            inbox.tls(new Happening.TlsFailed("the connection was reset"));
        }
        inbox.ended(true);
        outlet.lost();
        pump();
    }

    @Override
    public void writable() {
        pump();
    }

    @Override
    public void elapsed(ReplayTimer timer) {
        if (timer == ReplayTimer.PACE) {
            outlet.elapsed();
        } else if (timer == ReplayTimer.PATIENCE) {
            player.patience().elapsed();
        }
        pump();
        if (outlet.idle() && !gone) {
            // A pause is over behind which only the client can go on, and nothing else tells that.
            run.changed();
        }
    }

    /** Goes on as far as it can. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            boolean on = true;
            while (on && !gone) {
                outlet.drain();
                on = (outlet.idle() || outlet.ended()) && (block != null || surplus || assigned()) && player.step();
            }
            outlet.drain();
        } catch (NotationException | IllegalArgumentException unplayable) {
            // Known only now: a label holds what its line cannot say, or a field is not in the message.
            over(PlayOutcome.DEPARTED, "the script cannot be played on: " + unplayable.getMessage());
        } finally {
            pumping = false;
        }
    }

    /** Gives the connection its number and lines once it has done something; false as long as it has not. */
    private boolean assigned() {
        Happening first = inbox.peek();
        if (first == null) {
            return false;
        }
        if (first instanceof Happening.Ended) {
            over(PlayOutcome.IDLE, "it said nothing");
            return false;
        }
        if (first instanceof Happening.Arrived arrived && arrived.message() instanceof CancelRequest request) {
            return handOver(request);
        }
        assign();
        return true;
    }

    private void assign() {
        number = run.takeNumber();
        block = run.block(number);
        surplus = block == null;
        begin(block == null ? run.healthy() : block.body());
        emission.numbered(number);
        run.assigned(number);
    }

    /** A chapter begins: what is noted, and what is forbidden outside of all blocks, is that of the chapter. */
    void chapterBegan(String name) {
        spoke = false;
        transcript.restart("# " + name);
        prohibitions.restart(run.everywhere());
    }

    private void begin(List<ScriptLine> lines) {
        prohibitions.restart(run.everywhere());
        statements.begin(lines);
        player.begin(lines);
    }

    /** Takes a cancel request to its block, or reads and closes it; false where it cannot be one. */
    boolean handOver(CancelRequest request) {
        boolean known = block != null && block.which().kind() == Step.Connections.Kind.CANCEL;
        if (client.started() || known) {
            return false;
        }
        if (number > 0) {
            run.freeNumber(number);
            number = 0;
        }
        surplus = false;
        block = run.cancelBlock();
        if (block != null) {
            begin(tlsStarted ? Openings.behindTls(block.body()) : block.body());
            return true;
        }
        inbox.take();
        noted(() -> Phrasing.spelled(request));
        over(PlayOutcome.CANCEL, "process id " + request.processId());
        return true;
    }

    ScriptEngine run() {
        return run;
    }

    ReplayEffects effects() {
        return effects;
    }

    Inbox inbox() {
        return inbox;
    }

    Outlet outlet() {
        return outlet;
    }

    TransactionTracking tracking() {
        return tracking;
    }

    Phrasing phrasing() {
        return phrasing;
    }

    Emission emission() {
        return emission;
    }

    Statements statements() {
        return statements;
    }

    Prohibitions prohibitions() {
        return prohibitions;
    }

    /** Returns the lines of its block. */
    List<ScriptLine> lines() {
        return block == null ? run.healthy() : block.body();
    }

    Step.@Nullable ConnectionBlock block() {
        return block;
    }

    int number() {
        return number;
    }

    PlayOutcome outcome() {
        return outcome;
    }

    /** The play has come to a line that is told our own client, or by it. */
    void told(ScriptLine line) {
        if (line.step() instanceof Step.Told) {
            run.told(number, line);
        }
    }

    /** Returns where it stands, for who drives the client. */
    Standing standing() {
        boolean speaking = number == 0 || !outlet.idle();
        return new Standing(number, speaking ? Standing.Wait.NOTHING : player.waitsFor(), outlet.sent());
    }

    /** Tells whether it has begun a statement. */
    boolean hasSpoken() {
        return spoke;
    }

    boolean live() {
        return !gone;
    }

    /** Tells whether statements that nobody answers get an error and not the end of the connection. */
    boolean forgiving() {
        return surplus;
    }

    /** A statement has begun. */
    void spoke() {
        spoke = true;
    }

    /** A fault ends the connection, so that the rest of its lines cannot be played. */
    void endedByFault() {
        byFault = true;
    }

    boolean byFault() {
        return byFault;
    }

    /** Tells whether it may stay idle, or leave: a pool's connection that nobody has used. */
    boolean mayIdle() {
        boolean numbered = block != null && block.which().kind() == Step.Connections.Kind.ONE;
        return surplus || client.started() && !spoke && !numbered;
    }

    /** Returns who the client says that it is. */
    ClientIdentity client() {
        return client;
    }

    RecordedAnswers recorded() {
        return recorded;
    }

    void keepHouse() {
        statements.keepHouse(new Housekeeping(
                client.user(), client.database(), run.settings().version()));
    }

    /** The StartupMessage came: the server's settings decide whether there is room. */
    void started(StartupMessage message) {
        client.started(message);
        inbox.typed(true);
        ErrorResponse refusal = run.postmaster().admit(this, message.parameter("user"));
        if (refusal != null) {
            emission.send(refusal);
            over(PlayOutcome.REFUSED, refusal.message());
        }
    }

    /** Starts TLS, once; false if it was started before. */
    boolean startTls() {
        if (tlsStarted) {
            return false;
        }
        tlsStarted = true;
        outlet.then(new Act.StartTls());
        return true;
    }

    void noted(Supplier<String> line) {
        transcript.add(line);
    }

    /** The client did what the script does not say. */
    void departed(List<ScriptLine> expected, String got, @Nullable ErrorResponse error) {
        List<String> lines = expected.stream().map(run.phrases()::spelled).toList();
        int line = expected.isEmpty() ? 0 : expected.get(0).number();
        mismatch = new Mismatch(number, line, lines, got, transcript.lines());
        if (inbox.typed() && !outlet.mute() && !inbox.hasEnded()) {
            String sentence = "departed from the script: " + mismatch.sentence();
            emission.send(error != null ? error : ErrorResponse.of("FATAL", "RP002", sentence));
        }
        if (outcome == PlayOutcome.PLAYED) {
            outcome = PlayOutcome.OPEN; // What it did behind the last line undoes the verdict.
        }
        over(surplus ? PlayOutcome.SURPLUS : PlayOutcome.DEPARTED, mismatch.sentence());
        if (!surplus) {
            run.departed(mismatch);
        }
    }

    /** All lines have been played. */
    void played() {
        if (outcome == PlayOutcome.OPEN) {
            outcome = surplus ? PlayOutcome.SURPLUS : byFault ? PlayOutcome.ENDED_BY_FAULT : PlayOutcome.PLAYED;
            run.changed();
        }
    }

    /** Ends the connection with that outcome, unless it has one already. */
    void over(PlayOutcome how, String why) {
        if (outcome == PlayOutcome.OPEN) {
            outcome = how;
            detail = why;
        }
        gone = true;
        recorded.over(byFault);
        effects.disarm(ReplayTimer.PATIENCE);
        outlet.then(new Act.Close());
        outlet.drain();
        outlet.abandon(false);
        run.left(this);
    }

    /** Returns where the play is, for a person. */
    String whereItIs() {
        List<ScriptLine> awaited = player.awaited();
        return awaited.isEmpty()
                ? "it awaits nothing"
                : "it awaits line " + awaited.get(0).number() + ", " + awaited.get(0);
    }

    PlayedConnection report() {
        return new PlayedConnection(number, address, outcome, detail, mismatch, transcript.lines());
    }
}
