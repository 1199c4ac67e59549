package org.pgreel.replay.play;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;

/**
 * What goes to the client, in order: bytes that are collected until a write ends, and the acts between writes.
 *
 * <p>It performs one act after the other, as far as time, throttle and the connection's readiness permit; the script
 * goes on when it is idle.
 */
final class Outlet {
    private static final Duration PACE = Duration.ofMillis(50);
    private static final int PACES_PER_SECOND = 20;
    /** What is coalesced leaves after this time in any case, as TCP's delayed acknowledgement would have it. */
    private static final Duration COALESCED_AT_LATEST = Duration.ofMillis(40);

    private static final int PIECE_BYTES = 64 * 1024;

    private final ReplayEffects effects;
    private final Chunking chunking;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final List<Integer> frameEnds = new ArrayList<>();
    private final Deque<Act> acts = new ArrayDeque<>();
    private final ByteArrayOutputStream coalesced = new ByteArrayOutputStream();
    private byte[] writing = new byte[0];
    private int written;
    private boolean waiting;
    private boolean stalled;
    private boolean swallowing;
    private boolean deaf;
    private boolean ended;
    private boolean halfClosed;
    private int coalesce;
    private int throttle;
    private long cutAt;
    private long sent;

    Outlet(ReplayEffects effects, Chunking chunking) {
        this.effects = effects;
        this.chunking = chunking;
    }

    /** A fault strikes on the message that is added next. */
    void struck(BackendMessage message, String effect) {
        effects.struck(message, effect);
    }

    /** Adds the bytes of a message, or a part of them, to what leaves in the next write. */
    void add(byte[] bytes, boolean endsFrame) {
        collected.writeBytes(bytes);
        if (endsFrame) {
            frameEnds.add(collected.size());
        }
    }

    /** Ends the present write. */
    void cut() {
        if (collected.size() == 0) {
            return;
        }
        byte[] bytes = collected.toByteArray();
        int from = 0;
        for (int to : chunking.cuts(bytes.length, frameEnds, cutAt)) {
            acts.add(new Act.Write(java.util.Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        acts.add(new Act.Write(from == 0 ? bytes : java.util.Arrays.copyOfRange(bytes, from, bytes.length)));
        cutAt += bytes.length;
        collected.reset();
        frameEnds.clear();
    }

    /** Does this behind all that was added before, which ends the present write. */
    void then(Act act) {
        cut();
        acts.add(act);
    }

    /** Tells whether something was added that no write has ended yet. */
    boolean collecting() {
        return collected.size() > 0;
    }

    /** Tells whether all acts are done, so that the script may go on. */
    boolean idle() {
        return acts.isEmpty() && written == writing.length && !waiting;
    }

    /** Tells whether this side has ended the connection, so that nothing of the client's is seen any more. */
    boolean ended() {
        return ended;
    }

    /** Tells whether the script can say nothing more to the client. */
    boolean mute() {
        return ended || stalled || halfClosed;
    }

    /** Tells whether what is said reaches the client. */
    boolean reaches() {
        return !mute() && !swallowing;
    }

    /** Tells whether this side reads no more. */
    boolean deaf() {
        return deaf;
    }

    /** Returns how many bytes wait to be sent. */
    long held() {
        long held = (long) collected.size() + coalesced.size() + writing.length - written;
        for (Act act : acts) {
            held += act instanceof Act.Write write ? write.bytes().length : 0;
        }
        return held;
    }

    /** Returns how many bytes have left. */
    long sent() {
        return sent;
    }

    /** The time of an act, a pace or a coalescing has passed. */
    void elapsed() {
        waiting = false;
        if (coalesced.size() > 0 && acts.isEmpty()) {
            begin(coalesced.toByteArray());
            coalesced.reset();
        }
    }

    /** Does what can be done now. */
    void drain() {
        while (!waiting && !ended) {
            if (written < writing.length) {
                if (!writeMore()) {
                    return;
                }
            } else if (acts.isEmpty()) {
                armCoalesced();
                return;
            } else {
                perform(acts.remove());
            }
        }
    }

    /** Ends the connection at once and forgets what was to be done. */
    void abandon(boolean reset) {
        if (!ended) {
            ended = true;
            acts.clear();
            effects.disarm(ReplayTimer.PACE);
            if (reset) {
                effects.abort();
            } else {
                effects.close();
            }
        }
    }

    /** The client is gone: nothing can reach it any more. */
    void lost() {
        swallowing = true;
        acts.clear();
        writing = new byte[0];
        written = 0;
        waiting = false;
        effects.disarm(ReplayTimer.PACE);
    }

    private void armCoalesced() {
        if (coalesced.size() > 0) {
            waiting = false;
            effects.armTimer(ReplayTimer.PACE, COALESCED_AT_LATEST);
        }
    }

    private boolean writeMore() {
        if (!effects.writable()) {
            return false;
        }
        int rest = writing.length - written;
        int count = Math.min(rest, throttle > 0 ? Math.max(1, throttle / PACES_PER_SECOND) : PIECE_BYTES);
        effects.write(writing, written, written + count);
        effects.flush();
        written += count;
        sent += count;
        if (throttle > 0) {
            pause(PACE.multipliedBy(count * (long) PACES_PER_SECOND).dividedBy(throttle));
        }
        return true;
    }

    private void pause(Duration time) {
        waiting = true;
        effects.armTimer(ReplayTimer.PACE, time);
    }

    private void perform(Act act) {
        if (act instanceof Act.Write write) {
            write(write.bytes());
        } else if (act instanceof Act.Told told) {
            told.news().run();
        } else if (!(act instanceof Act.Coalesce) && !pouredOut(act)) {
            return;
        } else if (act instanceof Act.Wait wait) {
            pause(wait.time());
        } else if (act instanceof Act.StartTls) {
            effects.startTls();
        } else {
            change(act);
        }
    }

    /** Sends first what was coalesced, since an act does not overtake bytes; tells whether the act may happen now. */
    private boolean pouredOut(Act act) {
        if (coalesced.size() == 0) {
            return true;
        }
        acts.addFirst(act);
        begin(coalesced.toByteArray());
        coalesced.reset();
        return false;
    }

    private void change(Act act) {
        if (act instanceof Act.Stall) {
            stalled = true;
        } else if (act instanceof Act.HalfClose) {
            halfClosed = true;
            effects.halfClose();
        } else if (act instanceof Act.Close) {
            abandon(false);
        } else if (act instanceof Act.Reset) {
            abandon(true);
        } else if (act instanceof Act.Swallow) {
            swallowing = true;
        } else if (act instanceof Act.Deaf) {
            deaf = true;
            effects.pauseReading();
        } else if (act instanceof Act.Coalesce size) {
            coalesce = size.bytes();
        } else if (act instanceof Act.Throttle rate) {
            throttle = rate.bytesPerSecond();
        }
    }

    private void write(byte[] bytes) {
        if (swallowing || stalled || halfClosed) {
            return;
        }
        if (coalesce == 0) {
            begin(bytes);
            return;
        }
        coalesced.writeBytes(bytes);
        if (coalesced.size() >= coalesce) {
            begin(coalesced.toByteArray());
            coalesced.reset();
        }
    }

    private void begin(byte[] bytes) {
        writing = bytes;
        written = 0;
    }
}
