package org.pgreel.protocol.conversation;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.conversation.ScriptedSession.Step;
import org.pgreel.protocol.wire.Direction;

/**
 * What the manual allows at any moment, said once for every row of the matrix: the script that leads to the row, and then
 * such a message.
 */
final class RuleSessions {
    private static final List<String> OF_QUERY_PROTOCOLS = List.of(
            "Query",
            "Parse",
            "Bind",
            "Describe(S)",
            "Describe(P)",
            "Execute",
            "Execute(1)",
            "Close",
            "Flush",
            "Sync",
            "FunctionCall",
            "CopyData",
            "CopyDone",
            "CopyFail",
            "Terminate");

    private RuleSessions() {}

    static List<ScriptedSession> all() {
        List<ScriptedSession> all = new ArrayList<>();
        for (ScriptedSession row : MatrixRows.ALL) {
            if (!row.name().equals("violated")) {
                addTo(all, row);
            }
        }
        return all;
    }

    private static void addTo(List<ScriptedSession> all, ScriptedSession row) {
        boolean left = row.steps().stream().anyMatch(step -> step.sample().equals("Terminate"));
        if (said(row, "ReadyForQuery(I)") && !left) {
            add(all, "a frontend may send a query message at any time: ", row, Direction.FRONTEND, OF_QUERY_PROTOCOLS);
        }
        if (said(row, "StartupMessage")) {
            List<String> anyTime = List.of("ErrorResponse(FATAL)", "NoticeResponse");
            add(all, "the server may end the session, and may warn, at any time: ", row, Direction.BACKEND, anyTime);
        }
        if (said(row, "AuthenticationOk")) {
            List<String> anyTime = List.of("ParameterStatus", "NotificationResponse");
            add(all, "parameters and notifications come at any time: ", row, Direction.BACKEND, anyTime);
        }
    }

    private static boolean said(ScriptedSession row, String sample) {
        return row.steps().stream().anyMatch(step -> step.sample().startsWith(sample));
    }

    private static void add(
            List<ScriptedSession> all, String rule, ScriptedSession row, Direction from, List<String> samples) {
        for (String sample : samples) {
            List<Step> steps = new ArrayList<>(row.steps());
            steps.add(ScriptedSession.step(from, sample));
            all.add(new ScriptedSession(rule + sample + " in " + row.name(), steps));
        }
    }
}
