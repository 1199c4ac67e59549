package org.pgreel.scenarios.simulation;

import org.pgreel.protocol.authentication.SaltedPassword;

/** Answers the client's wish for a key, which costs a millisecond in earnest. */
public interface KeyDerivation {
    /** As a client does it. */
    KeyDerivation REAL = SaltedPassword::derive;

    /** Derives the key of a prepared password. */
    byte[] derive(byte[] password, byte[] salt, int iterations);
}
