package org.pgreel.session;

import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** What a session needs of randomness, which the core does not have itself. */
public interface Chance {

    /** Returns a nonce for SCRAM: printable ASCII without a comma, unguessable, never used before. */
    String nonce();

    /**
     * Returns a number, to mix the hosts.
     *
     * @param bound above it; at least 1
     * @return 0 or more
     */
    int below(int bound);

    /** Returns what takes its numbers from there. */
    static Chance of(Supplier<String> nonces, IntUnaryOperator below) {
        return new Chance() {
            @Override
            public String nonce() {
                return nonces.get();
            }

            @Override
            public int below(int bound) {
                return below.applyAsInt(bound);
            }
        };
    }
}
