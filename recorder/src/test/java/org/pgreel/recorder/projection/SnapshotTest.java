package org.pgreel.recorder.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.RecordedSession;

/** A projection that goes on from a snapshot gives what it gives from the start, at any position of real sessions. */
class SnapshotTest {

    private static final List<List<SessionEvent>> SESSIONS = new ArrayList<>();

    @BeforeContainer
    static void record() throws Exception {
        for (RecordedSession session : RealSessions.record()) {
            SESSIONS.add(RealSessions.events(session));
            for (int bytes : new int[] {3, 17, 64}) {
                SESSIONS.add(RealSessions.events(RealSessions.recut(session, bytes)));
            }
        }
        Assertions.assertTrue(SESSIONS.size() >= 8);
    }

    @Provide
    Arbitrary<Integer> sessions() {
        return Arbitraries.integers().between(0, SESSIONS.size() - 1);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void everyProjectionGoesOnFromASnapshot(
            @ForAll("sessions") int session, @ForAll double first, @ForAll double second) {
        List<SessionEvent> events = SESSIONS.get(session);
        int[] at = {position(first, events), position(second, events)};
        Arrays.sort(at);

        same(new ConnectionsProjection(), events, at, SnapshotTest::text);
        same(new CountsProjection(), events, at, String::valueOf);
        same(new DiagnosticsProjection(), events, at, String::valueOf);
        same(new ViolationsProjection(), events, at, state -> state.violations().toString());
        same(new OperationsProjection(), events, at, state -> state.decided() + " " + state.pending());
        same(new TimingProjection(), events, at, state -> state.latencies().toString() + state.hashCode());
        same(new LinesProjection(), events, at, String::valueOf);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void aSnapshotMayBeWrittenAndReadBack(@ForAll("sessions") int session, @ForAll double position) throws IOException {
        List<SessionEvent> events = SESSIONS.get(session);
        int at = position(position, events);
        Fold<Connections> whole = new Fold<>(new ConnectionsProjection());
        events.subList(0, at).forEach(whole::accept);
        byte[] form = SnapshotCodec.encode(whole.snapshot());

        Fold<Connections> resumed = new Fold<>(new ConnectionsProjection(), Long.MAX_VALUE, SnapshotCodec.decode(form));
        assertThat(SnapshotCodec.encode(resumed.snapshot())).isEqualTo(form);
        events.subList(at, events.size()).forEach(whole::accept);
        events.subList(at, events.size()).forEach(resumed::accept);

        assertThat(SnapshotCodec.encode(resumed.snapshot())).isEqualTo(SnapshotCodec.encode(whole.snapshot()));
    }

    private static int position(double any, List<SessionEvent> events) {
        double part = Math.abs(any % 1);
        return Double.isNaN(part) ? 0 : (int) (part * (events.size() + 1));
    }

    private static String text(Connections connections) {
        Fold<Connections> fold = new Fold<>(new ConnectionsProjection());
        var snapshot = new Fold.Snapshot<>(0, fold.snapshot().messages(), connections);
        return HexFormat.of().formatHex(SnapshotCodec.encode(snapshot));
    }

    private static <S> void same(
            Projection<S> projection, List<SessionEvent> events, int[] at, Function<S, String> text) {
        Fold<S> whole = new Fold<>(projection);
        events.subList(0, at[0]).forEach(whole::accept);
        Fold.Snapshot<S> snapshot = whole.snapshot();
        String then = text.apply(snapshot.state());
        events.subList(at[0], at[1]).forEach(whole::accept);

        // The one that went on left the snapshot alone, and two may go on from it.
        for (int i = 0; i < 2; i++) {
            assertThat(text.apply(snapshot.state())).isEqualTo(then);
            Fold<S> resumed = new Fold<>(projection, Long.MAX_VALUE, snapshot);
            events.subList(at[0], at[1]).forEach(resumed::accept);
            assertThat(text.apply(resumed.state())).isEqualTo(text.apply(whole.state()));
            assertThat(resumed.messageCount()).isEqualTo(whole.messageCount());
        }
    }
}
