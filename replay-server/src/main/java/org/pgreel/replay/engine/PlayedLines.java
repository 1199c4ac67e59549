package org.pgreel.replay.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.replay.source.ExpectedMessage;
import org.pgreel.replay.source.Release;

/** The last lines of a connection's transcript, put into words only when somebody asks. */
final class PlayedLines {
    private static final int KEPT = 100;
    private static final int SHOWN = 40;
    private static final int HEADER = 5;

    /** One step of the conversation: a frontend message by its index, or a release by its own. */
    private record Step(boolean byFrontend, int index) {}

    private final List<ExpectedMessage> frontend;
    private final List<Release> releases;
    private final Deque<Step> steps = new ArrayDeque<>();

    PlayedLines(List<ExpectedMessage> frontend, List<Release> releases) {
        this.frontend = frontend;
        this.releases = releases;
    }

    void arrived(int message) {
        add(new Step(true, message));
    }

    void left(int release) {
        add(new Step(false, release));
    }

    private void add(Step step) {
        if (steps.size() == KEPT) {
            steps.removeFirst();
        }
        steps.addLast(step);
    }

    /** Returns the last lines, the oldest first. */
    List<String> soFar() {
        var latestFirst = new ArrayList<String>();
        var newestFirst = steps.descendingIterator();
        while (newestFirst.hasNext() && latestFirst.size() < SHOWN) {
            Step step = newestFirst.next();
            List<String> lines = step.byFrontend()
                    ? List.of(frontendLine(frontend.get(step.index()).bytes()))
                    : backendLines(releases.get(step.index()));
            for (int i = lines.size() - 1; i >= 0 && latestFirst.size() < SHOWN; i--) {
                latestFirst.add(lines.get(i));
            }
        }
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    private static String frontendLine(byte[] message) {
        FrontendMessage decoded =
                message.length <= DepartingMessage.BYTES_MAX ? DepartingMessage.decoded(message, message.length) : null;
        return "F " + (decoded == null ? message.length + " bytes" : MessageLine.of(decoded));
    }

    private static List<String> backendLines(Release release) {
        var lines = new ArrayList<String>();
        for (byte[] part : release.parts()) {
            int at = 0;
            while (at + HEADER <= part.length) {
                int end = at + 1 + length(part, at + 1);
                if (end <= at + 1 || end > part.length) {
                    break;
                }
                lines.add("B " + backendLine(part, at, end));
                at = end;
            }
            if (at < part.length) {
                lines.add("B " + (part.length - at) + " bytes of a message that is longer");
            }
        }
        if (release.stored() != null) {
            lines.add("B " + release.stored().length() + " bytes");
        }
        return lines;
    }

    private static String backendLine(byte[] part, int from, int to) {
        try {
            BackendMessage message = BackendMessageDecoder.decode(part[from], part, from + HEADER, to);
            return MessageLine.of(message);
        } catch (MalformedMessageException malformed) {
            return (to - from) + " bytes";
        }
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }
}
