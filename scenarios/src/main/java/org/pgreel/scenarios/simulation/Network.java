package org.pgreel.scenarios.simulation;

import java.time.Duration;
import org.pgreel.protocol.wire.Direction;

/** What lies between the two ends of simulated connections. Confined to the run's thread. */
public interface Network {
    /** Everything comes at once, in the pieces in which it was sent. */
    Network PLAIN = (connection, direction, ends) -> ends.of(direction);

    /** Where the two directions of a connection come out. */
    record Ends(Way atServer, Way atClient) {
        /** Returns where that direction comes out. */
        public Way of(Direction direction) {
            return direction == Direction.FRONTEND ? atServer : atClient;
        }
    }

    /**
     * Returns how long a connection takes to come up.
     *
     * @param connection the connection's number in the run, from 1
     */
    default Duration connects(int connection) {
        return Duration.ZERO;
    }

    /**
     * Returns where what is sent in that direction goes in.
     *
     * @param connection the connection's number in the run, from 1
     * @param direction whose bytes they are
     * @param ends where the connection comes out
     */
    Way way(int connection, Direction direction, Ends ends);
}
