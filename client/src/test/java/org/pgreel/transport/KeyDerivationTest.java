package org.pgreel.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.authentication.SaltedPassword;

/** Keys come from the executor alone, never from the thread that asks. */
final class KeyDerivationTest {
    private static final byte[] PASSWORD = "opensesame".getBytes(UTF_8);
    private static final byte[] SALT = "some salt".getBytes(UTF_8);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final KeyDerivation keys = new KeyDerivation(waiting::add);
    private final List<byte[]> derived = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();

    private void derive(byte[] password, byte[] salt, int iterations) {
        keys.derive(password, salt, iterations, derived::add, failed::add);
    }

    private void run() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }

    @Test
    void nothingIsDerivedOnTheThreadThatAsks() {
        derive(PASSWORD, SALT, 4096);
        assertThat(derived).isEmpty();
        run();
        assertThat(derived).containsExactly(SaltedPassword.derive(PASSWORD, SALT, 4096));
    }

    @Test
    void aRememberedKeyIsTheCallersOwnCopy() {
        derive(PASSWORD, SALT, 4096);
        run();
        Arrays.fill(derived.get(0), (byte) 0);
        derive(PASSWORD, SALT, 4096);
        run();
        assertThat(derived.get(1)).isEqualTo(SaltedPassword.derive(PASSWORD, SALT, 4096));
    }

    @Test
    void passwordSaltAndIterationsAllTellKeysApart() {
        derive(PASSWORD, SALT, 4096);
        derive("another".getBytes(UTF_8), SALT, 4096);
        derive(PASSWORD, "salt".getBytes(UTF_8), 4096);
        derive(PASSWORD, SALT, 4097);
        // The parts have the same bytes in a row as the first.
        derive("alt".getBytes(UTF_8), "some s".getBytes(UTF_8), 4096);
        run();
        assertThat(derived.stream().map(Arrays::toString).distinct()).hasSize(5);
    }

    @Test
    void moreKeysThanAreRememberedAreStillRight() {
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i <= 100; i++) {
                derive(PASSWORD, SALT, i);
            }
        }
        run();
        for (int i = 0; i < 200; i++) {
            assertThat(derived.get(i)).isEqualTo(SaltedPassword.derive(PASSWORD, SALT, i % 100 + 1));
        }
    }

    @Test
    void whatCannotBeDerivedIsToldAndNotThrown() {
        derive(PASSWORD, SALT, 0);
        run();
        assertThat(derived).isEmpty();
        assertThat(failed).singleElement().isInstanceOf(IllegalArgumentException.class);
    }
}
