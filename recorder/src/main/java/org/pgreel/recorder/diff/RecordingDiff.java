package org.pgreel.recorder.diff;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.recorder.diff.Alignment.Pair;
import org.pgreel.recorder.diff.Difference.Kind;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;

/**
 * How two recordings differ. Sessions are paired in order, those of the same login with each other.
 *
 * @param sessions the pairs, and sessions that only one recording has
 */
public record RecordingDiff(List<SessionDiff> sessions) {

    /** Keeps its own copy of the list. */
    public RecordingDiff {
        sessions = List.copyOf(sessions);
    }

    /**
     * Compares sessions.
     *
     * @param left those of the one recording
     * @param right those of the other
     */
    public static RecordingDiff of(List<RecordedSession> left, List<RecordedSession> right) {
        List<SessionDiff> diffs = new ArrayList<>();
        if (left.size() == 1 && right.size() == 1) {
            return new RecordingDiff(List.of(SessionDiff.of(left.get(0), right.get(0))));
        }
        List<String> logins = left.stream().map(RecordingDiff::login).toList();
        List<String> otherLogins = right.stream().map(RecordingDiff::login).toList();
        for (Pair pair : Alignment.of(logins, otherLogins, String::equals)) {
            if (pair.left() == Alignment.NONE) {
                diffs.add(apart(null, right.get(pair.right()), "the session was added"));
            } else if (pair.right() == Alignment.NONE) {
                diffs.add(apart(left.get(pair.left()), null, "the session is missing"));
            } else {
                diffs.add(SessionDiff.of(left.get(pair.left()), right.get(pair.right())));
            }
        }
        return new RecordingDiff(diffs);
    }

    private static SessionDiff apart(@Nullable RecordedSession left, @Nullable RecordedSession right, String what) {
        return new SessionDiff(left, right, List.of(new Difference(Kind.SESSION, what, null, null)), List.of());
    }

    /** Returns what the session's StartupMessage says, apart from the name of the application. */
    private static String login(RecordedSession session) {
        try {
            for (RecordedMessage message : session.messages()) {
                if (message.content() instanceof RecordedMessage.Decoded decoded
                        && decoded.message() instanceof StartupMessage startup) {
                    return startup.parameter("user") + "\n" + startup.parameter("database");
                }
            }
        } catch (JournalDamagedException e) {
            // Its damage is told when it is compared.
            return "";
        }
        return "";
    }

    /** Returns how many differences there are in behaviour. */
    public long behaviour() {
        return sessions.stream().mapToLong(diff -> diff.behaviour().size()).sum();
    }
}
