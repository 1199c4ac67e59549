package org.pgreel.recorder.proxy;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.masking.CancelKey;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * A recorded session: its main connection, and those of cancel requests that carry its key. They may live on different
 * event loops, so each call locks the session.
 */
final class ProxiedSession {

    static final int MAIN_CONNECTION = 1;

    private final ProxyContext context;
    private final SessionRecorder recorder;
    private int connections;
    private @Nullable CancelKey key;

    ProxiedSession(ProxyContext context, SessionRecorder recorder) {
        this.context = context;
        this.recorder = recorder;
    }

    /** Opens a connection of this session and returns its ordinal. */
    synchronized int connectionOpened() {
        connections++;
        recorder.connectionOpened(connections);
        return connections;
    }

    synchronized void written(int connection, byte[] buffer, int length) {
        recorder.written(connection, buffer, 0, length);
    }

    synchronized void read(int connection, byte[] buffer, int length) {
        recorder.read(connection, buffer, 0, length);
        if (key == null && connection == MAIN_CONNECTION) {
            CancelKey known = recorder.backendKey(connection);
            if (known != null) {
                key = known;
                context.keyKnown(known, this);
            }
        }
    }

    synchronized void marker(String note) {
        recorder.marker(note);
    }

    synchronized void connectionClosed(int connection, EndKind how, By by) {
        try {
            recorder.connectionClosed(connection, how, by);
        } finally {
            if (connection == MAIN_CONNECTION) {
                CancelKey known = key;
                if (known != null) {
                    context.keyGone(known, this);
                }
                recorder.closed(by, how);
            }
        }
    }
}
