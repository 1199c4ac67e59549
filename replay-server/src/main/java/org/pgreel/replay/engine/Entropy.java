package org.pgreel.replay.engine;

/**
 * The source of everything in a replay that must not be guessed: salts, nonces, cancel keys, process ids.
 *
 * <p>An argument, so that a test or a simulation can repeat a run. A server uses {@link java.security.SecureRandom}.
 */
@FunctionalInterface
public interface Entropy {
    /** Returns that many fresh bytes, in an array of the caller's own. */
    byte[] bytes(int count);
}
