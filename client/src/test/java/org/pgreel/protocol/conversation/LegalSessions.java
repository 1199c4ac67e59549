package org.pgreel.protocol.conversation;

import static org.pgreel.protocol.conversation.ScriptedSession.LOGIN;

import java.util.ArrayList;
import java.util.List;

/** Sessions that conforming peers may have: the table by which the automaton is judged, and with it each legal cell. */
final class LegalSessions {
    static final List<ScriptedSession> ALL = all();

    private LegalSessions() {}

    private static List<ScriptedSession> all() {
        List<ScriptedSession> all = new ArrayList<>();
        StartupSessions.addTo(all);
        QuerySessions.addTo(all);
        CopySessions.addTo(all);
        return List.copyOf(all);
    }

    static void add(List<ScriptedSession> all, String name, String script) {
        all.add(ScriptedSession.of(name, script));
    }

    static void afterLogin(List<ScriptedSession> all, String name, String script) {
        all.add(ScriptedSession.of(name, LOGIN + script));
    }
}
