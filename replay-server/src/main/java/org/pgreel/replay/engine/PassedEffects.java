package org.pgreel.replay.engine;

import java.time.Duration;
import org.pgreel.protocol.message.BackendMessage;

/**
 * Passes all that an engine does on to the next, for those who look on or change a part: override what is of interest.
 * Bytes of a {@code ByteBuffer} come as an array, so that {@link #write(byte[], int, int)} sees all that is written.
 */
public class PassedEffects implements ReplayEffects {
    private final ReplayEffects next;

    /**
     * Passes on.
     *
     * @param next whom to
     */
    protected PassedEffects(ReplayEffects next) {
        this.next = next;
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        next.write(buffer, from, to);
    }

    @Override
    public void flush() {
        next.flush();
    }

    @Override
    public boolean writable() {
        return next.writable();
    }

    @Override
    public void startTls() {
        next.startTls();
    }

    @Override
    public void close() {
        next.close();
    }

    @Override
    public void halfClose() {
        next.halfClose();
    }

    @Override
    public void pauseReading() {
        next.pauseReading();
    }

    @Override
    public void abort() {
        next.abort();
    }

    @Override
    public void armTimer(ReplayTimer timer, Duration after) {
        next.armTimer(timer, after);
    }

    @Override
    public void struck(BackendMessage message, String effect) {
        next.struck(message, effect);
    }

    @Override
    public void disarm(ReplayTimer timer) {
        next.disarm(timer);
    }
}
