package org.pgreel.protocol.conversation;

import static org.pgreel.protocol.conversation.LegalSessions.add;
import static org.pgreel.protocol.conversation.LegalSessions.afterLogin;

import java.util.List;

/** Legal ways to begin and to end. */
final class StartupSessions {
    private static final String TAIL = "AuthenticationOk ParameterStatus BackendKeyData ReadyForQuery ";

    private StartupSessions() {}

    static void addTo(List<ScriptedSession> all) {
        encryption(all);
        methods(all);
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
        add(all, "error in answer to SSLRequest", "> SSLRequest < ErrorResponse(FATAL)");
        add(all, "error in answer to GSSENCRequest", "> GSSENCRequest < ErrorResponse");
        add(all, "cancel", "> CancelRequest");
        add(all, "cancel inside TLS", "> SSLRequest < SSLResponse(S) > CancelRequest");
        add(all, "cancel after N", "> SSLRequest < SSLResponse(N) > CancelRequest");
    }

    private static void methods(List<ScriptedSession> all) {
        add(all, "trust", "> StartupMessage < " + TAIL);
        add(all, "protocol 3.2 negotiated", "> StartupMessage(3.2) < NegotiateProtocolVersion " + TAIL);
        add(all, "protocol 3.2", "> StartupMessage(3.2) < " + TAIL);
        add(all, "cleartext", "> StartupMessage < AuthenticationCleartextPassword > PasswordMessage < " + TAIL);
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

    private static void failures(List<ScriptedSession> all) {
        String refused = " < NoticeResponse ErrorResponse(FATAL)";
        add(all, "refused at once", "> StartupMessage" + refused);
        add(all, "wrong password", "> StartupMessage < AuthenticationCleartextPassword > PasswordMessage" + refused);
        add(all, "no such database", "> StartupMessage < AuthenticationOk" + refused);
    }

    private static void endings(List<ScriptedSession> all) {
        afterLogin(all, "terminated", "> Terminate");
        afterLogin(all, "shut down while idle", "< ErrorResponse(FATAL)");
    }
}
