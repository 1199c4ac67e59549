package org.pgreel.replay.rerun;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/**
 * Records a session that is run again as the one that it repeats: the StartupMessage on the new recording is that of the old
 * one, so that the same client can be replayed to, whatever credentials the run itself took.
 */
final class ScriptTap implements WireTap {
    private static final int TYPE_AT = 4;

    private final WireTap recorder;
    private final RecordedScript script;

    ScriptTap(WireTap recorder, RecordedScript script) {
        this.recorder = recorder;
        this.script = script;
    }

    @Override
    public SessionTap sessionOpened(SessionOpening opening) {
        var named =
                new SessionOpening(opening.role(), opening.clientAddress(), opening.serverAddress(), script.startup());
        return new Session(recorder.sessionOpened(named), startup());
    }

    private byte[] startup() {
        var out = new MessageWriter();
        StartupMessage.of(script.startupVersion(), script.startup()).encode(out);
        return out.toBytes().toArray();
    }

    /** One session's tap. */
    private static final class Session implements SessionTap {
        private final SessionTap tap;
        private final byte[] startup;

        Session(SessionTap tap, byte[] startup) {
            this.tap = tap;
            this.startup = startup;
        }

        @Override
        public void written(int connection, byte[] buffer, int from, int to) {
            // A StartupMessage has no type byte, and the major version 3 in two bytes behind its length.
            boolean untyped = to - from > TYPE_AT + 1 && buffer[from] == 0;
            if (untyped && buffer[from + TYPE_AT] == 0 && buffer[from + TYPE_AT + 1] == 3) {
                tap.written(connection, startup, 0, startup.length);
            } else {
                tap.written(connection, buffer, from, to);
            }
        }

        @Override
        public void connectionOpened(int connection) {
            tap.connectionOpened(connection);
        }

        @Override
        public void read(int connection, byte[] buffer, int from, int to) {
            tap.read(connection, buffer, from, to);
        }

        @Override
        public void tlsRequested(int connection) {
            tap.tlsRequested(connection);
        }

        @Override
        public void tlsEstablished(int connection, String protocol, String cipher) {
            tap.tlsEstablished(connection, protocol, cipher);
        }

        @Override
        public void tlsFailed(int connection, String kind) {
            tap.tlsFailed(connection, kind);
        }

        @Override
        public void callback(CallbackKind kind, String detail) {
            tap.callback(kind, detail);
        }

        @Override
        public void operationSubmitted(long id, String kind) {
            tap.operationSubmitted(id, kind);
        }

        @Override
        public void operationCompleted(long id, String outcome) {
            tap.operationCompleted(id, outcome);
        }

        @Override
        public void marker(String note) {
            tap.marker(note);
        }

        @Override
        public void connectionClosed(int connection, EndKind how, By by) {
            tap.connectionClosed(connection, how, by);
        }

        @Override
        public void closed(By by, @Nullable EndKind how) {
            tap.closed(by, how);
        }
    }
}
