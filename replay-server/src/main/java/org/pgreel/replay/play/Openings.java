package org.pgreel.replay.play;

import java.util.List;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** How the lines of a connection begin. */
final class Openings {
    private Openings() {}

    /** Tells whether the lines begin with something that does not wait for the client's first message. */
    static boolean withoutClient(List<ScriptLine> lines) {
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step instanceof Step.EventLine event) {
                return event.direction() == Direction.BACKEND
                        || List.of("connect", "tls", "silent", "raw").contains(event.name());
            }
            if (step instanceof Step.MessageLine message) {
                return message.direction() == Direction.BACKEND;
            }
            if (step instanceof Step.Gate) {
                return true;
            }
            if (step != null && !(step instanceof Step.Told) && !(step instanceof Step.FaultLine)) {
                return false;
            }
        }
        return false;
    }

    /**
     * Returns the lines behind those that bring TLS up, which have been played for a connection before anyone could know
     * that a cancel request would follow.
     */
    static List<ScriptLine> behindTls(List<ScriptLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).step() instanceof Step.EventLine event
                    && event.name().equals("tls")) {
                return lines.subList(i + 1, lines.size());
            }
        }
        return lines;
    }
}
