package org.pgreel.replay.source;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionState;

/**
 * Makes recordings playable.
 *
 * <p>A session is played whole or not at all: one that is damaged, or whose beginning was retired, is refused. One that
 * was still open when it was read is played as far as it goes.
 */
public final class RecordingSource {
    private RecordingSource() {}

    /**
     * Reads all sessions of a recording.
     *
     * @throws UnplayableException if one of them cannot be played
     */
    public static PlayableRecording read(Recording recording) {
        if (recording.sessions().isEmpty()) {
            throw new UnplayableException("The recording holds no session; record one with \"pgreel record\".");
        }
        return read(recording.sessions());
    }

    /**
     * Reads some sessions, in the order given. Those of several recordings may bear the same number; then they are
     * numbered in that order.
     *
     * @throws UnplayableException if one of them cannot be played
     */
    public static PlayableRecording read(List<RecordedSession> sessions) {
        var decoded = new ArrayList<DecodedConnection>();
        boolean ownNumbers =
                sessions.stream().map(RecordedSession::number).distinct().count() == sessions.size();
        int position = 0;
        for (RecordedSession session : sessions) {
            requirePlayable(session);
            position++;
            var reader = new SessionReader(ownNumbers ? session.number() : position);
            for (SessionEvent event : session.events()) {
                event.dispatch(reader);
            }
            for (DecodedConnection connection : reader.connections()) {
                requireDecoded(connection);
                decoded.add(connection);
            }
        }
        return PlayableRecording.join(decoded);
    }

    private static void requirePlayable(RecordedSession session) {
        SessionState state = session.state();
        if (state == SessionState.DAMAGED) {
            BadEvent bad = session.firstBad();
            throw new UnplayableException("Session " + session.number() + " is damaged"
                    + (bad == null ? "" : " at event " + bad.sequence() + ": " + bad.what())
                    + "; name the sessions to play to leave it out.");
        }
        if (state == SessionState.PARTIAL) {
            throw new UnplayableException("The beginning of session " + session.number()
                    + " was retired from the journal; name the sessions to play to leave it out.");
        }
    }

    private static void requireDecoded(DecodedConnection connection) {
        if (connection.decoder().opaque()) {
            throw new UnplayableException("Recorded connection " + connection.id()
                    + " was encrypted where it was recorded, or is not PostgreSQL's;"
                    + " name the sessions to play to leave it out.");
        }
    }
}
