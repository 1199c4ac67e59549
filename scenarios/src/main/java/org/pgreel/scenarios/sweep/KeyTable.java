package org.pgreel.scenarios.sweep;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.pgreel.protocol.authentication.SaltedPassword;
import org.pgreel.scenarios.simulation.KeyDerivation;

/**
 * Keys that were derived before. What a corrupted message asks for gets a key that is wrong and costs nothing: no server
 * of a simulation accepts it, as none would accept the right key to a wrong salt.
 */
final class KeyTable implements KeyDerivation {
    private static final int CHEAP = 16;
    private static final int KEY_BYTES = 32;

    private final Map<String, byte[]> known = new HashMap<>();

    @Override
    public byte[] derive(byte[] password, byte[] salt, int iterations) {
        if (iterations > CHEAP) {
            byte[] key = new byte[KEY_BYTES];
            Arrays.fill(key, (byte) (Arrays.hashCode(salt) * 31 + iterations));
            return key;
        }
        String name = Arrays.hashCode(password) + "/" + Arrays.toString(salt) + "/" + iterations;
        return known.computeIfAbsent(name, key -> SaltedPassword.derive(password, salt, iterations))
                .clone();
    }
}
