package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.coverage.CoveredServer;
import org.pgreel.scenarios.coverage.Edge;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.coverage.Matrix;
import org.pgreel.scenarios.coverage.MatrixMessages;
import org.pgreel.scenarios.coverage.MatrixStates;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.simulation.SeededNetwork;
import org.pgreel.scenarios.sweep.Tamper.Kind;

/**
 * Brings our own client to each state of the matrix that sessions of a catalogue lead to, and lets the server say each
 * message there, legal or not. All invariants of the sweep must hold behind it, and what is illegal must end the session. Confined
 * to one thread.
 */
public final class MatrixSweep {
    /** What comes where only an end may come is not read: the connection of a cancel request tells nothing. */
    private static final String UNREAD = "a cancel was requested";

    private static final long SEEDS = 2;

    private final EdgeCounts counts;
    private final boolean cuts;
    private final Map<String, Place> places = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int runs;

    /** Where a session is in a state. */
    private record Place(Subject subject, SweptStream stream, Kind kind, int boundary) {}

    /**
     * @param counts hears of the edges
     * @param cuts whether each message also comes byte by byte, joined with what comes soon, and cut and delayed by seed
     */
    public MatrixSweep(EdgeCounts counts, boolean cuts) {
        this.counts = counts;
        this.cuts = cuts;
    }

    /** Returns how many runs there were. */
    public int runs() {
        return runs;
    }

    /** Returns the states to which our client was brought. */
    public Set<String> states() {
        return Collections.unmodifiableSet(places.keySet());
    }

    /**
     * Plays all.
     *
     * @param sessions those that are not about one session, or do not pass by themselves, are passed over
     * @return what did not hold, a sentence each
     */
    public List<String> run(List<Scenario> sessions) {
        sessions.forEach(this::search);
        for (Map.Entry<Edge, Boolean> cell : Matrix.all().entrySet()) {
            Edge edge = cell.getKey();
            Place place = places.get(edge.state());
            if (edge.from() == Direction.BACKEND && place != null) {
                play(place, edge, cell.getValue()).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private void search(Scenario scenario) {
        Subject subject;
        try {
            subject = new Subject(scenario);
        } catch (UnplayableException notOfOneSession) {
            return;
        }
        if (!subject.broken().isEmpty()) {
            return;
        }
        for (SweptStream stream : subject.streams()) {
            if (stream.direction() == Direction.FRONTEND) {
                continue;
            }
            for (int at = 0; at < stream.edges().size(); at++) {
                place(stream.edges().get(at).state(), new Place(subject, stream, Kind.INSERT, at));
                place(stream.behind().get(at), new Place(subject, stream, Kind.APPEND, at + 1));
            }
        }
    }

    private void place(String state, Place place) {
        if (MatrixStates.names().contains(state)) {
            places.putIfAbsent(state, place);
        }
    }

    private Optional<String> play(Place place, Edge edge, boolean legal) {
        Bytes message = MatrixMessages.bytes(edge.from(), edge.message());
        var tamper = new Tamper("insert " + edge.message(), place.kind(), 0, message);
        var fault = new Fault(place.stream(), tamper, true, place.boundary());
        runs++;
        Trace trace = Play.of(place.subject(), fault, server -> new CoveredServer(server, counts));
        Optional<Sweep.Broken> broken = Sweep.judge(place.subject(), fault, trace);
        if (broken.isPresent()) {
            return Optional.of(edge + ": " + broken.get());
        }
        ShutdownReason reason = trace.reason();
        if (!legal && !edge.state().equals(UNREAD) && reason instanceof ShutdownReason.SessionClosed) {
            return Optional.of(edge + ": " + place.subject().scenario().name() + " goes on behind it");
        }
        return cuts
                ? cut(place, fault, legal || edge.state().equals(UNREAD)).map(problem -> edge + ", " + problem)
                : Optional.empty();
    }

    /**
     * However the stream is cut, all holds.
     *
     * @param mayGoOn whether the session need not end by it
     */
    private Optional<String> cut(Place place, Fault fault, boolean mayGoOn) {
        for (Kind kind : List.of(Kind.BYTES, Kind.COALESCE)) {
            var cut = new Fault(place.stream(), Tampers.plain(kind), false, 0);
            Trace trace = Play.of(place.subject(), List.of(fault, cut), Play.plain(), Plant.NONE);
            Optional<String> problem = broken(place, fault, mayGoOn, trace);
            if (problem.isPresent()) {
                return Optional.of(cut.tamper() + ": " + problem.get());
            }
        }
        for (long seed = 1; seed <= SEEDS; seed++) {
            long chosen = seed;
            Trace trace = Play.of(place.subject(), fault, clock -> new SeededNetwork(clock, chosen, 0), seed);
            Optional<String> problem = broken(place, fault, mayGoOn, trace);
            if (problem.isPresent()) {
                return Optional.of("seed " + seed + ": " + problem.get());
            }
        }
        return Optional.empty();
    }

    /** What comes with the message before may come when the session has been closed, once the two come apart. */
    private Optional<String> broken(Place place, Fault fault, boolean mayGoOn, Trace trace) {
        runs++;
        Optional<Sweep.Broken> broken = Sweep.judge(place.subject(), fault, trace);
        if (broken.isPresent()) {
            return broken.map(Sweep.Broken::toString);
        }
        boolean goesOn = place.kind() == Kind.INSERT && trace.reason() instanceof ShutdownReason.SessionClosed;
        return !mayGoOn && goesOn
                ? Optional.of(place.subject().scenario().name() + " goes on behind it")
                : Optional.empty();
    }
}
