package org.pgreel.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.diff.Difference;
import org.pgreel.recorder.diff.RecordingDiff;
import org.pgreel.recorder.diff.SessionDiff;
import org.pgreel.recorder.projection.LinesProjection;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;

/** How two recordings differ, for machines. */
final class DiffDocument {

    private DiffDocument() {}

    /** Returns the document, made of maps, lists, words and numbers. */
    static Map<String, Object> of(RecordingDiff diff) {
        var document = new LinkedHashMap<String, Object>();
        document.put("same", diff.behaviour() == 0);
        document.put("behaviour", diff.behaviour());
        document.put("benign", benign(diff));
        var sessions = new ArrayList<Map<String, Object>>();
        for (SessionDiff session : diff.sessions()) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("left", number(session.left()));
            fields.put("right", number(session.right()));
            fields.put("damage", session.damage());
            fields.put(
                    "differences",
                    session.differences().stream().map(DiffDocument::of).toList());
            sessions.add(fields);
        }
        document.put("sessions", sessions);
        return document;
    }

    /** Returns how many benign differences there are of each kind that there is, by its word. */
    static Map<String, Long> benign(RecordingDiff diff) {
        var counts = new EnumMap<Difference.Kind, Long>(Difference.Kind.class);
        for (SessionDiff session : diff.sessions()) {
            for (Difference difference : session.differences()) {
                if (difference.kind().benign()) {
                    counts.merge(difference.kind(), 1L, Long::sum);
                }
            }
        }
        var words = new LinkedHashMap<String, Long>();
        counts.forEach((kind, count) -> words.put(StateDocument.word(kind), count));
        return words;
    }

    private static @Nullable Integer number(@Nullable RecordedSession session) {
        return session == null ? null : session.number();
    }

    private static Map<String, Object> of(Difference difference) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", StateDocument.word(difference.kind()));
        fields.put("benign", difference.kind().benign());
        fields.put("what", difference.what());
        fields.put("left", of(difference.left()));
        fields.put("right", of(difference.right()));
        return fields;
    }

    private static @Nullable Map<String, Object> of(@Nullable RecordedMessage message) {
        if (message == null) {
            return null;
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("message", message.number());
        fields.put("line", LinesProjection.line(message));
        return fields;
    }
}
