package org.pgreel.protocol.conversation;

import static org.pgreel.protocol.conversation.LegalSessions.afterLogin;

import java.util.List;

/** Legal sessions of the simple and extended query protocols and of function calls. */
final class QuerySessions {
    private QuerySessions() {}

    static void addTo(List<ScriptedSession> all) {
        simple(all);
        extended(all);
    }

    private static void simple(List<ScriptedSession> all) {
        afterLogin(all, "rows", "> Query < RowDescription DataRow DataRow CommandComplete ReadyForQuery");
        afterLogin(all, "empty", "> Query < EmptyQueryResponse ReadyForQuery");
    }

    private static void extended(List<ScriptedSession> all) {
        afterLogin(
                all,
                "everything in one segment",
                "> Parse Describe(S) Bind Describe(P) Execute Close Sync < ParseComplete ParameterDescription NoData"
                        + " BindComplete RowDescription DataRow CommandComplete CloseComplete ReadyForQuery");
    }
}
