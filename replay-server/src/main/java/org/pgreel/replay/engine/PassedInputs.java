package org.pgreel.replay.engine;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** Passes all that a client does on to the next, for those who look on: override what is of interest. */
public class PassedInputs implements ClientConnection {
    private final ClientConnection next;

    /**
     * Passes on.
     *
     * @param next whom to
     */
    protected PassedInputs(ClientConnection next) {
        this.next = next;
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        next.received(buffer, from, to);
    }

    @Override
    public void certified(String commonName) {
        next.certified(commonName);
    }

    @Override
    public void tlsEstablished(@Nullable Bytes endPoint) {
        next.tlsEstablished(endPoint);
    }

    @Override
    public void tlsFailed(String reason) {
        next.tlsFailed(reason);
    }

    @Override
    public void endOfStream() {
        next.endOfStream();
    }

    @Override
    public void reset() {
        next.reset();
    }

    @Override
    public void writable() {
        next.writable();
    }

    @Override
    public void elapsed(ReplayTimer timer) {
        next.elapsed(timer);
    }
}
