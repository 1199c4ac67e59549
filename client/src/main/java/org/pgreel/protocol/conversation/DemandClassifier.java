package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.GSSResponse;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.Terminate;

/** Tells what a frontend message demands; the only place that looks into one. */
final class DemandClassifier implements FrontendMessage.Handler<Demand> {
    private static final String PROTOCOL_OPTION = "_pq_.";

    @Override
    public Demand onStartupMessage(StartupMessage message) {
        boolean options = message.parameters().stream()
                .anyMatch(parameter -> parameter.name().startsWith(PROTOCOL_OPTION));
        return options || message.version() != StartupMessage.VERSION_3_0 ? Demand.STARTUP_NEGOTIABLE : Demand.STARTUP;
    }

    @Override
    public Demand onSSLRequest(SSLRequest message) {
        return Demand.SSL_REQUEST;
    }

    @Override
    public Demand onGSSENCRequest(GSSENCRequest message) {
        return Demand.GSSENC_REQUEST;
    }

    @Override
    public Demand onCancelRequest(CancelRequest message) {
        return Demand.CANCEL;
    }

    @Override
    public Demand onPasswordMessage(PasswordMessage message) {
        return Demand.PASSWORD;
    }

    @Override
    public Demand onSASLInitialResponse(SASLInitialResponse message) {
        return Demand.SASL_INITIAL;
    }

    @Override
    public Demand onSASLResponse(SASLResponse message) {
        return Demand.SASL;
    }

    @Override
    public Demand onGSSResponse(GSSResponse message) {
        return Demand.GSS;
    }

    @Override
    public Demand onQuery(Query message) {
        return Demand.QUERY;
    }

    @Override
    public Demand onParse(Parse message) {
        return Demand.PARSE;
    }

    @Override
    public Demand onBind(Bind message) {
        return Demand.BIND;
    }

    @Override
    public Demand onDescribe(Describe message) {
        return message.target() == Target.STATEMENT ? Demand.DESCRIBE_STATEMENT : Demand.DESCRIBE_PORTAL;
    }

    /** The server takes a negative number of rows for 0, which is all of them (exec_execute_message in postgres.c). */
    @Override
    public Demand onExecute(Execute message) {
        return message.maxRows() > 0 ? Demand.EXECUTE_LIMITED : Demand.EXECUTE;
    }

    @Override
    public Demand onClose(Close message) {
        return Demand.CLOSE;
    }

    @Override
    public Demand onFlush(Flush message) {
        return Demand.FLUSH;
    }

    @Override
    public Demand onSync(Sync message) {
        return Demand.SYNC;
    }

    @Override
    public Demand onFunctionCall(FunctionCall message) {
        return Demand.FUNCTION_CALL;
    }

    @Override
    public Demand onCopyData(CopyData message) {
        return Demand.COPY_DATA;
    }

    @Override
    public Demand onCopyDone(CopyDone message) {
        return Demand.COPY_DONE;
    }

    @Override
    public Demand onCopyFail(CopyFail message) {
        return Demand.COPY_FAIL;
    }

    @Override
    public Demand onTerminate(Terminate message) {
        return Demand.TERMINATE;
    }

    @Override
    public Demand otherwise(FrontendMessage message) {
        return Demand.UNKNOWN;
    }
}
