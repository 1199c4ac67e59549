package org.pgreel.recorder.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening.Role;

/** Events keep everything in their binary form, and hostile bytes are refused. */
class EventCodecTest {

    private static final long SESSION = 0x0000_0100_0000_0001L;

    /** One event of each kind, numbered from 0. */
    private static List<SessionEvent> oneOfEach() {
        return List.of(
                new SessionOpened(
                        SESSION,
                        0,
                        5,
                        Instant.parse("2026-11-21T10:00:00.123456Z"),
                        "run",
                        Role.CLIENT,
                        "",
                        "db:5432",
                        Map.of("user", "alice\udc80")),
                new ConnectionOpened(SESSION, 1, 6, 1),
                new ChunkWritten(
                        SESSION,
                        2,
                        7,
                        1,
                        Bytes.utf8("chunk with **** in it"),
                        List.of(new MaskedSpan(11, 4, MaskKind.PASSWORD)),
                        3,
                        0),
                new ChunkRead(SESSION, 3, 8, 1, Bytes.EMPTY, List.of(), 0, -1),
                new TlsRequested(SESSION, 4, 9, 1),
                new TlsEstablished(SESSION, 5, 10, 1, "TLSv1.3", "TLS_AES_256_GCM_SHA384"),
                new TlsFailed(SESSION, 6, 11, 1, "handshake"),
                new CallbackFired(SESSION, 7, 12, CallbackKind.TRANSACTION_STATUS, "T"),
                new OperationSubmitted(SESSION, 8, 13, Long.MAX_VALUE, "simple-query"),
                new OperationCompleted(SESSION, 9, 14, 1, "succeeded"),
                new FaultInjected(SESSION, 10, 15, 2, Direction.BACKEND, 77, "reset"),
                new Marker(SESSION, 11, 16, "größer\nals alles"),
                new RecordingDamaged(SESSION, 12, 17, "No space left on device"),
                new ConnectionClosed(SESSION, 13, 18, 1, EndKind.RESET, By.SERVER),
                new SessionClosed(SESSION, 14, 19, By.PROXY, null, new SessionTotals(1, 2, 3, 4)),
                new SessionClosed(SESSION, 15, 19, By.CLIENT, EndKind.FIN, new SessionTotals(1, 2, 3, 4)));
    }

    private static EventWriter written() {
        EventWriter writer = new EventWriter(SESSION);
        oneOfEach().forEach(writer::write);
        return writer;
    }

    private static List<SessionEvent> read(byte[] buffer, int from, int to) {
        EventReader reader = new EventReader(buffer, from, to);
        List<SessionEvent> events = new ArrayList<>();
        while (reader.next()) {
            events.add(reader.event());
        }
        return events;
    }

    @Test
    void everyKindOfEventComesBackAsItWas() {
        EventWriter writer = written();
        assertThat(read(writer.buffer(), 0, writer.length())).isEqualTo(oneOfEach());
        assertThat(oneOfEach())
                .extracting(event -> event.getClass().getSimpleName())
                .contains(permitted(SessionEvent.class));
    }

    private static String[] permitted(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isInterface()
                        ? Arrays.stream(type.getPermittedSubclasses())
                        : Arrays.stream(new Class<?>[] {type}))
                .map(Class::getSimpleName)
                .toArray(String[]::new);
    }

    @Test
    void eachEventIsChainedToTheOneBefore() {
        EventWriter writer = written();
        EventReader reader = new EventReader(writer.buffer(), 0, writer.length());
        int chain = 0;
        long sequence = 0;
        while (reader.next()) {
            assertThat(reader.intact(chain)).isTrue();
            assertThat(reader.intact(chain + 1)).isFalse();
            assertThat(reader.session()).isEqualTo(SESSION);
            assertThat(reader.sequence()).isEqualTo(sequence++);
            chain = reader.checksum();
        }
    }

    @Test
    void whatIsRolledBackIsNumberedAnew() {
        EventWriter writer = new EventWriter(SESSION);
        writer.write(new Marker(SESSION, 0, 1, "kept"));
        writer.commit();
        writer.write(new Marker(SESSION, 1, 2, "taken back"));
        writer.rollback();
        assertThat(writer.length()).isZero();
        writer.write(new Marker(SESSION, 1, 3, "in its place"));
        EventReader reader = new EventReader(writer.buffer(), 0, writer.length());
        assertThat(reader.next()).isTrue();
        assertThat(reader.event()).isEqualTo(new Marker(SESSION, 1, 3, "in its place"));
    }

    @Test
    void anEventOfAnotherSessionOrOutOfOrderIsRefused() {
        EventWriter writer = new EventWriter(SESSION);
        assertThatThrownBy(() -> writer.write(new Marker(SESSION, 1, 0, "too early")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.write(new Marker(2, 0, 0, "a stranger")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSchemaOfTheFutureIsRefused() {
        EventWriter writer = written();
        writer.buffer()[4] = 2;
        EventReader reader = new EventReader(writer.buffer(), 0, writer.length());
        assertThat(reader.next()).isTrue();
        assertThatThrownBy(reader::event)
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("an event is of schema version 2; this program knows version 1");
    }

    @Test
    void everyPrefixIsRefused() {
        EventWriter writer = written();
        byte[] all = Arrays.copyOf(writer.buffer(), writer.length());
        int whole = 0;
        for (int length = 1; length < all.length; length++) {
            int to = length;
            try {
                read(all, 0, to);
                whole++;
            } catch (MalformedEventException expected) {
                assertThat(expected).hasMessageNotContaining("alice");
            }
        }
        // A prefix that ends between two events is a record of fewer events.
        assertThat(whole).isEqualTo(oneOfEach().size() - 1);
    }

    @Property(tries = 2_000)
    void anyBytesAreAnEventOrRefused(@ForAll @Size(max = 400) byte[] noise) {
        assertThatCode(() -> {
                    try {
                        read(noise, 0, noise.length);
                    } catch (MalformedEventException expected) {
                        assertThat(expected).hasMessageNotContaining("alice");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Property(tries = 3_000)
    void aDisturbedEventIsDecodedOrRefusedAndNeverIntact(@ForAll long seed) {
        Random random = new Random(seed);
        EventWriter writer = written();
        byte[] all = Arrays.copyOf(writer.buffer(), writer.length());
        all[random.nextInt(all.length)] ^= (byte) (1 << random.nextInt(8));
        EventReader reader = new EventReader(all, 0, all.length);
        int chain = 0;
        int intact = 0;
        try {
            while (reader.next()) {
                boolean unchanged = reader.intact(chain);
                intact += unchanged ? 1 : 0;
                chain = reader.checksum();
                try {
                    assertThat(reader.event()).isNotNull();
                } catch (MalformedEventException e) {
                    assertThat(unchanged).isFalse();
                }
            }
        } catch (MalformedEventException e) {
            assertThat(intact).isLessThan(oneOfEach().size());
        }
        assertThat(intact).isLessThan(oneOfEach().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1_000_001, -1_000_000, -1, 0, 999_999, Long.MAX_VALUE})
    void aSessionMayHaveBegunAtAnyTimeThatAnEventHolds(long micros) {
        var opened = new SessionOpened(
                1, 0, 5, Instant.EPOCH.plus(micros, ChronoUnit.MICROS), "run", Role.CLIENT, "", "", Map.of());
        var writer = new EventWriter(1);

        writer.write(opened);

        var reader = new EventReader(writer.buffer(), 0, writer.length());
        assertThat(reader.next()).isTrue();
        assertThat(reader.event()).isEqualTo(opened);
    }
}
