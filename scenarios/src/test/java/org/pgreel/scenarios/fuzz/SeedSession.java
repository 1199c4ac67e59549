package org.pgreel.scenarios.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.event.EventWriter;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.export.ExportFormat;
import org.pgreel.recorder.export.SessionExporter;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.tape.TapeWriter;
import org.pgreel.recorder.tape.Tapes;
import org.pgreel.scenarios.sweep.SweptStream;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;

/** One connection's two streams, put together to a session in the order in which they may have been said. */
final class SeedSession {
    private static final int HASH_BYTES = 32;
    private static final List<String> ANSWERED =
            List.of("ReadyForQuery", "Authentication", "SSLResponse", "CopyInResponse");

    private final List<Pieces.Piece> said = new ArrayList<>();
    private long nanos;

    SeedSession(List<SweptStream> streams) {
        SweptStream asked = of(streams, Direction.FRONTEND);
        SweptStream answered = of(streams, Direction.BACKEND);
        int answer = 0;
        for (int i = 0; i < asked.names().size(); i++) {
            said.add(message(asked, i));
            boolean over = false;
            while (answer < answered.names().size() && !over) {
                String name = answered.names().get(answer);
                said.add(message(answered, answer));
                over = ANSWERED.stream().anyMatch(name::startsWith) && !name.equals("AuthenticationOk");
                answer++;
            }
        }
    }

    private static SweptStream of(List<SweptStream> streams, Direction direction) {
        return streams.stream()
                .filter(stream -> stream.direction() == direction)
                .findFirst()
                .orElseThrow();
    }

    private static Pieces.Piece message(SweptStream stream, int number) {
        int from = stream.boundaries().get(number);
        int to = stream.boundaries().get(number + 1);
        return new Pieces.Piece(
                stream.direction(), stream.bytes().slice(from, to).toArray());
    }

    byte[] pieces() {
        var input = new ByteArrayOutputStream();
        said.forEach(piece -> Pieces.append(input, piece.direction(), piece.bytes()));
        return input.toByteArray();
    }

    private List<SessionEvent> recorded() {
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, clock(), OnJournalFailure.FAIL_SESSION);
        SessionTap tap = recorder.sessionOpened(new SessionOpening(
                SessionOpening.Role.CLIENT, "127.0.0.1:40000", "127.0.0.1:5432", Map.of("user", "alice")));
        tap.connectionOpened(1);
        tap.callback(CallbackKind.CONNECTED, "");
        tap.operationSubmitted(1, "query");
        for (Pieces.Piece piece : said) {
            byte[] bytes = piece.bytes();
            if (piece.direction() == Direction.FRONTEND) {
                tap.written(1, bytes, 0, bytes.length);
            } else {
                tap.read(1, bytes, 0, bytes.length);
            }
        }
        tap.operationCompleted(1, "done");
        tap.marker("a note");
        tap.connectionClosed(1, EndKind.FIN, By.CLIENT);
        tap.closed(By.CLIENT, EndKind.FIN);
        var events = new ArrayList<SessionEvent>();
        for (RecordedSession session : Recordings.of(journal).sessions()) {
            session.events().forEach(events::add);
        }
        return events;
    }

    private RecordingClock clock() {
        return new RecordingClock() {
            @Override
            public long nanos() {
                nanos += 1_000;
                return nanos;
            }

            @Override
            public Instant wallClock() {
                return Instant.parse("2026-11-21T00:00:00Z");
            }
        };
    }

    byte[] events() {
        List<SessionEvent> events = recorded();
        var writer = new EventWriter(events.get(0).session());
        events.forEach(writer::write);
        return Arrays.copyOf(writer.buffer(), writer.length());
    }

    byte[] textTape() {
        return tape(TapeForm.TEXT);
    }

    /** Without the hash at the end. */
    byte[] binaryTape() {
        byte[] tape = tape(TapeForm.BINARY);
        return Arrays.copyOf(tape, tape.length - HASH_BYTES);
    }

    /** Encrypted with the key that the target knows. */
    byte[] encryptedTape() {
        var out = new ByteArrayOutputStream();
        try (TapeWriter writer = Tapes.writer(out, TapeForm.BINARY, EncryptedTapeTarget.KEY)) {
            writer.session(recorded());
            writer.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    byte[] exported(ExportFormat format) {
        var journal = new InMemoryJournal("run");
        Tapes.append(recorded(), journal);
        var out = new ByteArrayOutputStream();
        try {
            new SessionExporter(format).write(Recordings.of(journal).sessions(), out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private byte[] tape(TapeForm form) {
        var out = new ByteArrayOutputStream();
        try (TapeWriter writer = Tapes.writer(out, form)) {
            writer.session(recorded());
            writer.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
