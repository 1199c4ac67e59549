package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.session.GoldenSessions.Delivery;

/**
 * Whatever a server or the network does to a session's bytes, the application hears an orderly story: nothing is thrown,
 * every operation completes once, a failure is followed at once by the shutdown, and nothing comes after it.
 */
class HostileStreamTest {

    static Stream<String> sessions() {
        return GoldenSessions.names().stream();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void anyByteMayBeChanged(String name) {
        for (int change : new int[] {0x01, 0x80, 0xFF}) {
            eachPosition(name, at -> burst -> {
                burst[at] ^= (byte) change;
                return burst;
            });
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void anyByteMayBeMissingOrComeTwice(String name) {
        eachPosition(name, at -> burst -> concat(Arrays.copyOf(burst, at), tail(burst, at + 1)));
        eachPosition(name, at -> burst -> concat(Arrays.copyOf(burst, at + 1), tail(burst, at)));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void theConnectionMayBeResetBehindAnyByte(String name) {
        int bursts = lengths(name).size();
        for (int burst = 0; burst < bursts; burst++) {
            for (int at = 0; at <= lengths(name).get(burst); at++) {
                SessionRig rig = GoldenSessions.play(name, resetting(burst, at));

                rig.core.reset(new IOException("Connection reset"));

                assertOrderly(name + ", reset in burst " + burst + " at " + at, rig);
            }
        }
    }

    /** What is done to a burst of which the byte at a position is hit. */
    private interface Damage {
        UnaryOperator<byte[]> at(int position);
    }

    private static void eachPosition(String name, Damage damage) {
        List<Integer> lengths = lengths(name);
        for (int burst = 0; burst < lengths.size(); burst++) {
            for (int at = 0; at < lengths.get(burst); at++) {
                SessionRig rig = GoldenSessions.play(name, damaging(burst, damage.at(at)));

                rig.core.endOfStream();

                assertOrderly(name + ", burst " + burst + " hit at " + at, rig);
            }
        }
    }

    private static Delivery damaging(int burst, UnaryOperator<byte[]> damage) {
        int[] count = {0};
        return (rig, bytes) -> rig.receive(count[0]++ == burst ? damage.apply(bytes.clone()) : bytes);
    }

    private static Delivery resetting(int burst, int at) {
        int[] count = {0};
        return (rig, bytes) -> {
            boolean hit = count[0]++ == burst;
            rig.receive(hit ? Arrays.copyOf(bytes, Math.min(at, bytes.length)) : bytes);
            if (hit) {
                rig.core.reset(new IOException("Connection reset"));
            }
        };
    }

    private static List<Integer> lengths(String name) {
        List<Integer> lengths = new ArrayList<>();
        GoldenSessions.play(name, (rig, bytes) -> {
            lengths.add(bytes.length);
            rig.receive(bytes);
        });
        return lengths;
    }

    private static void assertOrderly(String what, SessionRig rig) {
        List<String> callbacks =
                rig.heard.stream().filter(e -> e.startsWith("pgSession")).toList();
        assertThat(callbacks).as(what).startsWith("pgSessionConnected").doesNotHaveDuplicates();
        int failed = indexOf(rig.heard, "pgSessionConnectionFailed");
        int shutdown = indexOf(rig.heard, "pgSessionShutdown");
        assertThat(shutdown).as(what + ": " + rig.heard).isNotNegative();
        if (failed >= 0) {
            assertThat(shutdown).as(what + ": " + rig.heard).isEqualTo(failed + 1);
        }
        // Only operations that were submitted after the end may be heard of behind it: they fail at once.
        assertThat(rig.heard.subList(shutdown + 1, rig.heard.size())).as(what).noneMatch(e -> e.startsWith("pg"));
        List<String> operations =
                rig.heard.stream().filter(e -> !e.startsWith("pg")).toList();
        assertThat(operations.stream().map(HostileStreamTest::operation))
                .as(what)
                .doesNotHaveDuplicates();
        assertThat(rig.effects.armed).as(what).isEmpty();
    }

    private static String operation(String event) {
        int colon = event.indexOf(": ");
        return colon >= 0 ? event.substring(0, colon) : event.replace(" succeeded", "");
    }

    private static int indexOf(List<String> events, String beginning) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).startsWith(beginning)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] concat(byte[] head, byte[] rest) {
        byte[] both = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, both, head.length, rest.length);
        return both;
    }
}
