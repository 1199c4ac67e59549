package org.pgreel.scenarios.sweep;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.pgreel.scenarios.simulation.Way;

/** Lets a stream pass up to a point, and from there on not as it did. */
final class Break implements Way {
    private static final Duration STALL = Duration.ofHours(1);
    private static final Duration COALESCED = Duration.ofMillis(40);

    private final Tamper.Kind kind;
    private final int at;
    private final Way on;
    private final Runnable resetBoth;
    private final Consumer<Duration> alarm;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private int position;
    private boolean fired;
    private boolean waiting;
    private boolean released;

    /**
     * @param on where the stream goes on
     * @param resetBoth resets the connection at both ends
     * @param alarm calls {@link #elapsed} after that time
     */
    Break(Tamper.Kind kind, int at, Way on, Runnable resetBoth, Consumer<Duration> alarm) {
        this.kind = kind;
        this.at = at;
        this.on = on;
        this.resetBoth = resetBoth;
        this.alarm = alarm;
    }

    boolean fired() {
        return fired;
    }

    @Override
    public void bytes(byte[] bytes) {
        if (fired) {
            changed(bytes);
            return;
        }
        int before = at - position;
        position += bytes.length;
        if (before > bytes.length) {
            on.bytes(bytes);
            return;
        }
        if (before > 0) {
            on.bytes(before == bytes.length ? bytes : Arrays.copyOf(bytes, before));
        }
        fired = true;
        begin();
        if (before < bytes.length) {
            changed(Arrays.copyOfRange(bytes, before, bytes.length));
        }
    }

    private void begin() {
        switch (kind) {
            case RESET -> resetBoth.run();
            case EOF -> on.end();
            case STALL -> {
                waiting = true;
                alarm.accept(STALL);
            }
            default -> {}
        }
    }

    private void changed(byte[] bytes) {
        switch (kind) {
            case BYTES -> {
                for (byte each : bytes) {
                    on.bytes(new byte[] {each});
                }
            }
            case STALL -> hold(() -> on.bytes(bytes));
            case COALESCE -> {
                collected.writeBytes(bytes);
                if (!waiting) {
                    waiting = true;
                    alarm.accept(COALESCED);
                }
            }
            default -> {}
        }
    }

    private void hold(Runnable input) {
        if (released) {
            input.run();
        } else {
            held.add(input);
        }
    }

    /** The time for which it holds back is over. */
    void elapsed() {
        waiting = false;
        if (kind == Tamper.Kind.COALESCE) {
            letGo();
            return;
        }
        released = true;
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }

    private void letGo() {
        if (collected.size() > 0) {
            byte[] all = collected.toByteArray();
            collected.reset();
            on.bytes(all);
        }
    }

    @Override
    public void end() {
        if (!fired) {
            on.end();
        } else if (kind == Tamper.Kind.STALL) {
            hold(on::end);
        } else if (kind != Tamper.Kind.RESET && kind != Tamper.Kind.EOF) {
            letGo();
            on.end();
        }
    }

    @Override
    public void reset() {
        if (!fired || kind != Tamper.Kind.RESET) {
            on.reset();
        }
    }
}
