package org.pgreel.replay.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.exchange.ExchangeLibrary;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * Plays a script to clients: what a scripted server does, without a socket, a clock or a thread.
 *
 * <p>A transport tells it of each new connection and hands the returned {@link ClientConnection} its inputs. Confined to
 * one thread, with all its connections. One engine is one run: labels, signals and verdict are its own.
 */
public final class ScriptEngine implements PlayedServer {
    private final ServerSettings settings;
    private final Chunking chunking;
    private final Entropy entropy;
    private final PlayListener listener;
    private final PreparedScript prepared;
    private final List<ScriptLine> everywhere = new ArrayList<>();
    private final List<ArmedFault> armed = new ArrayList<>();
    private final Set<ScriptLine> fired = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<ScriptLine> faultOrder = new ArrayList<>();
    private final Bindings bindings = new Bindings();
    private final Postmaster postmaster;
    private final Map<String, Integer> signals = new HashMap<>();
    private final List<ScriptConnection> connections = new ArrayList<>();
    private final Set<ScriptConnection> waiting = new LinkedHashSet<>();
    private final TreeSet<Integer> freed = new TreeSet<>();
    private final @Nullable ExchangeLibrary library;
    private @Nullable Chapter chapter;
    private int numbers;

    /**
     * Makes a run of the script ready to begin.
     *
     * @param script what to play
     * @param settings what holds for the server around the connections
     * @param chunking how writes are cut
     * @param entropy where salts, nonces and keys come from
     * @param listener hears of departures
     * @throws org.pgreel.protocol.transcript.NotationException if a ready-made block is used as it cannot be
     */
    public ScriptEngine(
            Script script, ServerSettings settings, Chunking chunking, Entropy entropy, PlayListener listener) {
        this(new PreparedScript(script, settings), chunking, entropy, listener);
    }

    /**
     * Makes one of several runs of a script ready to begin.
     *
     * @param prepared what to play
     * @param chunking how writes are cut
     * @param entropy where salts, nonces and keys come from
     * @param listener hears of departures
     */
    public ScriptEngine(PreparedScript prepared, Chunking chunking, Entropy entropy, PlayListener listener) {
        this.prepared = prepared;
        this.settings = prepared.settings();
        this.chunking = chunking;
        this.entropy = entropy;
        this.listener = listener;
        this.postmaster = new Postmaster(settings);
        RecordingBeside beside = settings.recording();
        this.library = beside == null || beside.verbatim()
                ? null
                : new ExchangeLibrary(beside.recording(), false, beside.volatility());
        everywhere.addAll(prepared.everywhere());
        faultOrder.addAll(prepared.faults());
        arm();
    }

    private void arm() {
        for (ScriptLine line : everywhere) {
            if (line.step() instanceof Step.FaultLine fault) {
                armed.add(new ArmedFault(line, fault.fault()));
            }
        }
    }

    /**
     * Opens a chapter of the recording, and goes on with the connections that there are. From here on the recorded runs of
     * the chapter answer, its faults and prohibitions hold, labels are unsignalled, and the report is about this chapter.
     *
     * @return false if the recording has no such chapter
     * @throws IllegalStateException if no recording is matched by exchanges
     */
    public boolean open(Chapter next) {
        if (library == null) {
            throw new IllegalStateException("Only a recording that is matched by exchanges has chapters");
        }
        boolean known = library.open(next.name());
        chapter = next;
        everywhere.clear();
        everywhere.addAll(next.overlay().lines());
        List.of(fired, faultOrder, armed).forEach(Collection::clear);
        signals.clear();
        faultOrder.addAll(PreparedScript.faults(next.overlay().lines()));
        arm();
        connections.removeIf(connection -> !connection.live());
        connections.forEach(connection -> connection.chapterBegan(next.name()));
        return known;
    }

    /** Returns the chapter that is open; null if the run is about the whole. */
    @Nullable
    Chapter chapter() {
        return chapter;
    }

    @Override
    public ClientConnection opened(String client, ReplayEffects effects) {
        var connection = new ScriptConnection(this, client, effects);
        connections.add(connection);
        connection.opened();
        return connection;
    }

    /** Tells whether the script makes a TLS handshake anywhere, for which a server needs a certificate. */
    public boolean needsTls() {
        return blocks().stream().anyMatch(block -> needsTls(block.body()));
    }

    private static boolean needsTls(List<ScriptLine> lines) {
        for (ScriptLine line : lines) {
            Step step = line.step();
            boolean here = step instanceof Step.EventLine event && event.name().equals("tls");
            if (here || (step != null && Bodies.of(step).stream().anyMatch(ScriptEngine::needsTls))) {
                return true;
            }
        }
        return false;
    }

    /** Returns what the run has come to so far. */
    public PlayReport report() {
        return new Judgement(this).report();
    }

    /** Tells whether all connections that arrived have ended. */
    public boolean quiet() {
        for (ScriptConnection connection : connections) {
            if (connection.live()) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many bytes it holds: what clients have sent and it has not read, and what waits to be sent to them. */
    public long held() {
        long held = 0;
        for (ScriptConnection connection : connections) {
            held += connection.inbox().length() + connection.outlet().held();
        }
        return held;
    }

    /** Returns where the connections stand that have not ended, in order of arrival. */
    public List<Standing> standings() {
        return connections.stream()
                .filter(ScriptConnection::live)
                .map(ScriptConnection::standing)
                .toList();
    }

    ServerSettings settings() {
        return settings;
    }

    Chunking chunking() {
        return chunking;
    }

    Entropy entropy() {
        return entropy;
    }

    Bindings bindings() {
        return bindings;
    }

    Postmaster postmaster() {
        return postmaster;
    }

    /** Returns the recorded exchanges that answer what the script does not; null if there is no recording. */
    @Nullable
    ExchangeLibrary library() {
        return library;
    }

    List<ArmedFault> armed() {
        return armed;
    }

    /** Returns the lines outside of all blocks that hold for all connections. */
    List<ScriptLine> everywhere() {
        return everywhere;
    }

    /** Returns the lines of a healthy server. */
    List<ScriptLine> healthy() {
        return prepared.healthy();
    }

    /** Returns what the script's lines came to before. */
    Phrases phrases() {
        return prepared.phrases();
    }

    List<Step.ConnectionBlock> blocks() {
        return prepared.blocks();
    }

    List<ScriptConnection> connections() {
        return connections;
    }

    List<ScriptLine> unfired() {
        return faultOrder.stream().filter(line -> !fired.contains(line)).toList();
    }

    List<ScriptLine> firedFaults() {
        return faultOrder.stream().filter(fired::contains).toList();
    }

    /** Tells whether any fault is laid over what is played. */
    boolean hasFaults() {
        return !faultOrder.isEmpty();
    }

    void fired(ScriptLine line) {
        fired.add(line);
    }

    /** Returns the number that the next connection gets. */
    int nextNumber() {
        return freed.isEmpty() ? numbers + 1 : freed.first();
    }

    int takeNumber() {
        int number = nextNumber();
        if (!freed.remove(number)) {
            numbers = number;
        }
        return number;
    }

    void freeNumber(int number) {
        freed.add(number);
    }

    Step.@Nullable ConnectionBlock block(int number) {
        for (Step.ConnectionBlock block : prepared.blocks()) {
            if (block.which().holds(number)) {
                return block;
            }
        }
        return null;
    }

    Step.@Nullable ConnectionBlock cancelBlock() {
        for (Step.ConnectionBlock block : prepared.blocks()) {
            if (block.which().kind() == Step.Connections.Kind.CANCEL) {
                return block;
            }
        }
        return null;
    }

    /** Returns how often the label was signalled. */
    public int signals(String label) {
        return signals.getOrDefault(label, 0);
    }

    /** Signals the label so many times, as a script's {@code signal} does: who awaits it goes on. */
    public void signal(String label, int count) {
        signals.merge(label, count, Integer::sum);
        List<ScriptConnection> woken = List.copyOf(waiting);
        waiting.clear();
        woken.forEach(ScriptConnection::pump);
        listener.changed();
    }

    void waits(ScriptConnection connection) {
        waiting.add(connection);
    }

    /** A connection has ended: its place is free. */
    void left(ScriptConnection connection) {
        postmaster.left(connection);
        waiting.remove(connection);
        listener.changed();
    }

    void assigned(int number) {
        listener.assigned(number);
    }

    void told(int connection, ScriptLine line) {
        listener.told(connection, line);
    }

    void departed(Mismatch mismatch) {
        listener.departed(mismatch);
    }

    void changed() {
        listener.changed();
    }

    Duration patience() {
        return settings.patience();
    }
}
