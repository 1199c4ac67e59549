package org.pgreel.protocol.conversation;

import static org.pgreel.protocol.conversation.LegalSessions.afterLogin;

import java.util.List;

/** Legal sessions with COPY; those that PostgreSQL 15 was seen to have say so in the words of its documentation. */
final class CopySessions {
    private CopySessions() {}

    static void addTo(List<ScriptedSession> all) {
        simpleIn(all);
        extendedIn(all);
        failing(all);
        out(all);
        both(all);
    }

    private static void simpleIn(List<ScriptedSession> all) {
        afterLogin(
                all,
                "copy in",
                "> Query < CopyInResponse > CopyData CopyData CopyDone < CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "copy in, all sent at once, with a Sync, which is swallowed",
                "> Query Sync CopyData CopyDone < CopyInResponse CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "two COPY and a SELECT in one Query, all sent at once",
                "> Query CopyData CopyDone CopyData CopyDone < CopyInResponse CommandComplete CopyInResponse"
                        + " CommandComplete RowDescription DataRow CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "copy data while idle is discarded",
                "> CopyDone CopyData CopyFail Query < RowDescription DataRow CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "copy data behind a Query that is no COPY is discarded",
                "> Query CopyData CopyDone CopyFail Sync < CommandComplete ReadyForQuery ReadyForQuery");
    }

    private static void extendedIn(List<ScriptedSession> all) {
        String copying = "< ParseComplete BindComplete CopyInResponse ";
        afterLogin(
                all,
                "copy in, executed, with a Sync, which is swallowed",
                "> Parse Bind Execute Sync " + copying
                        + "> Flush CopyData CopyDone < CommandComplete > Sync < ReadyForQuery");
        afterLogin(
                all,
                "copy in, executed, sent at once",
                "> Parse Bind Execute CopyData CopyDone Sync " + copying + "CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "copy in, executed, and a segment behind it",
                "> Parse Bind Execute CopyData CopyDone Close Sync " + copying
                        + "CommandComplete CloseComplete ReadyForQuery");
        afterLogin(
                all,
                "copy in fails and the Sync before the bad row was swallowed",
                "> Parse Bind Execute Sync CopyData CopyDone " + copying + "ErrorResponse > Sync < ReadyForQuery");
        afterLogin(
                all,
                "copy in fails and the Sync behind the bad row is answered",
                "> Parse Bind Execute CopyData Sync CopyDone Sync " + copying
                        + "ErrorResponse ReadyForQuery ReadyForQuery");
    }

    private static void failing(List<ScriptedSession> all) {
        afterLogin(all, "CopyFail", "> Query < CopyInResponse > CopyData CopyFail < ErrorResponse ReadyForQuery");
        afterLogin(
                all,
                "CopyFail, executed",
                "> Parse Bind Execute < ParseComplete BindComplete CopyInResponse > CopyFail Sync"
                        + " < ErrorResponse ReadyForQuery");
        afterLogin(
                all,
                "a Query during copy in is an error and then the end",
                "> Query < CopyInResponse > Query < ErrorResponse ErrorResponse(FATAL)");
        afterLogin(
                all,
                "Terminate during copy in is an error and then the end",
                "> Query < CopyInResponse > Terminate < ErrorResponse ErrorResponse(FATAL)");
        afterLogin(
                all,
                "a copy that fails while a Sync is on its way",
                "> Query Sync < CopyInResponse ErrorResponse ReadyForQuery ReadyForQuery > Query"
                        + " < CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "copy in, executed, fails at its end with the Sync sent",
                "> Execute CopyDone Sync < CopyInResponse ErrorResponse ReadyForQuery");
        afterLogin(
                all,
                "copy in, executed, fails behind a Sync that it swallowed, and so does undoing it",
                "> Execute Sync < CopyInResponse ErrorResponse ErrorResponse > Sync < ReadyForQuery");
        String swallowed = "> Query Sync < CopyInResponse ErrorResponse ReadyForQuery ";
        afterLogin(all, "shut down with an error behind a swallowed Sync", swallowed + "< ErrorResponse");
        afterLogin(
                all,
                "a Parse behind a Sync that was answered after all",
                swallowed + "> Parse < ReadyForQuery ParseComplete");
        afterLogin(all, "a failing Parse behind a swallowed Sync", swallowed + "> Parse < ErrorResponse");
        afterLogin(
                all,
                "a copy that fails behind a Sync",
                "> Query Sync < CopyInResponse ErrorResponse ReadyForQuery > Query < CommandComplete ReadyForQuery");
    }

    private static void out(List<ScriptedSession> all) {
        afterLogin(
                all, "copy out", "> Query < CopyOutResponse CopyData CopyData CopyDone CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "copy out, executed",
                "> Parse Bind Execute Sync < ParseComplete BindComplete CopyOutResponse CopyData CopyDone"
                        + " CommandComplete ReadyForQuery");
        afterLogin(all, "copy out fails", "> Query < CopyOutResponse CopyData ErrorResponse ReadyForQuery");
        afterLogin(
                all,
                "base backup of PostgreSQL 15",
                "> Query < RowDescription DataRow CommandComplete RowDescription DataRow CommandComplete"
                        + " CopyOutResponse CopyData NoticeResponse CopyDone RowDescription DataRow CommandComplete"
                        + " CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "base backup of PostgreSQL 14, a COPY for each tablespace",
                "> Query < RowDescription DataRow CommandComplete CopyOutResponse CopyData CopyDone CopyOutResponse"
                        + " CopyData CopyDone RowDescription DataRow CommandComplete CommandComplete ReadyForQuery");
    }

    private static void both(List<ScriptedSession> all) {
        String begun = "> Query < CopyBothResponse CopyData > CopyData ";
        afterLogin(
                all,
                "logical replication, ended by the frontend",
                begun + "CopyDone < CopyDone CopyData CommandComplete CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "physical replication to the end of a timeline",
                begun + "< CopyDone > CopyDone < RowDescription DataRow CommandComplete CommandComplete ReadyForQuery");
        afterLogin(all, "a keepalive behind the backend's end", begun + "< CopyDone CopyData");
        afterLogin(
                all,
                "left, the server taking the Query for a COPY",
                "> Query Terminate < CopyInResponse ErrorResponse ErrorResponse(FATAL)");
        afterLogin(all, "replication fails", begun + "< ErrorResponse ReadyForQuery");
        afterLogin(all, "replication, left", begun + "Terminate < CopyData");
        afterLogin(all, "a Sync during replication is the end", begun + "Sync < ErrorResponse(FATAL)");
    }
}
