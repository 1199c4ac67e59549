package org.pgreel.scenarios.check;

import java.util.concurrent.Semaphore;

/**
 * How many clients run at a time. One that only waits, as most do that never end, makes room for the next: it costs
 * nothing but its time.
 */
final class Slots {
    private static final int WAITING_FACTOR = 6;

    private final Semaphore busy;
    private final Semaphore all;

    /** @param parallel how many may be busy at a time */
    Slots(int parallel) {
        this.busy = new Semaphore(parallel);
        this.all = new Semaphore(parallel * WAITING_FACTOR);
    }

    /** Returns how many may be there at a time, busy or not. */
    static int most(int parallel) {
        return parallel * WAITING_FACTOR;
    }

    /** Waits for a place. */
    Slot take() throws InterruptedException {
        all.acquire();
        try {
            busy.acquire();
        } catch (InterruptedException interrupted) {
            all.release();
            throw interrupted;
        }
        return new Slot();
    }

    /** A client's place. Confined to the client's thread. */
    final class Slot implements AutoCloseable {
        private boolean busyNow = true;

        /** The client only waits: the next one may begin. Has no effect the second time. */
        void onlyWaits() {
            if (busyNow) {
                busyNow = false;
                busy.release();
            }
        }

        @Override
        public void close() {
            onlyWaits();
            all.release();
        }
    }
}
