package org.pgreel.scenarios.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.tape.TapeWriter;
import org.pgreel.recorder.tape.Tapes;
import org.pgreel.recorder.verify.SessionState;

/**
 * A tape: read or refused in a sentence that names the file. What is whole is written as a tape that reads the same. An
 * input for the binary form lacks the hash at its end, which whoever makes a tape on purpose would make fit.
 */
final class TapeTarget implements FuzzTarget {
    private final TapeForm form;

    TapeTarget(TapeForm form) {
        this.form = form;
    }

    @Override
    public void take(byte[] input) throws IOException {
        Path file = Files.createTempFile("fuzzed", form == TapeForm.TEXT ? ".pgreel" : ".tape");
        try {
            Files.write(file, form == TapeForm.TEXT ? input : hashed(input));
            List<List<SessionEvent>> sessions = read(file);
            byte[] written = written(sessions);
            Files.write(file, written);
            FuzzTarget.same("what the written tape holds", sessions, read(file));
        } catch (JournalException refused) {
            if (!String.valueOf(refused.getMessage()).contains(file.toString())) {
                throw new AssertionError("the refusal does not name the file", refused);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** Returns the events of the sessions that are whole, and reads the others and all messages, too. */
    private static List<List<SessionEvent>> read(Path file) {
        var sessions = new ArrayList<List<SessionEvent>>();
        for (RecordedSession session : Recordings.open(file).sessions()) {
            var events = new ArrayList<SessionEvent>();
            session.events().forEach(events::add);
            session.messages().forEach(message -> {});
            if (session.state() == SessionState.WHOLE) {
                sessions.add(events);
            }
        }
        return sessions;
    }

    private byte[] written(List<List<SessionEvent>> sessions) {
        var out = new ByteArrayOutputStream();
        try (TapeWriter writer = Tapes.writer(out, form)) {
            for (List<SessionEvent> session : sessions) {
                writer.session(session);
            }
            writer.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] hashed(byte[] input) {
        try {
            var out = new ByteArrayOutputStream();
            out.writeBytes(input);
            out.writeBytes(MessageDigest.getInstance("SHA-256").digest(input));
            return out.toByteArray();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
