package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.encryption.EncryptedFile;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.replay.live.LiveSettings;

/** The runs that a tape misses while it is replayed: they are recorded from a live server, and appended to it in the end. */
final class MissingRuns {

    private final Path tape;
    private final UpstreamMissing upstream;
    private final TapeKeyOptions key;
    private final InMemoryJournal journal =
            new InMemoryJournal("missing-" + RecordingClock.system().wallClock());

    MissingRuns(Path tape, UpstreamMissing upstream, TapeKeyOptions key) {
        this.tape = tape;
        this.upstream = upstream;
        this.key = key;
    }

    /** Returns which server is asked, and where it is recorded. */
    LiveSettings settings() {
        return new LiveSettings(upstream::connect, upstream.user(), null, new Recorder(journal));
    }

    /**
     * Appends what was recorded, once the replay is over. The tape is written beside the old one and moved in its place.
     *
     * @param before the sessions of the tape as it is
     * @param worthwhile whether what clients did is to be kept
     * @return what has become of it, as a sentence; empty if nothing was recorded
     */
    String append(List<RecordedSession> before, boolean worthwhile) {
        List<RecordedSession> now = Recordings.of(journal).sessions();
        if (now.isEmpty()) {
            return "";
        }
        String what = now.size() == 1 ? "a session" : now.size() + " sessions";
        if (!worthwhile) {
            return "the tape " + tape + " is left alone, for the program failed; what was recorded now, " + what
                    + ", is dropped";
        }
        var all = new ArrayList<>(before);
        all.addAll(now);
        write(all);
        return what + " of what was recorded now is appended to " + tape;
    }

    private void write(List<RecordedSession> all) {
        var pack = new TapePack(tape.toString().endsWith(".pgreel") ? TapeForm.TEXT : TapeForm.BINARY);
        try (var draft = new TapeDraft(tape)) {
            if (EncryptedFile.is(tape)) {
                pack.encryptedWith(key.key());
            }
            pack.write(all, draft.path());
            draft.takesItsPlace();
        } catch (SessionNotPackedException e) {
            throw CommandFailedException.check(Failures.what(e));
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the tape " + tape + " cannot be written: " + Failures.what(e), e);
        }
    }
}
