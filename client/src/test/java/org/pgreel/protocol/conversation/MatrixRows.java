package org.pgreel.protocol.conversation;

import static org.pgreel.protocol.conversation.ScriptedSession.LOGIN;

import java.util.ArrayList;
import java.util.List;

/** Each state of the automaton with each content of the queue that matters, by a script that leads to it. */
final class MatrixRows {
    static final List<ScriptedSession> ALL = all();

    private MatrixRows() {}

    private static List<ScriptedSession> all() {
        List<ScriptedSession> rows = new ArrayList<>();
        encryption(rows);
        authentication(rows);
        simple(rows);
        extended(rows);
        skipping(rows);
        copyIn(rows);
        copyFailed(rows);
        copyOut(rows);
        copyBoth(rows);
        ends(rows);
        return List.copyOf(rows);
    }

    private static void row(List<ScriptedSession> rows, String name, String script) {
        rows.add(ScriptedSession.of(name, script));
    }

    private static void session(List<ScriptedSession> rows, String name, String script) {
        rows.add(ScriptedSession.of(name, LOGIN + script));
    }

    private static void encryption(List<ScriptedSession> rows) {
        row(rows, "nothing was said", "");
        row(rows, "TLS is asked for", "> SSLRequest");
        row(rows, "TLS is on", "> SSLRequest < SSLResponse(S)");
        row(rows, "TLS was refused", "> SSLRequest < SSLResponse(N)");
        row(rows, "TLS was refused, GSS is asked for", "> SSLRequest < SSLResponse(N) > GSSENCRequest");
        row(rows, "GSS is asked for", "> GSSENCRequest");
        row(rows, "GSS was refused", "> GSSENCRequest < GSSENCResponse(N)");
        row(rows, "GSS was refused, TLS is asked for", "> GSSENCRequest < GSSENCResponse(N) > SSLRequest");
        row(rows, "TLS and GSS were refused", "> GSSENCRequest < GSSENCResponse(N) > SSLRequest < SSLResponse(N)");
        row(rows, "a cancel was requested", "> CancelRequest");
    }

    private static void authentication(List<ScriptedSession> rows) {
        String sasl = "> StartupMessage < AuthenticationSASL ";
        String gss = "> StartupMessage < AuthenticationGSS ";
        row(rows, "start-up was sent", "> StartupMessage");
        row(rows, "start-up in protocol 3.2 was sent", "> StartupMessage(3.2)");
        row(rows, "the version was negotiated", "> StartupMessage(3.2) < NegotiateProtocolVersion");
        row(rows, "a password is asked for", "> StartupMessage < AuthenticationCleartextPassword");
        row(rows, "a password was given", "> StartupMessage < AuthenticationMD5Password > PasswordMessage");
        row(rows, "SASL is asked for", sasl);
        row(rows, "SASL has begun", sasl + "> SASLInitialResponse");
        row(rows, "SASL goes on", sasl + "> SASLInitialResponse < AuthenticationSASLContinue");
        row(rows, "SASL went on", sasl + "> SASLInitialResponse < AuthenticationSASLContinue > SASLResponse");
        row(rows, "SASL is complete", sasl + "> SASLInitialResponse < AuthenticationSASLFinal");
        row(rows, "GSS is the method", gss);
        row(rows, "a GSS token was given", gss + "> GSSResponse");
        row(rows, "a GSS token came back", gss + "> GSSResponse < AuthenticationGSSContinue");
        row(rows, "an unknown method is asked for", "> StartupMessage < AuthenticationUnknown");
        row(rows, "the frontend left before it was let in", "> StartupMessage > Terminate");
        row(
                rows,
                "the frontend left instead of a password",
                "> StartupMessage < AuthenticationCleartextPassword > Terminate");
        row(rows, "the frontend is let in", "> StartupMessage < AuthenticationOk");
        row(rows, "the frontend is let in and left", "> StartupMessage < AuthenticationOk > Terminate");
    }

    private static void simple(List<ScriptedSession> rows) {
        session(rows, "idle", "");
        session(rows, "Query", "> Query");
        session(rows, "Query, a Query behind it", "> Query Query");
        session(rows, "Query, a Sync behind it", "> Query Sync");
        session(rows, "Query, data of a COPY behind it", "> Query CopyData CopyDone");
        session(rows, "Query, rows", "> Query < RowDescription DataRow");
        session(rows, "Query, a statement is complete", "> Query < CommandComplete");
        session(rows, "Query, it was empty", "> Query < EmptyQueryResponse");
        session(rows, "Query, failed", "> Query < ErrorResponse");
        session(rows, "Query, failed, a Query behind it", "> Query Query < ErrorResponse");
        session(rows, "FunctionCall", "> FunctionCall");
        session(rows, "FunctionCall, returned", "> FunctionCall < FunctionCallResponse");
        session(rows, "FunctionCall, failed", "> FunctionCall < ErrorResponse");
    }

    private static void extended(List<ScriptedSession> rows) {
        session(rows, "idle in a segment", "> Parse < ParseComplete");
        session(rows, "Parse", "> Parse");
        session(rows, "Parse, Bind, Execute, Sync", "> Parse Bind Execute Sync");
        session(rows, "Parse, a Query behind it", "> Parse Query");
        session(rows, "Bind", "> Bind");
        session(rows, "Close", "> Close Sync");
        session(rows, "Describe of a statement", "> Describe(S)");
        session(rows, "Describe of a statement, parameters", "> Describe(S) < ParameterDescription");
        session(rows, "Describe of a portal", "> Describe(P) Execute Sync");
        session(rows, "Execute", "> Execute");
        session(rows, "Execute, Sync", "> Execute Sync");
        session(rows, "Execute, rows", "> Execute Sync < DataRow");
        session(rows, "Execute of some rows", "> Execute(1)");
        session(rows, "Execute of some rows, rows", "> Execute(1) < DataRow");
        session(rows, "Sync", "> Sync");
        session(rows, "Sync, Sync", "> Sync Sync");
        session(rows, "Sync, failed", "> Sync < ErrorResponse");
        session(rows, "Sync, a Parse behind it", "> Sync Parse");
        session(rows, "Sync, an end of a COPY behind it", "> Sync CopyDone");
    }

    private static void skipping(List<ScriptedSession> rows) {
        session(rows, "skipping", "> Parse < ErrorResponse");
        session(rows, "skipping, a Query was discarded", "> Parse Query < ErrorResponse");
        session(rows, "skipping to a Sync", "> Parse Bind Sync < ErrorResponse");
        session(rows, "skipping to a Sync, a Parse behind it", "> Parse Query Sync Parse < ErrorResponse");
    }

    private static void copyIn(List<ScriptedSession> rows) {
        String query = "> Query < CopyInResponse > ";
        String execute = "> Execute < CopyInResponse > ";
        for (String copy : List.of(query, execute)) {
            String name = "copy in by " + (copy.equals(query) ? "Query" : "Execute");
            session(rows, name, copy);
            session(rows, name + ", data", copy + "CopyData");
            session(rows, name + ", CopyDone", copy + "CopyData CopyDone");
            session(rows, name + ", CopyFail", copy + "CopyFail");
            session(rows, name + ", Sync", copy + "Sync");
            session(rows, name + ", Sync, CopyDone", copy + "Sync CopyDone");
            session(rows, name + ", CopyDone, Sync", copy + "CopyDone Sync");
            session(rows, name + ", a Query that has no place there", copy + "Query");
            session(rows, name + ", Sync and such a Query", copy + "Sync Query");
        }
    }

    private static void copyFailed(List<ScriptedSession> rows) {
        String query = "> Query < CopyInResponse > ";
        String execute = "> Execute < CopyInResponse > ";
        session(rows, "copy by Query failed", query + "CopyFail < ErrorResponse");
        session(rows, "copy by Query failed, a Sync perhaps swallowed", query + "Sync CopyFail < ErrorResponse");
        session(rows, "idle, a Sync perhaps swallowed", query + "Sync < ErrorResponse ReadyForQuery");
        session(rows, "Query, a Sync perhaps swallowed", query + "Sync < ErrorResponse ReadyForQuery > Query");
        session(rows, "Parse, a Sync perhaps swallowed", query + "Sync < ErrorResponse ReadyForQuery > Parse");
        session(rows, "copy by Execute failed", execute + "CopyFail < ErrorResponse");
        session(rows, "copy by Execute failed, Sync", execute + "CopyFail Sync < ErrorResponse");
        session(rows, "skipping, a Sync perhaps swallowed", execute + "Sync < ErrorResponse");
        session(
                rows,
                "skipping to a Sync, one before it perhaps swallowed",
                execute + "Sync CopyDone Sync < ErrorResponse");
        session(rows, "skipping, a Sync taken for answered", execute + "Sync CopyDone Parse < ErrorResponse");
    }

    private static void copyOut(List<ScriptedSession> rows) {
        session(rows, "copy out by Query", "> Query < CopyOutResponse");
        session(rows, "copy out by Query, its end", "> Query < CopyOutResponse CopyDone");
        session(rows, "copy out by Execute", "> Execute Sync < CopyOutResponse");
        session(rows, "copy out by Execute, its end", "> Execute Sync < CopyOutResponse CopyDone");
    }

    private static void copyBoth(List<ScriptedSession> rows) {
        String both = "> Query < CopyBothResponse ";
        session(rows, "copy both", both);
        session(rows, "copy both, the backend's end", both + "CopyDone");
        session(rows, "copy both, the frontend's end", both + "> CopyDone");
        session(rows, "copy both, both ends", both + "CopyDone > CopyDone");
    }

    private static void ends(List<ScriptedSession> rows) {
        session(rows, "the frontend left", "> Terminate");
        session(rows, "the frontend left, a Query is owed", "> Query Terminate");
        session(rows, "the frontend left during copy in", "> Query < CopyInResponse > Terminate");
        session(rows, "the backend ended the session", "> Query < ErrorResponse(FATAL)");
        session(rows, "both ended the session", "> Terminate < ErrorResponse(FATAL)");
        session(rows, "violated", "< CommandComplete");
    }
}
