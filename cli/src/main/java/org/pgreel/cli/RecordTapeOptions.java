package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.redaction.Redaction;
import org.pgreel.recorder.redaction.RedactionException;
import org.pgreel.recorder.redaction.RedactionRun;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.tape.TapeTotals;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Where a recording goes: into a journal, and onto a tape when it ends. Without a journal of the user's there is one beside
 * the tape for as long as it takes, so that nothing is lost if the recorder is killed.
 */
final class RecordTapeOptions {

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "Where to record; made if it is missing, appended to if it is a journal.")
    private @Nullable Path journal;

    @Option(
            names = "--tape",
            paramLabel = "FILE",
            description =
                    "The tape to write when recording ends, text if it ends in .pgreel; replaced if it is there. "
                            + "Without --journal, FILE.journal is recorded into until then, and left if the recorder is killed.")
    private @Nullable Path tape;

    @Option(
            names = "--encrypt",
            description =
                    "Encrypt the tape with the key of --key-file or --key-env (docs/tapes.md). The journal is not.")
    private boolean encrypt;

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    @Mixin
    private RedactionOptions redaction = new RedactionOptions();

    private @Nullable Redaction redacted;
    private @Nullable TapeKey encryptedWith;

    /**
     * Refuses what cannot be meant, and returns the directory to record into.
     *
     * @throws CommandFailedException wrong usage, or a journal is left of a recorder that was killed
     */
    Path prepare() {
        Path file = tape;
        redacted = redaction.redaction();
        if (file == null) {
            if (redacted != null || encrypt) {
                throw CommandFailedException.usage("--redact and --encrypt are for the tape; name it with --tape FILE");
            }
            if (journal == null) {
                throw CommandFailedException.usage("say where to record: --journal DIR or --tape FILE");
            }
            return journal;
        }
        if (encrypt) {
            encryptedWith = key.key();
        }
        if (Files.isDirectory(file)) {
            throw CommandFailedException.usage("the tape " + file + " is a directory; name a file");
        }
        if (journal != null) {
            return journal;
        }
        Path directory = file.resolveSibling(file.getFileName() + ".journal");
        if (Files.exists(directory)) {
            throw CommandFailedException.inputOutput(
                    "the journal " + directory + " is left of a recorder that was killed; save it with 'pgreel pack "
                            + directory + " -o FILE', then remove it",
                    null);
        }
        return directory;
    }

    /** Returns whether there will be a tape. */
    boolean onTape() {
        return tape != null;
    }

    /** Returns whether the journal is the user's and stays. */
    boolean keepsJournal() {
        return journal != null;
    }

    /** Says what there will be, for the line with which the server begins; empty if there will be no tape. */
    String remark() {
        return tape == null ? "" : ", tape " + tape + " at the end";
    }

    /**
     * Writes the tape, if there is to be one, and removes the journal unless it is the user's.
     *
     * @param recording what was recorded
     * @param run whose sessions go onto the tape
     * @param from the journal
     * @param err where warnings go
     * @throws CommandFailedException if it cannot be written; the journal stays
     */
    void write(Recording recording, String run, Path from, ServerOutput out, PrintWriter err) {
        Path file = tape;
        if (file == null) {
            return;
        }
        List<RecordedSession> sessions = recording.sessions().stream()
                .filter(session -> isOf(session.opened(), run))
                .toList();
        boolean text = file.toString().endsWith(".pgreel");
        TapePack pack = new TapePack(text ? TapeForm.TEXT : TapeForm.BINARY).withDamaged();
        if (encryptedWith != null) {
            pack.encryptedWith(encryptedWith);
        }
        RedactionRun rules = redacted == null ? null : redacted.run();
        if (rules != null) {
            pack.redactedBy(rules);
        }
        String stays = "; what was recorded stays in the journal " + from;
        try {
            tell(file, text, pack.write(sessions, file), out);
        } catch (SessionNotPackedException | RedactionException e) {
            throw CommandFailedException.check(Failures.what(e) + stays);
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e) + stays, e);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the tape " + file + " cannot be written: " + Failures.what(e) + stays, e);
        }
        if (rules != null) {
            rules.warnings().forEach(warning -> err.println("pgreel: " + warning));
            err.flush();
        }
        discard(from);
    }

    /** Removes the journal, unless it is the user's. */
    void discard(Path directory) {
        if (!keepsJournal()) {
            remove(directory);
        }
    }

    private static boolean isOf(@Nullable SessionOpened opened, String run) {
        return opened != null && opened.run().equals(run);
    }

    private static void tell(Path file, boolean text, TapeTotals totals, ServerOutput out) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("tape", file.toString());
        fields.put("form", text ? "text" : "binary");
        fields.put("sessions", totals.sessions());
        fields.put("events", totals.events());
        fields.put("bytes", totals.bytes());
        fields.put("sha256", totals.sha256());
        out.event(
                "packed",
                fields,
                file + ": " + (totals.sessions() == 1 ? "1 session" : totals.sessions() + " sessions") + ", "
                        + totals.events() + " events, " + totals.bytes() + " bytes, sha256 " + totals.sha256());
    }

    private static void remove(Path directory) {
        try (var found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the journal " + directory + " cannot be removed, and is not needed: " + Failures.what(e), e);
        }
    }
}
