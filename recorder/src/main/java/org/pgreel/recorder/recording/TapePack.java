package org.pgreel.recorder.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.redaction.EditedEvents;
import org.pgreel.recorder.redaction.MessageEditor;
import org.pgreel.recorder.redaction.RedactionRun;
import org.pgreel.recorder.redaction.SqlSecrets;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.tape.TapeTotals;
import org.pgreel.recorder.tape.TapeWriter;
import org.pgreel.recorder.tape.Tapes;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionState;

/**
 * Packs recorded sessions onto a tape. The same sessions give the same bytes, and no session is held in memory. Passwords
 * in the text of SQL are overwritten on the way. Confined to one thread.
 */
public final class TapePack {

    private final TapeForm form;
    private boolean damaged;
    private boolean exactTimes;
    private @Nullable TapeKey key;
    private Consumer<SessionEvent> progress = event -> {};
    private IntFunction<MessageEditor> editors = session -> new SqlSecrets();

    /**
     * Begins to say how sessions are packed.
     *
     * @param form how the tape is spelled
     */
    public TapePack(TapeForm form) {
        this.form = form;
    }

    /** Packs damaged sessions too, as far as they are good; they stay damaged. */
    public TapePack withDamaged() {
        damaged = true;
        return this;
    }

    /**
     * Keeps the nanoseconds of times. Otherwise a tape holds whole microseconds: what is below is noise of the machine, and
     * half of a tape.
     */
    public TapePack withExactTimes() {
        exactTimes = true;
        return this;
    }

    /**
     * Encrypts the tape. No two encrypted tapes are alike, though their sessions are.
     *
     * @param with whoever has it can read the tape
     */
    public TapePack encryptedWith(TapeKey with) {
        key = with;
        return this;
    }

    /**
     * Redacts by rules what is packed.
     *
     * @param run which counts what they touch
     */
    public TapePack redactedBy(RedactionRun run) {
        editors = run::session;
        return this;
    }

    /**
     * Sets who hears of each event that is packed.
     *
     * @param listener called on the thread that packs
     */
    public TapePack progress(Consumer<SessionEvent> listener) {
        progress = listener;
        return this;
    }

    /**
     * Refuses sessions that cannot be packed.
     *
     * @throws SessionNotPackedException if one is damaged, which was not asked for, or lacks its beginning
     */
    public void requirePackable(List<RecordedSession> sessions) {
        for (RecordedSession session : sessions) {
            if (session.state() == SessionState.PARTIAL || session.opened() == null) {
                throw new SessionNotPackedException("The beginning of session " + session.number()
                        + " is gone, and a tape holds sessions from their beginning; name the sessions to pack to"
                        + " leave it out.");
            }
            BadEvent bad = session.firstBad();
            if (bad != null && !damaged) {
                throw new SessionNotPackedException("Session " + session.number() + " is damaged: event "
                        + bad.sequence() + " " + bad.what()
                        + "; pack what is good of it with --damaged, or name the sessions to pack to leave it out.");
            }
        }
    }

    /**
     * Writes a tape. It appears under its name when it is complete, readable for its owner only.
     *
     * @param sessions what goes onto it, in this order
     * @param file the tape; one that is there is replaced
     * @return what it amounts to
     * @throws SessionNotPackedException as {@link #requirePackable} does
     * @throws IOException if the file cannot be written
     * @throws org.pgreel.recorder.journal.JournalException if the recording cannot be read
     */
    public TapeTotals write(List<RecordedSession> sessions, Path file) throws IOException {
        requirePackable(sessions);
        Path directory = file.toAbsolutePath().getParent();
        Path unfinished = Files.createTempFile(directory, "." + file.getFileName(), ".unfinished", ownerOnly(file));
        try {
            TapeTotals totals = write(sessions, output(unfinished));
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return totals;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static OutputStream output(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE));
        return new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024);
    }

    /**
     * Writes a tape.
     *
     * @param sessions what goes onto it, in this order
     * @param out where it is written; closed at the end
     * @return what it amounts to
     * @throws IOException if it cannot be written
     */
    public TapeTotals write(List<RecordedSession> sessions, OutputStream out) throws IOException {
        requirePackable(sessions);
        try (TapeWriter writer = key == null ? Tapes.writer(out, form) : Tapes.writer(out, form, key)) {
            for (RecordedSession session : sessions) {
                writer.session(() -> watched(session));
            }
            return writer.finish();
        }
    }

    /**
     * Returns the events of a session as they are packed: those of a damaged one end in an event that says so, instead of
     * in a failure.
     *
     * @param session the session
     */
    public static Iterable<SessionEvent> events(RecordedSession session) {
        return () -> new GoodEvents(session);
    }

    private Iterator<SessionEvent> watched(RecordedSession session) {
        Iterator<SessionEvent> events = new EditedEvents(new GoodEvents(session), editors.apply(session.number()));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return events.hasNext();
            }

            @Override
            public SessionEvent next() {
                SessionEvent event = events.next();
                progress.accept(event);
                return exactTimes ? event : Tapes.toMicroseconds(event);
            }
        };
    }
}
