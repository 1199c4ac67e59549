package org.pgreel.scenarios.simulation;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;

/**
 * A network that delays what is sent by up to some milliseconds, cuts and joins it, and may lose the connection, all by a
 * seed. A session's second connection, by which it cancels, takes its time to come up, so that the first may end before.
 * What is sent comes in its order. Confined to the run's thread.
 */
public final class SeededNetwork implements Network {
    private static final int DELAY_MICROS = 5_000;
    private static final int PIECES_MAX = 4;
    private static final double PER_MILLE = 1000.0;

    private final VirtualClock clock;
    private final Random random;
    private final Random connecting;
    private final double loss;

    /**
     * Makes a network.
     *
     * @param clock the run's
     * @param seed where delays, cuts and losses come from
     * @param lossPerMille how many of a thousand writes lose the connection
     */
    public SeededNetwork(VirtualClock clock, long seed, int lossPerMille) {
        this.clock = clock;
        this.random = new Random(seed);
        this.connecting = new Random(~seed);
        this.loss = lossPerMille / PER_MILLE;
    }

    @Override
    public Duration connects(int connection) {
        return connection == 1 ? Duration.ZERO : Duration.ofNanos(1000L * connecting.nextInt(DELAY_MICROS));
    }

    @Override
    public Way way(int connection, Direction direction, Ends ends) {
        return new Delayed(ends.of(direction), ends);
    }

    private final class Delayed implements Way {
        private final Way on;
        private final Ends ends;
        private Duration due = Duration.ZERO;
        private @Nullable ByteArrayOutputStream underWay;
        private boolean doomed;
        private boolean lost;

        Delayed(Way on, Ends ends) {
            this.on = on;
            this.ends = ends;
        }

        @Override
        public void bytes(byte[] bytes) {
            if (doomed) {
                return;
            }
            if (random.nextDouble() < loss) {
                doomed = true;
                underWay = null;
                later(() -> {
                    lost = true;
                    ends.atServer().reset();
                    ends.atClient().reset();
                });
                return;
            }
            int from = 0;
            for (int left = 1 + random.nextInt(PIECES_MAX); left > 0 && from < bytes.length; left--) {
                int to = left == 1 ? bytes.length : from + 1 + random.nextInt(bytes.length - from);
                piece(bytes, from, to);
                from = to;
            }
        }

        /** A piece comes by itself, or together with the one before it that has not come yet. */
        private void piece(byte[] bytes, int from, int to) {
            ByteArrayOutputStream before = underWay;
            if (before != null && random.nextBoolean()) {
                before.write(bytes, from, to - from);
                return;
            }
            var fresh = new ByteArrayOutputStream();
            fresh.write(bytes, from, to - from);
            underWay = fresh;
            later(() -> {
                if (underWay == fresh) {
                    underWay = null;
                }
                on.bytes(fresh.toByteArray());
            });
        }

        @Override
        public void end() {
            underWay = null;
            later(on::end);
        }

        @Override
        public void reset() {
            later(on::reset);
        }

        /** Lets it happen behind all that was sent before. */
        private void later(Runnable arrival) {
            Duration earliest = clock.elapsed().plusNanos(1000L * random.nextInt(DELAY_MICROS));
            due = earliest.compareTo(due) > 0 ? earliest : due;
            clock.after(due.minus(clock.elapsed()), () -> {
                if (!lost) {
                    arrival.run();
                }
            });
        }
    }
}
