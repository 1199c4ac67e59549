package org.pgreel.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.diff.Difference;
import org.pgreel.recorder.diff.RecordingDiff;
import org.pgreel.recorder.diff.SessionDiff;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.projection.LinesProjection;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;

/** Prints how two recordings differ, for people: behaviour first, with the messages around it; benign differences counted. */
final class DiffText {

    private static final int LINE_MAX = 140;

    /** What is printed of one session; the rest is counted. */
    private static final int SHOWN_MAX = 50;

    private final PrintWriter out;
    private final boolean all;
    private final Paint paint;

    DiffText(PrintWriter out, boolean all, Paint paint) {
        this.out = out;
        this.paint = paint;
        this.all = all;
    }

    void print(RecordingDiff diff, Path left, Path right) {
        for (SessionDiff session : diff.sessions()) {
            boolean anything = !session.behaviour().isEmpty()
                    || !session.damage().isEmpty()
                    || all && !session.differences().isEmpty();
            if (anything) {
                out.println(title(session, left, right));
                print(session);
            }
        }
        Map<String, Long> benign = DiffDocument.benign(diff);
        var counted = new StringBuilder();
        benign.forEach((kind, count) -> counted.append(counted.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(kind));
        long behaviour = diff.behaviour();
        String verdict = behaviour == 0 ? "same behaviour" : "behaviour differs in " + places(behaviour);
        out.println(paint.verdict(behaviour == 0, verdict)
                + (counted.isEmpty() ? "; nothing else differs" : "; benign: " + counted));
    }

    private static String places(long count) {
        return count == 1 ? "1 place" : count + " places";
    }

    private static String title(SessionDiff session, Path left, Path right) {
        RecordedSession one = session.left();
        RecordedSession other = session.right();
        String first = one == null ? "" : left + "#" + one.number();
        String second = other == null ? "" : right + "#" + other.number();
        return first + (one == null || other == null ? "" : " and ") + second;
    }

    private void print(SessionDiff session) {
        var wanted = session.differences().stream()
                .filter(difference -> all || !difference.kind().benign())
                .toList();
        Map<Long, RecordedMessage> around =
                around(session, wanted.stream().limit(SHOWN_MAX).toList());
        wanted.stream().limit(SHOWN_MAX).forEach(difference -> print(difference, around));
        if (wanted.size() > SHOWN_MAX) {
            out.println("  and " + (wanted.size() - SHOWN_MAX) + " more; --json has all of them");
        }
        session.damage().forEach(sentence -> out.println("  compared as far as it is good: " + sentence));
    }

    /** Reads what stands around the differences in the one session. */
    private static Map<Long, RecordedMessage> around(SessionDiff session, Iterable<Difference> differences) {
        Map<Long, RecordedMessage> around = new HashMap<>();
        RecordedSession left = session.left();
        for (Difference difference : differences) {
            RecordedMessage message = difference.left();
            if (message != null) {
                around.put(message.number() - 1, message);
                around.put(message.number() + 1, message);
            }
        }
        if (left == null || around.isEmpty()) {
            return Map.of();
        }
        Map<Long, RecordedMessage> found = new HashMap<>();
        try {
            for (RecordedMessage message : left.messages()) {
                if (around.containsKey(message.number())) {
                    found.put(message.number(), message);
                }
            }
        } catch (JournalDamagedException e) {
            // What is good was found.
            return found;
        }
        return found;
    }

    private void print(Difference difference, Map<Long, RecordedMessage> around) {
        out.println("  " + StateDocument.word(difference.kind()) + ": " + difference.what());
        RecordedMessage one = difference.left();
        RecordedMessage other = difference.right();
        if (one != null) {
            line(' ', around.get(one.number() - 1));
        }
        line('-', one);
        line('+', other);
        if (one != null) {
            line(' ', around.get(one.number() + 1));
        }
    }

    private void line(char mark, @Nullable RecordedMessage message) {
        if (message != null) {
            String text = LinesProjection.line(message);
            String cut = text.length() <= LINE_MAX ? text : text.substring(0, LINE_MAX) + " …";
            String line = String.format(Locale.ROOT, "    %c @%-5d %s", mark, message.number(), cut);
            out.println(mark == ' ' ? line : paint.verdict(mark == '+', line));
        }
    }
}
