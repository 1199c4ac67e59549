package org.pgreel.scenarios.coverage;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayListener;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ScriptEngine;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;

/** A frontend that says what it is told, to an engine that plays a script; no socket, no clock. Confined to one thread. */
final class ScriptedFrontend implements ReplayEffects {
    private static final long SEED = 1;

    private final ScriptEngine engine;
    private final ClientConnection connection;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Set<ReplayTimer> timers = EnumSet.noneOf(ReplayTimer.class);
    private boolean tlsWanted;
    private boolean over;

    @SuppressWarnings("this-escape") // The engine calls its effects only from inside its inputs.
    ScriptedFrontend(String script, EdgeCounts counts) {
        engine = new ScriptEngine(
                Script.parse(script), ServerSettings.DEFAULTS, Chunking.WHOLE, Entropy.seeded(SEED), PlayListener.NONE);
        connection = new CoveredServer(engine, counts).opened("a frontend", this);
        settle();
    }

    /** Says that. */
    void say(byte[] bytes) {
        if (!over) {
            connection.received(bytes, 0, bytes.length);
            settle();
        }
    }

    /** Ends its side of the connection. */
    void end() {
        if (!over) {
            connection.endOfStream();
            settle();
        }
    }

    /** What was asked for comes to pass: TLS comes up, and timers go off, which is how time passes here. */
    private void settle() {
        if (tlsWanted) {
            tlsWanted = false;
            connection.tlsEstablished(null);
        }
        if (timers.remove(ReplayTimer.PACE)) {
            connection.elapsed(ReplayTimer.PACE);
            settle();
        }
    }

    /** Returns all that came. */
    byte[] heard() {
        return heard.toByteArray();
    }

    /** Returns what the play has come to. */
    PlayReport report() {
        return engine.report();
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        heard.write(buffer, from, to - from);
    }

    @Override
    public void flush() {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void startTls() {
        tlsWanted = true;
    }

    @Override
    public void close() {
        over = true;
    }

    @Override
    public void halfClose() {}

    @Override
    public void pauseReading() {}

    @Override
    public void abort() {
        over = true;
    }

    @Override
    public void armTimer(ReplayTimer timer, Duration after) {
        timers.add(timer);
    }

    @Override
    public void disarm(ReplayTimer timer) {
        timers.remove(timer);
    }
}
