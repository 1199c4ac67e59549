package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each session of the table is legal from its first message to its last. */
final class LegalSessionsTest {
    static List<ScriptedSession> sessions() {
        return LegalSessions.ALL;
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void everyMessageIsLegal(ScriptedSession session) {
        Conversation at = Conversation.begin();
        for (ScriptedSession.Step step : session.steps()) {
            at = at.after(step.from(), step.message());
            assertThat(at.violation()).as("after %s", step).isNull();
        }
    }
}
