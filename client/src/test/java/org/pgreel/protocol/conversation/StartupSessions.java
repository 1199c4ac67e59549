package org.pgreel.protocol.conversation;

import static org.pgreel.protocol.conversation.LegalSessions.add;
import static org.pgreel.protocol.conversation.LegalSessions.afterLogin;

import java.util.List;

/** Legal ways to begin and to end. */
final class StartupSessions {
    private static final String TAIL = "AuthenticationOk ParameterStatus BackendKeyData ReadyForQuery ";

    private static final List<String> REQUESTS = List.of(
            "AuthenticationOk",
            "AuthenticationKerberosV5",
            "AuthenticationCleartextPassword",
            "AuthenticationMD5Password",
            "AuthenticationGSS",
            "AuthenticationSSPI",
            "AuthenticationSASL",
            "AuthenticationUnknown");

    private StartupSessions() {}

    static void addTo(List<ScriptedSession> all) {
        encryption(all);
        methods(all);
        unfamiliar(all);
        failures(all);
        endings(all);
    }

    private static void encryption(List<ScriptedSession> all) {
        add(all, "TLS accepted", "> SSLRequest < SSLResponse(S) > StartupMessage < " + TAIL);
        add(all, "TLS refused", "> SSLRequest < SSLResponse(N) > StartupMessage < " + TAIL);
        add(all, "GSS accepted", "> GSSENCRequest < GSSENCResponse(G) > StartupMessage < " + TAIL);
        add(
                all,
                "GSS refused, then TLS",
                "> GSSENCRequest < GSSENCResponse(N) > SSLRequest < SSLResponse(S) > StartupMessage < " + TAIL);
        add(
                all,
                "TLS refused, then GSS refused",
                "> SSLRequest < SSLResponse(N) > GSSENCRequest < GSSENCResponse(N) > StartupMessage < " + TAIL);
        String tlsRefused = "> SSLRequest < SSLResponse(N) ";
        String gssRefused = "> GSSENCRequest < GSSENCResponse(N) ";
        add(all, "TLS refused, then GSS accepted", tlsRefused + "> GSSENCRequest < GSSENCResponse(G) > StartupMessage");
        for (String error : List.of("ErrorResponse", "ErrorResponse(FATAL)")) {
            add(all, error + " in answer to SSLRequest", "> SSLRequest < " + error);
            add(all, error + " in answer to GSSENCRequest", "> GSSENCRequest < " + error);
            add(all, error + " in answer to SSLRequest after GSS", gssRefused + "> SSLRequest < " + error);
            add(all, error + " in answer to GSSENCRequest after TLS", tlsRefused + "> GSSENCRequest < " + error);
        }
        for (String first : List.of("StartupMessage", "StartupMessage(3.2)", "CancelRequest")) {
            add(all, first + " inside TLS", "> SSLRequest < SSLResponse(S) > " + first);
            add(all, first + " after TLS was refused", tlsRefused + "> " + first);
            add(all, first + " after GSS was refused", gssRefused + "> " + first);
            add(all, first + " after both were refused", gssRefused + tlsRefused + "> " + first);
        }
        add(all, "cancel", "> CancelRequest");
    }

    private static void methods(List<ScriptedSession> all) {
        add(all, "trust", "> StartupMessage < " + TAIL);
        add(all, "protocol 3.2 negotiated", "> StartupMessage(3.2) < NegotiateProtocolVersion " + TAIL);
        add(all, "protocol 3.2", "> StartupMessage(3.2) < " + TAIL);
        add(all, "cleartext", "> StartupMessage < AuthenticationCleartextPassword > PasswordMessage < " + TAIL);
        add(
                all,
                "cleartext, twice",
                "> StartupMessage < AuthenticationCleartextPassword > PasswordMessage"
                        + " < AuthenticationCleartextPassword > PasswordMessage < " + TAIL);
        for (String request : REQUESTS) {
            add(all, "protocol 3.0, " + request, "> StartupMessage < " + request);
            add(all, "protocol 3.2, " + request, "> StartupMessage(3.2) < " + request);
            add(all, "left at once, the server sending " + request, "> StartupMessage Terminate < " + request);
        }
        add(
                all,
                "MD5, twice",
                "> StartupMessage < AuthenticationMD5Password > PasswordMessage"
                        + " < AuthenticationMD5Password > PasswordMessage < " + TAIL);
        add(
                all,
                "SCRAM",
                "> StartupMessage(3.2) < NegotiateProtocolVersion AuthenticationSASL > SASLInitialResponse"
                        + " < AuthenticationSASLContinue > SASLResponse < AuthenticationSASLFinal " + TAIL);
        add(
                all,
                "SASL of one round without final data",
                "> StartupMessage < AuthenticationSASL > SASLInitialResponse < " + TAIL);
        add(
                all,
                "SASL of one round with final data",
                "> StartupMessage < AuthenticationSASL > SASLInitialResponse < AuthenticationSASLFinal " + TAIL);
        add(
                all,
                "SASL of several rounds",
                "> StartupMessage < AuthenticationSASL > SASLInitialResponse < AuthenticationSASLContinue > SASLResponse"
                        + " < AuthenticationSASLContinue > SASLResponse < " + TAIL);
        add(
                all,
                "GSS of one round",
                "> StartupMessage < AuthenticationGSS > GSSResponse < AuthenticationGSSContinue " + TAIL);
        add(
                all,
                "SSPI of several rounds",
                "> StartupMessage < AuthenticationSSPI > GSSResponse < AuthenticationGSSContinue > GSSResponse < "
                        + TAIL);
    }

    private static void unfamiliar(List<ScriptedSession> all) {
        add(
                all,
                "Kerberos V5, whose dialog the manual does not describe",
                "> StartupMessage(3.2) < AuthenticationKerberosV5 NegotiateProtocolVersion > PasswordMessage"
                        + " SASLInitialResponse SASLResponse GSSResponse < " + TAIL);
        String asked = "> StartupMessage < AuthenticationUnknown ";
        add(all, "an unknown request, then MD5", asked + "AuthenticationMD5Password > PasswordMessage < " + TAIL);
        add(
                all,
                "an unknown request, then a password",
                asked + "AuthenticationUnknown AuthenticationKerberosV5 AuthenticationCleartextPassword"
                        + " > PasswordMessage < " + TAIL);
        add(
                all,
                "an unknown request, then SASL",
                asked + "AuthenticationSASL > SASLInitialResponse < AuthenticationSASLFinal " + TAIL);
        add(all, "an unknown request, then the end of SASL", asked + "AuthenticationSASLFinal " + TAIL);
        add(
                all,
                "an unknown request, then the middle of SASL",
                asked + "AuthenticationSASLContinue > SASLResponse < " + TAIL);
        add(all, "an unknown request, then GSS", asked + "AuthenticationGSS > GSSResponse < " + TAIL);
        add(all, "an unknown request, then SSPI", asked + "AuthenticationSSPI > GSSResponse < " + TAIL);
        add(all, "an unknown request, then the middle of GSS", asked + "AuthenticationGSSContinue " + TAIL);
        add(all, "an unknown request, then refused", asked + "ErrorResponse");
    }

    /** The points at which a login may break off. */
    private static final List<String> LOGINS = List.of(
            "> StartupMessage",
            "> StartupMessage(3.2)",
            "> StartupMessage(3.2) < NegotiateProtocolVersion",
            "> StartupMessage < AuthenticationCleartextPassword",
            "> StartupMessage < AuthenticationCleartextPassword > PasswordMessage",
            "> StartupMessage < AuthenticationSASL",
            "> StartupMessage < AuthenticationSASL > SASLInitialResponse",
            "> StartupMessage < AuthenticationSASL > SASLInitialResponse < AuthenticationSASLContinue",
            "> StartupMessage < AuthenticationSASL > SASLInitialResponse < AuthenticationSASLFinal",
            "> StartupMessage < AuthenticationGSS",
            "> StartupMessage < AuthenticationGSS > GSSResponse",
            "> StartupMessage < AuthenticationGSS > GSSResponse < AuthenticationGSSContinue",
            "> StartupMessage < AuthenticationUnknown",
            "> StartupMessage < AuthenticationOk");

    private static void failures(List<ScriptedSession> all) {
        for (String login : LOGINS) {
            add(all, "refused after " + login, login + " < NoticeResponse ErrorResponse");
            add(all, "shut down after " + login, login + " < ErrorResponse(FATAL) NoticeResponse ErrorResponse");
            add(all, "left after " + login, login + " > Terminate");
            add(all, "left and refused after " + login, login + " > Terminate < ErrorResponse");
        }
    }

    /** The server may have sent its half of the login when the frontend leaves. */
    private static void endings(List<ScriptedSession> all) {
        add(all, "left at once, the server not having noticed", "> StartupMessage Terminate < " + TAIL);
        add(
                all,
                "key twice, as poolers send it",
                "> StartupMessage < AuthenticationOk BackendKeyData BackendKeyData ReadyForQuery");
        add(all, "left before ready", "> StartupMessage < AuthenticationOk > Terminate < BackendKeyData ReadyForQuery");
        for (String status : List.of("T", "E")) {
            add(
                    all,
                    "ready, the transaction being " + status,
                    "> StartupMessage < AuthenticationOk ReadyForQuery(" + status + ")");
            add(
                    all,
                    "left before ready, the transaction being " + status,
                    "> StartupMessage < AuthenticationOk > Terminate < ReadyForQuery(" + status + ")");
        }
        afterLogin(all, "terminated", "> Terminate");
        afterLogin(all, "shut down while idle", "< ErrorResponse(FATAL)");
        add(
                all,
                "authentication_timeout has passed while the proof was on its way",
                "> StartupMessage < AuthenticationSASL ErrorResponse(FATAL) > SASLInitialResponse");
        add(
                all,
                "the same with a password, SASL's second message and GSS",
                "> StartupMessage < ErrorResponse(FATAL) > PasswordMessage SASLResponse GSSResponse Terminate");
        afterLogin(all, "an error when the frontend has left", "> Terminate < ErrorResponse");
        afterLogin(all, "an error while idle, which nothing asked for, announces the end", "< ErrorResponse");
    }
}
