package org.pgreel.recorder.proxy;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.masking.CancelKey;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * A recorded session: its main connection, and those of cancel requests that carry its key. It ends in the journal with
 * the last of them, as the main one did. They may live on different event loops, so each call locks the session.
 */
final class ProxiedSession {

    static final int MAIN_CONNECTION = 1;

    /** Stands for a connection of a session that has ended already, and cannot be recorded in it. */
    static final int TOO_LATE = 0;

    private final ProxyContext context;
    private final SessionRecorder recorder;
    private int connections;
    private int live;
    private EndKind how = EndKind.LOCAL;
    private By by = By.PROXY;
    private boolean closed;
    private boolean damaged;
    private @Nullable CancelKey key;

    ProxiedSession(ProxyContext context, SessionRecorder recorder) {
        this.context = context;
        this.recorder = recorder;
    }

    /** Opens a connection of this session and returns its ordinal, or {@link #TOO_LATE}. */
    synchronized int connectionOpened() {
        if (closed) {
            return TOO_LATE;
        }
        connections++;
        recorder.connectionOpened(connections);
        live++;
        return connections;
    }

    synchronized void written(int connection, byte[] buffer, int length) {
        long began = System.nanoTime();
        long before = recorder.messages(connection, Direction.FRONTEND);
        recorder.written(connection, buffer, 0, length);
        passed(Direction.FRONTEND, connection, length, before, began);
    }

    private void passed(Direction direction, int connection, int length, long messagesBefore, long began) {
        context.counters()
                .passed(
                        direction,
                        length,
                        recorder.messages(connection, direction) - messagesBefore,
                        System.nanoTime() - began);
        if (recorder.isDamaged() && !damaged) {
            damaged = true;
            context.counters().sessionDamaged();
        }
    }

    synchronized void tlsRequested(int connection) {
        recorder.tlsRequested(connection);
    }

    synchronized void tlsEstablished(int connection, String protocol, String cipher) {
        recorder.tlsEstablished(connection, protocol, cipher);
    }

    synchronized void tlsFailed(int connection, String kind) {
        recorder.tlsFailed(connection, kind);
    }

    synchronized void read(int connection, byte[] buffer, int length) {
        long began = System.nanoTime();
        long before = recorder.messages(connection, Direction.BACKEND);
        recorder.read(connection, buffer, 0, length);
        passed(Direction.BACKEND, connection, length, before, began);
        if (key == null && connection == MAIN_CONNECTION) {
            CancelKey known = recorder.backendKey(connection);
            if (known != null) {
                key = known;
                context.keyKnown(known, this);
            }
        }
    }

    /** Returns whether all that a connection's server said so far is whole messages; false if that is not known. */
    synchronized boolean serverAtBoundary(int connection) {
        return !recorder.isDamaged() && recorder.atBoundary(connection, Direction.BACKEND);
    }

    synchronized void marker(String note) {
        recorder.marker(note);
    }

    synchronized void connectionClosed(int connection, EndKind connectionHow, By connectionBy) {
        live--;
        if (connection == MAIN_CONNECTION) {
            how = connectionHow;
            by = connectionBy;
            CancelKey known = key;
            if (known != null) {
                context.keyGone(known, this);
            }
        }
        try {
            recorder.connectionClosed(connection, connectionHow, connectionBy);
        } finally {
            if (live == 0) {
                closed = true;
                recorder.closed(by, how);
            }
        }
    }
}
