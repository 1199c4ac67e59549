package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;

/** Writes down what the core asks of another connection than the session's own. */
final class RecordedConnection implements ConnectionEffects {

    /** The world's end: what the core is told by. */
    final ConnectionInputs core;

    /** What was asked for, in order: "write 00000008…", "flush", "startTls", "close", "abort". */
    final List<String> asked = new ArrayList<>();

    RecordedConnection(ConnectionInputs core) {
        this.core = core;
    }

    void serverSays(String text) {
        byte[] bytes = Bytes.utf8(text).toArray();
        core.received(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        asked.add("write " + Bytes.copyOf(buffer, from, to).hex());
    }

    @Override
    public void flush() {}

    @Override
    public void startTls() {
        asked.add("startTls");
    }

    @Override
    public void close() {
        asked.add("close");
    }

    @Override
    public void abort() {
        asked.add("abort");
    }
}
