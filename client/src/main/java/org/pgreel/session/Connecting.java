package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedTcp;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.ShutdownReason;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;

/**
 * The attempts of a session: goes from one server to the next until one is accepted.
 *
 * <p>What the application would hear of an attempt that can still be given up is withheld until it is accepted.
 */
final class Connecting {

    private final Parts parts;
    private final Reception reception;
    private final LiveSession session;
    private final Route route;
    private final ConnectOptions options;
    private final Effects effects;
    private @Nullable SessionTap tap;
    private int attempt;
    private int connection;
    private boolean up;
    private boolean told;
    private boolean keyIsStale;

    Connecting(Parts parts, Reception reception, LiveSession session) {
        this.parts = parts;
        this.reception = reception;
        this.session = session;
        this.route = parts.route();
        this.options = parts.options();
        this.effects = parts.effects();
    }

    void tapWith(@Nullable SessionTap sessionTap) {
        tap = sessionTap;
    }

    void begin() {
        effects.armTimer(Timer.CONNECT, options.connectTimeout());
        connect();
    }

    private void connect() {
        attempt++;
        up = false;
        parts.notifier().withhold(route.mayGoOn());
        if (route.mayGoOn() || options.hasAttemptTimeout()) {
            effects.armTimer(Timer.ATTEMPT, options.attemptTimeout());
        }
        effects.connect(route.current());
    }

    /** Returns the number of the present attempt, by which an input of one before it is known. */
    int attempt() {
        return attempt;
    }

    /** Returns the number of the present connection in the session's recording. */
    int connection() {
        return connection;
    }

    /** The transport of the present attempt is up. */
    void connected() {
        up = true;
        connection++;
        parts.outbound().connection(connection);
        parts.cancels().connection(connection);
        if (tap != null) {
            tap.connectionOpened(connection);
        }
        if (!told) {
            told = true;
            parts.notifier().connected();
        }
    }

    void addressFailed(String address, Throwable cause) {
        if (route.current() instanceof ServerAddress.Tcp tcp) {
            ServerAddress numeric = new ServerAddress.Tcp(tcp.host(), tcp.port(), address);
            route.addressFailed(numeric, new ConnectionFailedTcp(numeric, cause));
            session.facts().attempted(route.attempts());
        }
    }

    /**
     * A key came, or could not be derived.
     *
     * @return whether it is the present attempt's; that of one before it was only waited for
     */
    boolean keyCame() {
        parts.login().keyCame();
        if (keyIsStale) {
            keyIsStale = false;
            connect();
            return false;
        }
        return true;
    }

    /**
     * The present attempt is at its end.
     *
     * @param reason why, in the words of a session that never got ready
     * @return whether another one follows, so that the session is not over
     */
    boolean goesOn(SessionEnd end, ShutdownReason reason) {
        if (!(reason instanceof ShutdownReason.ConnectionFailed failed)) {
            return false;
        }
        boolean another = route.goesOn(failed.reason());
        session.facts().attempted(route.attempts());
        if (!another) {
            parts.notifier().discard();
            return false;
        }
        giveUp(end);
        return true;
    }

    private void giveUp(SessionEnd end) {
        Stage stage = parts.greeting().stage();
        boolean inOrder = stage != Stage.CONNECTING && stage != Stage.IN_TLS_HANDSHAKE;
        effects.disarm(Timer.ATTEMPT);
        effects.disarm(Timer.STALL);
        effects.disarm(Timer.END_OF_STREAM);
        if (inOrder && end.by() == By.CLIENT && stage.compareTo(Stage.AUTHENTICATING) >= 0) {
            parts.outbound().terminate();
        }
        effects.giveUp(inOrder);
        if (tap != null && up) {
            tap.connectionClosed(connection, end.how(), end.by());
        }
        parts.restart();
        reception.restart();
        session.facts().forget();
        if (parts.login().awaitsKey()) {
            keyIsStale = true;
        } else {
            connect();
        }
    }

    /** Ends the connection: in order, with Terminate if the server knows of a session and still listens. */
    void leave(Stage stage, By by) {
        if (stage == Stage.CONNECTING || stage == Stage.IN_TLS_HANDSHAKE) {
            effects.abort();
            return;
        }
        if (by == By.CLIENT && stage.compareTo(Stage.AUTHENTICATING) >= 0) {
            if (!terminated(parts.outbound())) {
                // The connection ends without Terminate, which no recording would hold.
                effects.abort();
                return;
            }
        }
        effects.close();
    }

    /** The session is over. */
    void closeTap(Stage stage, SessionEnd end) {
        if (tap == null) {
            return;
        }
        EndKind how = stage == Stage.CONNECTING ? null : end.how();
        try {
            if (how != null) {
                tap.connectionClosed(connection, how, end.by());
            }
            tap.closed(end.by(), how);
        } catch (TapFailedException e) {
            // The session is over; the tap has marked its recording itself.
            tap = null;
        }
    }

    /** Says goodbye to the server of a session that is over; false if no recording would hold it. */
    private static boolean terminated(Outbound outbound) {
        try {
            outbound.terminate();
            return true;
        } catch (TapFailedException e) {
            return false;
        }
    }
}
