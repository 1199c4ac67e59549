package org.pgreel.protocol.conversation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationGSS;
import org.pgreel.protocol.message.AuthenticationGSSContinue;
import org.pgreel.protocol.message.AuthenticationKerberosV5;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.AuthenticationSSPI;
import org.pgreel.protocol.message.AuthenticationUnknown;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyBothResponse;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.FunctionCallResponse;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.GSSResponse;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.UnknownMessage;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/** A sample of each message by its name, and of each variety of its content that decides what is legal. */
final class Samples {
    static final Map<String, FrontendMessage> FRONTEND = frontend();
    static final Map<String, BackendMessage> BACKEND = backend();

    private Samples() {}

    private static Map<String, FrontendMessage> frontend() {
        Map<String, FrontendMessage> all = new LinkedHashMap<>();
        all.put("StartupMessage", startup(StartupMessage.VERSION_3_0));
        all.put("StartupMessage(3.2)", startup(StartupMessage.VERSION_3_2));
        all.put("SSLRequest", new SSLRequest());
        all.put("GSSENCRequest", new GSSENCRequest());
        all.put("CancelRequest", new CancelRequest(1, Bytes.ofHex("00000001")));
        all.put("PasswordMessage", new PasswordMessage("some"));
        all.put("SASLInitialResponse", new SASLInitialResponse("SCRAM-SHA-256", Bytes.utf8("some")));
        all.put("SASLResponse", new SASLResponse(Bytes.utf8("some")));
        all.put("GSSResponse", new GSSResponse(Bytes.utf8("some")));
        all.put("Query", new Query("select 1"));
        all.put("Parse", new Parse("", "select 1", List.of()));
        all.put("Bind", new Bind("", "", List.of(), Values.EMPTY, List.of()));
        all.put("Describe(S)", new Describe(Target.STATEMENT, ""));
        all.put("Describe(P)", new Describe(Target.PORTAL, ""));
        all.put("Execute", new Execute("", 0));
        all.put("Execute(1)", new Execute("", 1));
        all.put("Close", new Close(Target.STATEMENT, ""));
        all.put("Flush", new Flush());
        all.put("Sync", new Sync());
        all.put("FunctionCall", new FunctionCall(1598, List.of(), Values.EMPTY, 0));
        all.put("CopyData", new CopyData(Bytes.utf8("1\n")));
        all.put("CopyDone", new CopyDone());
        all.put("CopyFail", new CopyFail("no"));
        all.put("Terminate", new Terminate());
        all.put("Unknown", new UnknownMessage((byte) 'y', Bytes.EMPTY));
        return all;
    }

    private static StartupMessage startup(int version) {
        return StartupMessage.of(version, Map.of("user", "alice"));
    }

    private static Map<String, BackendMessage> backend() {
        Map<String, BackendMessage> all = new LinkedHashMap<>();
        all.put("SSLResponse(S)", new SSLResponse((byte) 'S'));
        all.put("SSLResponse(N)", new SSLResponse((byte) 'N'));
        all.put("SSLResponse(?)", new SSLResponse((byte) '?'));
        all.put("GSSENCResponse(G)", new GSSENCResponse((byte) 'G'));
        all.put("GSSENCResponse(N)", new GSSENCResponse((byte) 'N'));
        all.put("GSSENCResponse(?)", new GSSENCResponse((byte) '?'));
        all.put("NegotiateProtocolVersion", new NegotiateProtocolVersion(3 << 16, List.of()));
        authentication(all);
        all.put("ParameterStatus", new ParameterStatus("TimeZone", "UTC"));
        all.put("BackendKeyData", new BackendKeyData(1, Bytes.ofHex("00000001")));
        for (TransactionStatus status : TransactionStatus.values()) {
            all.put("ReadyForQuery(" + status.indicator() + ")", new ReadyForQuery(status));
        }
        answers(all);
        all.put("ErrorResponse", ErrorResponse.of("ERROR", "22012", "division by zero"));
        all.put("ErrorResponse(FATAL)", ErrorResponse.of("FATAL", "57P01", "terminating connection"));
        all.put("NoticeResponse", new NoticeResponse(ErrorFields.of("NOTICE", "00000", "hello")));
        all.put("NotificationResponse", new NotificationResponse(1, "news", ""));
        all.put("Unknown", new UnknownMessage((byte) 'y', Bytes.EMPTY));
        return all;
    }

    private static void authentication(Map<String, BackendMessage> all) {
        all.put("AuthenticationOk", new AuthenticationOk());
        all.put("AuthenticationKerberosV5", new AuthenticationKerberosV5());
        all.put("AuthenticationCleartextPassword", new AuthenticationCleartextPassword());
        all.put("AuthenticationMD5Password", new AuthenticationMD5Password(Bytes.ofHex("00000001")));
        all.put("AuthenticationGSS", new AuthenticationGSS());
        all.put("AuthenticationGSSContinue", new AuthenticationGSSContinue(Bytes.utf8("some")));
        all.put("AuthenticationSSPI", new AuthenticationSSPI());
        all.put("AuthenticationSASL", new AuthenticationSASL(List.of("SCRAM-SHA-256")));
        all.put("AuthenticationSASLContinue", new AuthenticationSASLContinue(Bytes.utf8("some")));
        all.put("AuthenticationSASLFinal", new AuthenticationSASLFinal(Bytes.utf8("some")));
        all.put("AuthenticationUnknown", new AuthenticationUnknown(6, Bytes.EMPTY));
    }

    private static void answers(Map<String, BackendMessage> all) {
        all.put("RowDescription", new RowDescription(List.of(new FieldDescription("a", 0, 0, 23, 4, -1, 0))));
        all.put("DataRow", new DataRow(Values.ofText("1")));
        all.put("CommandComplete", new CommandComplete("SELECT 1"));
        all.put("EmptyQueryResponse", new EmptyQueryResponse());
        all.put("PortalSuspended", new PortalSuspended());
        all.put("ParseComplete", new ParseComplete());
        all.put("BindComplete", new BindComplete());
        all.put("CloseComplete", new CloseComplete());
        all.put("NoData", new NoData());
        all.put("ParameterDescription", new ParameterDescription(List.of(23)));
        all.put("CopyInResponse", new CopyInResponse(0, List.of(0)));
        all.put("CopyOutResponse", new CopyOutResponse(0, List.of(0)));
        all.put("CopyBothResponse", new CopyBothResponse(0, List.of()));
        all.put("CopyData", new CopyData(Bytes.utf8("1\n")));
        all.put("CopyDone", new CopyDone());
        all.put("FunctionCallResponse", new FunctionCallResponse(Bytes.utf8("1")));
    }
}
