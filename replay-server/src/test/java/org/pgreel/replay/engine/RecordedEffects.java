package org.pgreel.replay.engine;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what the engine did to a connection. */
final class RecordedEffects implements ReplayEffects {
    private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
    private final List<byte[]> flushes = new ArrayList<>();
    private final Map<ReplayTimer, Duration> timers = new EnumMap<>(ReplayTimer.class);
    private int room = Integer.MAX_VALUE;
    boolean tls;
    boolean closed;
    boolean aborted;

    @Override
    public void write(byte[] buffer, int from, int to) {
        unflushed.write(buffer, from, to - from);
        room -= to - from;
    }

    @Override
    public void flush() {
        flushes.add(unflushed.toByteArray());
        unflushed.reset();
    }

    @Override
    public boolean writable() {
        return room > 0;
    }

    /** Takes that many bytes more, and then no more. */
    void room(int bytes) {
        room = bytes;
    }

    @Override
    public void startTls() {
        tls = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void halfClose() {
        throw new AssertionError("A recording half-closes nothing");
    }

    @Override
    public void pauseReading() {
        throw new AssertionError("A recording is always read");
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public void armTimer(ReplayTimer timer, Duration after) {
        timers.put(timer, after);
    }

    @Override
    public void disarm(ReplayTimer timer) {
        timers.remove(timer);
    }

    /** Returns for how long the timer was armed last; null if it is not. */
    @Nullable
    Duration armedFor(ReplayTimer timer) {
        return timers.get(timer);
    }

    boolean armed(ReplayTimer timer) {
        return timers.containsKey(timer);
    }

    /** Returns what was flushed since the last call, a flush an element. */
    List<byte[]> takeFlushes() {
        var taken = List.copyOf(flushes);
        flushes.clear();
        return taken;
    }

    int unflushedBytes() {
        return unflushed.size();
    }
}
