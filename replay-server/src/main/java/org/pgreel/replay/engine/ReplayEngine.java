package org.pgreel.replay.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.replay.exchange.ExchangeLibrary;
import org.pgreel.replay.live.LiveRecording;
import org.pgreel.replay.report.CancelReport;
import org.pgreel.replay.report.RecordedConnectionId;
import org.pgreel.replay.report.ReplayReport;
import org.pgreel.replay.report.UnplayedConnection;
import org.pgreel.replay.source.PlayableRecording;

/**
 * Plays a recording to clients: what a replayed server does, without a socket, a clock or a thread.
 *
 * <p>A transport tells it of each new connection and hands the returned {@link ReplayConnection} its inputs. Each
 * client gets the next recorded connection with its start-up parameters and must send what was recorded; it is answered
 * as soon as the messages have come that an answer belongs to, however they come. Confined to one thread, with all its
 * connections.
 */
public final class ReplayEngine implements PlayedServer {
    private final ReplaySettings settings;
    private final RecordedConnections recorded;
    private final LiveConnections live;
    private final Authenticator authenticator;
    private final List<ReplayConnection> arrived = new ArrayList<>();
    private final List<CancelReport> cancels = new ArrayList<>();
    private final Map<RecordedConnectionId, Following> played = new HashMap<>();
    private final Set<Following> waiting = new LinkedHashSet<>();
    private final @Nullable ExchangeLibrary library;
    private final RecordedOrder order;
    private final @Nullable LiveRecording liveRecording;
    private int connected;

    /**
     * Makes a replay ready to begin. With SCRAM this derives a key, which takes milliseconds.
     *
     * @param recording what to play
     * @param settings how to play it
     * @param entropy where salts, nonces and keys come from
     * @throws IllegalArgumentException if no recorded connection may be played under these settings
     */
    public ReplayEngine(PlayableRecording recording, ReplaySettings settings, Entropy entropy) {
        this(recording, settings, entropy, null);
    }

    /**
     * Makes a replay ready that asks a live server what is not recorded, where statements are matched by exchanges.
     *
     * @param newLiveRecording that server; null for none
     */
    public ReplayEngine(
            PlayableRecording recording,
            ReplaySettings settings,
            Entropy entropy,
            @Nullable LiveRecording newLiveRecording) {
        this.liveRecording = newLiveRecording;
        this.settings = settings;
        this.recorded = new RecordedConnections(recording.connections(), settings.includeFailed());
        this.library = settings.matching() == Matching.EXCHANGE
                ? new ExchangeLibrary(recording, settings.strict(), settings.volatility(), settings.housekeeping())
                : null;
        this.order = new RecordedOrder(settings.gates() && library == null ? recording.connections() : List.of());
        this.live = new LiveConnections(entropy);
        this.authenticator = new Authenticator(settings, entropy);
    }

    @Override
    public ReplayConnection opened(String client, ReplayEffects effects) {
        var connection = new ReplayConnection(this, effects, client);
        connected++;
        connection.opened();
        return connection;
    }

    /** Returns what the replay has come to so far. */
    public ReplayReport report() {
        if (library != null) {
            return new ReplayReport(
                    arrived.stream().map(ReplayConnection::report).toList(), List.of(), cancels, library.report());
        }
        var unplayed = recorded.unplayed().stream()
                .map(connection -> new UnplayedConnection(
                        connection.id(),
                        connection.startup(),
                        connection.frontend().size()))
                .toList();
        return new ReplayReport(arrived.stream().map(ReplayConnection::report).toList(), unplayed, cancels);
    }

    ReplaySettings settings() {
        return settings;
    }

    RecordedConnections recorded() {
        return recorded;
    }

    /** Tells whether statements are answered by exchanges. */
    boolean exchanging() {
        return library != null;
    }

    /** Returns the recorded exchanges, when they are what is played. */
    ExchangeLibrary library() {
        return Objects.requireNonNull(library);
    }

    /** Returns what is asked that is not recorded; null if nothing is. */
    @Nullable
    LiveRecording liveRecording() {
        return liveRecording;
    }

    /** Returns in which order connections keep to each other. */
    RecordedOrder order() {
        return order;
    }

    LiveConnections live() {
        return live;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    /** A connection has said who it is, or ended without a word; from now on it is reported. */
    void arrived(ReplayConnection connection) {
        arrived.add(connection);
        connection.log().number(arrived.size());
    }

    /** Tells whether more clients are connected than may be. */
    boolean full() {
        return connected > settings.connectionsMax();
    }

    void picked(RecordedConnectionId id, Following following) {
        played.put(id, following);
    }

    /** Returns who plays the recorded connection; null if nobody does yet. */
    @Nullable
    Following playing(RecordedConnectionId id) {
        return played.get(id);
    }

    /** Wakes the connection again when another one has made progress. */
    void waits(Following following) {
        waiting.add(following);
    }

    /** A connection has gone on, or ended: those that wait for it look again. */
    void progressed() {
        if (!waiting.isEmpty()) {
            List<Following> woken = List.copyOf(waiting);
            waiting.clear();
            woken.forEach(Following::play);
        }
    }

    void cancel(CancelRequest request) {
        ReplayConnection target = live.find(request);
        if (target == null) {
            cancels.add(new CancelReport(request.processId(), null, false));
            return;
        }
        Following following = target.following();
        boolean wasRecorded = following != null && following.cancelRecorded();
        cancels.add(new CancelReport(request.processId(), target.log().number(), wasRecorded));
        if (following != null) {
            following.canceled();
        }
    }

    void ended(ReplayConnection connection) {
        connected--;
        live.forget(connection);
        if (connection.reported() && connection.log().number() == 0) {
            arrived(connection);
        }
        Following following = connection.following();
        if (following != null) {
            waiting.remove(following);
            progressed();
        }
    }
}
