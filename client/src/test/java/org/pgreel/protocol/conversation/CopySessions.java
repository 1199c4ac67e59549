package org.pgreel.protocol.conversation;

import static org.pgreel.protocol.conversation.LegalSessions.afterLogin;

import java.util.List;

/** Legal sessions with COPY. */
final class CopySessions {
    private CopySessions() {}

    static void addTo(List<ScriptedSession> all) {
        afterLogin(all, "copy in", "> Query < CopyInResponse > CopyData CopyDone < CommandComplete ReadyForQuery");
    }
}
