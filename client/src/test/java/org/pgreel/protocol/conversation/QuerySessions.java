package org.pgreel.protocol.conversation;

import static org.pgreel.protocol.conversation.LegalSessions.afterLogin;

import java.util.List;

/** Legal sessions of the simple and extended query protocols and of function calls. */
final class QuerySessions {
    private QuerySessions() {}

    static void addTo(List<ScriptedSession> all) {
        simple(all);
        extended(all);
        segments(all);
        errors(all);
        functions(all);
        endings(all);
    }

    private static void simple(List<ScriptedSession> all) {
        afterLogin(all, "rows", "> Query < RowDescription DataRow DataRow CommandComplete ReadyForQuery");
        afterLogin(all, "no rows", "> Query < RowDescription CommandComplete ReadyForQuery");
        afterLogin(all, "empty", "> Query < EmptyQueryResponse ReadyForQuery");
        afterLogin(
                all,
                "several statements",
                "> Query < CommandComplete RowDescription DataRow CommandComplete CommandComplete ReadyForQuery(T)");
        afterLogin(
                all,
                "a rule adds results to one statement",
                "> Query < RowDescription DataRow RowDescription DataRow CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "two queries pipelined",
                "> Query Query < CommandComplete ReadyForQuery RowDescription CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "notification and parameter inside a query",
                "> Query < NoticeResponse RowDescription ParameterStatus DataRow NotificationResponse CommandComplete"
                        + " ReadyForQuery NotificationResponse ParameterStatus");
    }

    private static void extended(List<ScriptedSession> all) {
        afterLogin(
                all,
                "everything in one segment",
                "> Parse Describe(S) Bind Describe(P) Execute Close Sync < ParseComplete ParameterDescription NoData"
                        + " BindComplete RowDescription DataRow CommandComplete CloseComplete ReadyForQuery");
        afterLogin(
                all,
                "rows without a description",
                "> Bind Execute Sync < BindComplete DataRow DataRow CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "empty query, executed",
                "> Parse Describe(S) Bind Execute Sync < ParseComplete ParameterDescription NoData BindComplete"
                        + " EmptyQueryResponse ReadyForQuery");
        afterLogin(
                all,
                "suspended and resumed",
                "> Parse Bind Execute(1) Flush < ParseComplete BindComplete DataRow PortalSuspended"
                        + " > Execute(1) Sync < CommandComplete ReadyForQuery(T)");
        afterLogin(
                all,
                "suspended, and nothing behind it",
                "> Execute(1) < DataRow DataRow PortalSuspended > Sync < ReadyForQuery");
        for (String answer : List.of(
                "CommandComplete",
                "EmptyQueryResponse",
                "CopyInResponse",
                "CopyOutResponse",
                "ErrorResponse",
                "DataRow CommandComplete",
                "DataRow ErrorResponse")) {
            afterLogin(all, "Execute of some rows: " + answer, "> Execute(1) < " + answer);
        }
        for (String described : List.of("RowDescription", "NoData", "ErrorResponse")) {
            afterLogin(all, "Describe of a portal alone: " + described, "> Describe(P) < " + described);
            afterLogin(all, "Describe of a portal, Execute: " + described, "> Describe(P) Execute Sync < " + described);
            afterLogin(
                    all,
                    "Describe of a statement alone: " + described,
                    "> Describe(S) < ParameterDescription " + described);
        }
        afterLogin(all, "Describe of a statement fails", "> Describe(S) < ErrorResponse > Sync < ReadyForQuery");
        afterLogin(
                all,
                "flushed step by step",
                "> Parse Flush < ParseComplete > Describe(S) Flush < ParameterDescription RowDescription"
                        + " > Bind Flush < BindComplete > Execute Flush < DataRow CommandComplete > Sync < ReadyForQuery");
        afterLogin(all, "Syncs alone", "> Sync Sync < ReadyForQuery ReadyForQuery > Sync < ReadyForQuery");
    }

    private static void segments(List<ScriptedSession> all) {
        afterLogin(
                all,
                "two segments pipelined",
                "> Parse Bind Execute Sync Parse Bind Execute Sync < ParseComplete BindComplete CommandComplete"
                        + " ReadyForQuery ParseComplete BindComplete CommandComplete ReadyForQuery");
        afterLogin(
                all,
                "a Query ends a segment",
                "> Parse Bind Query Sync < ParseComplete BindComplete CommandComplete ReadyForQuery ReadyForQuery");
        afterLogin(
                all,
                "a FunctionCall ends a segment",
                "> Parse FunctionCall Sync < ParseComplete FunctionCallResponse ReadyForQuery ReadyForQuery");
        afterLogin(
                all,
                "a segment behind a failed one",
                "> Parse Bind Execute Sync Close Sync < ErrorResponse ReadyForQuery CloseComplete ReadyForQuery");
    }

    private static void errors(List<ScriptedSession> all) {
        afterLogin(all, "failed query", "> Query < ErrorResponse ReadyForQuery");
        afterLogin(all, "failed in the rows", "> Query < RowDescription DataRow ErrorResponse ReadyForQuery(E)");
        afterLogin(
                all,
                "failed in the second statement",
                "> Query < RowDescription DataRow CommandComplete ErrorResponse ReadyForQuery");
        afterLogin(all, "failed twice: the undoing failed", "> Query < ErrorResponse ErrorResponse ReadyForQuery");
        afterLogin(
                all,
                "a Query and a FunctionCall behind a failed Parse are discarded",
                "> Parse Query FunctionCall Sync < ErrorResponse ReadyForQuery");
        afterLogin(
                all,
                "a Query sent into the skipping is discarded",
                "> Parse < ErrorResponse ErrorResponse > Query Bind Flush CopyData Sync < ReadyForQuery");
        afterLogin(
                all,
                "a deferred constraint fails at Sync",
                "> Parse Bind Execute Sync < ParseComplete BindComplete CommandComplete ErrorResponse ReadyForQuery");
        afterLogin(
                all,
                "statement_timeout has passed when Flush is read",
                "> Parse Flush < ParseComplete > Flush < ErrorResponse > Sync < ReadyForQuery");
        afterLogin(
                all,
                "Describe fails behind the parameters",
                "> Describe(S) Sync < ParameterDescription ErrorResponse ReadyForQuery");
    }

    private static void functions(List<ScriptedSession> all) {
        afterLogin(all, "function call", "> FunctionCall < FunctionCallResponse ReadyForQuery");
        afterLogin(all, "function call fails", "> FunctionCall < ErrorResponse ReadyForQuery");
        afterLogin(
                all,
                "function call fails at its commit",
                "> FunctionCall < FunctionCallResponse ErrorResponse ReadyForQuery");
    }

    private static void endings(List<ScriptedSession> all) {
        afterLogin(
                all,
                "left with a query running",
                "> Query Terminate < RowDescription DataRow CommandComplete ReadyForQuery");
        afterLogin(all, "left while skipping", "> Parse < ErrorResponse > Terminate");
        afterLogin(
                all,
                "shut down in a query, and the frontend does not know yet",
                "> Query < ErrorResponse(FATAL) > Query Sync CopyData Terminate");
    }
}
