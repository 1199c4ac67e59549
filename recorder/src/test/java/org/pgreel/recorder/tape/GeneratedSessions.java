package org.pgreel.recorder.tape;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.FaultInjected;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.MaskKind;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.OperationCompleted;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.SessionTotals;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening.Role;
import org.pgreel.tap.SessionTap;

/** Sessions that no one recorded: what the recorder makes of any cut, and what no recorder would write. */
final class GeneratedSessions {

    private final Random random;

    GeneratedSessions(long seed) {
        random = new Random(seed);
    }

    /** Returns a journal of sessions as a recorder writes them, cut anywhere. */
    InMemoryJournal recorded(int sessions) {
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        for (int i = 0; i < sessions; i++) {
            session(recorder);
        }
        return journal;
    }

    private void session(Recorder recorder) {
        SessionTap tap = recorder.sessionOpened(Conversations.opening());
        tap.connectionOpened(1);
        List<byte[]> frontend = new ArrayList<>(List.of(Conversations.startupOfAlice()));
        List<byte[]> backend = new ArrayList<>(List.of(login(tap)));
        for (int i = random.nextInt(8); i > 0; i--) {
            frontend.add(Conversations.query("select 'number " + i + "'"));
            backend.add(Conversations.oneRow("x".repeat(random.nextInt(40))));
            if (random.nextInt(6) == 0) {
                backend.add(noise(random.nextInt(30)));
            }
        }
        cut(
                tap,
                Conversations.join(frontend.toArray(new byte[0][])),
                Conversations.join(backend.toArray(new byte[0][])));
        tap.callback(CallbackKind.SHUTDOWN, "ServerError 57P01");
        if (random.nextInt(5) > 0) {
            tap.connectionClosed(1, pick(EndKind.values()), pick(By.values()));
            tap.closed(pick(By.values()), random.nextBoolean() ? EndKind.FIN : null);
        }
    }

    private byte[] login(SessionTap tap) {
        if (random.nextBoolean()) {
            return Conversations.greeting();
        }
        byte[] asks = Conversations.message('R', Conversations.int4(3));
        Conversations.written(tap, Conversations.startupOfAlice());
        Conversations.read(tap, asks);
        Conversations.written(tap, Conversations.message('p', Conversations.string("hunter2")));
        tap.connectionClosed(1, EndKind.FIN, By.CLIENT);
        tap.connectionOpened(1);
        return Conversations.greeting();
    }

    private void cut(SessionTap tap, byte[] frontend, byte[] backend) {
        int said = 0;
        int answered = 0;
        while (said < frontend.length || answered < backend.length) {
            if (said < frontend.length && (answered == backend.length || random.nextBoolean())) {
                int to = Math.min(frontend.length, said + 1 + random.nextInt(60));
                tap.written(1, frontend, said, to);
                said = to;
            } else {
                int to = Math.min(backend.length, answered + 1 + random.nextInt(90));
                tap.read(1, backend, answered, to);
                answered = to;
            }
            if (random.nextInt(9) == 0) {
                tap.marker("größer als \"alles\"\n" + random.nextInt());
            }
        }
    }

    /** Returns one event of each kind and chunks that no recorder would mark so. */
    List<SessionEvent> strange() {
        List<SessionEvent> events = new ArrayList<>();
        Map<String, String> startup = new LinkedHashMap<>();
        startup.put("user", "alice\udc80");
        startup.put("a name", "");
        events.add(new SessionOpened(
                7, 0, 5, Instant.parse("2026-11-21T10:00:00.123456Z"), "run-1", Role.CLIENT, "", "db\":5432", startup));
        long nanos = 5;
        for (int i = 1; i < 60; i++) {
            nanos += random.nextInt(3) * 17L;
            events.add(any(i, nanos));
        }
        events.add(new SessionClosed(
                7,
                60,
                nanos,
                By.PROXY,
                null,
                new SessionTotals(bytes(events, Direction.FRONTEND), bytes(events, Direction.BACKEND), 3, 4)));
        return events;
    }

    private static long bytes(List<SessionEvent> events, Direction direction) {
        return events.stream()
                .filter(event -> event instanceof Chunk chunk && chunk.direction() == direction)
                .mapToLong(event -> ((Chunk) event).bytes().length())
                .sum();
    }

    private SessionEvent any(long at, long nanos) {
        int connection = 1 + random.nextInt(3);
        return switch (random.nextInt(14)) {
            case 0 -> new ConnectionOpened(7, at, nanos, connection);
            case 1 -> new TlsRequested(7, at, nanos, connection);
            case 2 -> new TlsEstablished(7, at, nanos, connection, "TLSv1.3", "a cipher");
            case 3 -> new TlsFailed(7, at, nanos, connection, "handshake failure");
            case 4 ->
                new CallbackFired(7, at, nanos, pick(CallbackKind.values()), pick(new String[] {
                    "", "T", "TimeZone Europe/Berlin", "two  blanks", "-x", "\udc80", "null"
                }));
            case 5 -> new OperationSubmitted(7, at, nanos, at, "simple-query");
            case 6 -> new OperationCompleted(7, at, nanos, at, "failed: \"x\"");
            case 7 -> new FaultInjected(7, at, nanos, connection, pick(Direction.values()), 77, "reset @ byte 3");
            case 8 -> new Marker(7, at, nanos, pick(new String[] {"", "a\nnote # not a comment", "\udcff"}));
            case 9 -> new ConnectionClosed(7, at, nanos, connection, pick(EndKind.values()), pick(By.values()));
            default -> chunk(at, nanos, connection);
        };
    }

    private SessionEvent chunk(long at, long nanos, int connection) {
        byte[] bytes = random.nextInt(3) == 0 ? noise(random.nextInt(50)) : part();
        List<MaskedSpan> masked = bytes.length > 4 && random.nextInt(4) == 0
                ? List.of(new MaskedSpan(1, 2, pick(MaskKind.values())))
                : List.of();
        int first = random.nextInt(bytes.length + 1) - 1;
        return random.nextBoolean()
                ? new ChunkWritten(7, at, nanos, connection, Bytes.wrap(bytes), masked, at, first)
                : new ChunkRead(7, at, nanos, connection, Bytes.wrap(bytes), masked, at, first);
    }

    private byte[] part() {
        byte[] all = Conversations.join(
                Conversations.startupOfAlice(), Conversations.greeting(), Conversations.oneRow("a row"));
        int from = random.nextInt(all.length);
        return Arrays.copyOfRange(all, from, from + random.nextInt(all.length - from + 1));
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return random.nextBoolean() ? noise : "Plain text\n".getBytes(StandardCharsets.US_ASCII);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    static List<List<SessionEvent>> events(InMemoryJournal journal) {
        List<List<SessionEvent>> all = new ArrayList<>();
        for (RecordedSession session : Recordings.of(journal).sessions()) {
            List<SessionEvent> events = new ArrayList<>();
            session.events().forEach(events::add);
            all.add(events);
        }
        return all;
    }
}
