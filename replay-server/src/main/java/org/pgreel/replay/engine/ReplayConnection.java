package org.pgreel.replay.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.replay.report.ConnectionOutcome;
import org.pgreel.replay.report.ConnectionReport;

/**
 * One client's connection to a replayed server: the inputs that a transport gives.
 *
 * <p>What follows from an input is done through {@link ReplayEffects} before the input returns, on other connections
 * too where a cancel request or a notification ties them together. All connections of an engine are confined to one
 * thread.
 */
public final class ReplayConnection implements ClientConnection {
    private final ReplayEngine engine;
    private final ReplayEffects effects;
    private final ConnectionLog log;
    private Stage stage;
    private boolean ended;
    private boolean tlsStarted;
    private @Nullable Bytes endPointHash;
    private @Nullable String certified;

    ReplayConnection(ReplayEngine engine, ReplayEffects effects, String client) {
        this.engine = engine;
        this.effects = effects;
        this.log = new ConnectionLog(client);
        this.stage = new Negotiating(this);
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        if (!ended) {
            stage.received(buffer, from, to);
        }
    }

    @Override
    public void certified(String commonName) {
        certified = commonName;
    }

    @Override
    public void tlsEstablished(@Nullable Bytes endPoint) {
        endPointHash = endPoint;
    }

    @Override
    public void tlsFailed(String reason) {
        dropped("TLS could not be established: " + reason);
    }

    @Override
    public void endOfStream() {
        if (!ended) {
            stage.endOfStream();
        }
    }

    @Override
    public void reset() {
        if (!ended) {
            stage.reset();
        }
    }

    @Override
    public void writable() {
        if (!ended) {
            stage.writable();
        }
    }

    @Override
    public void elapsed(ReplayTimer timer) {
        if (ended) {
            return;
        }
        if (timer == ReplayTimer.LOGIN) {
            dropped("no login within " + engine.settings().loginLimit().toSeconds() + " s");
        } else {
            stage.elapsed(timer);
        }
    }

    /** Returns whether this side has ended the connection. */
    public boolean ended() {
        return ended;
    }

    void opened() {
        effects.armTimer(ReplayTimer.LOGIN, engine.settings().loginLimit());
    }

    ReplayEngine engine() {
        return engine;
    }

    ReplayEffects effects() {
        return effects;
    }

    ConnectionLog log() {
        return log;
    }

    /** Returns what times its answers; null if they leave at once. */
    Timing.@Nullable Pace pace() {
        Timing timing = engine.settings().timing();
        return timing.equals(Timing.NONE) ? null : timing.pace(log.number());
    }

    @Nullable
    Bytes endPointHash() {
        return endPointHash;
    }

    /** Returns the common name of the certificate that the client has shown; null if it has shown none. */
    @Nullable
    String certified() {
        return certified;
    }

    boolean tlsStarted() {
        return tlsStarted;
    }

    void startTls() {
        tlsStarted = true;
        effects.startTls();
    }

    void enter(Stage next) {
        stage = next;
    }

    @Nullable
    Following following() {
        return stage instanceof Following following ? following : null;
    }

    /** Sends the messages in one write. */
    void send(List<? extends BackendMessage> messages) {
        var out = new MessageWriter();
        messages.forEach(message -> message.encode(out));
        effects.write(out.array(), 0, out.length());
        effects.flush();
    }

    /** Turns the client away at login. */
    void refused(ErrorResponse error) {
        log.outcome(ConnectionOutcome.REFUSED, error.message());
        send(List.of(error));
        end();
    }

    /** Ends a connection that did not come to a login, without a word, as a server does with what it cannot read. */
    void dropped(String reason) {
        if (!ended) {
            log.outcome(ConnectionOutcome.NO_LOGIN, reason);
            end();
        }
    }

    /** Ends the connection in order. */
    void end() {
        if (!ended) {
            finished();
            effects.close();
        }
    }

    /** Resets the connection. */
    void abort() {
        if (!ended) {
            finished();
            effects.abort();
        }
    }

    private void finished() {
        ended = true;
        effects.disarm(ReplayTimer.LOGIN);
        effects.disarm(ReplayTimer.SENDER);
        effects.disarm(ReplayTimer.PACE);
        engine.ended(this);
    }

    ConnectionReport report() {
        Following following = following();
        return following == null ? log.report() : following.report();
    }

    /** Tells whether the connection counts in the report: a cancel request is reported in its own way. */
    boolean reported() {
        return !(stage instanceof Negotiating.Canceling);
    }

    /** Returns the parameters of the StartupMessage; empty before it came. */
    Map<String, String> startup() {
        return log.startup();
    }
}
