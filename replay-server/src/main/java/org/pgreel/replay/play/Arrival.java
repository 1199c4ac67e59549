package org.pgreel.replay.play;

import java.util.List;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** What follows from a message that a line awaited and that came, beyond the line itself. */
final class Arrival {
    private Arrival() {}

    static void of(ScriptLine whole, Step.MessageLine line, FrontendMessage message, ScriptConnection scene) {
        if (message instanceof Query || QueryCycle.extended(message)) {
            scene.spoke();
        }
        if (message instanceof StartupMessage startup) {
            scene.started(startup);
        }
        String wrong = scene.phrasing().refusal(line, message);
        if (wrong != null) {
            String sentence = "password authentication failed for user \""
                    + scene.client().user() + "\"";
            scene.departed(
                    List.of(whole),
                    Phrasing.spelled(message) + " (" + wrong + ")",
                    ErrorResponse.of("FATAL", "28P01", sentence));
        }
    }
}
