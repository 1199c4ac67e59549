package org.pgreel.replay.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FrontendMessageDecoder;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.PasswordKind;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.replay.source.StartupParameters;

/** The login, from the StartupMessage on: real, and not the recorded one. */
final class LoggingIn implements Stage {
    /** PG_MAX_AUTH_TOKEN_LENGTH of PostgreSQL's libpq/auth.h. */
    private static final int ANSWER_BYTES_MAX = 65_535;

    private static final String PROTOCOL_OPTION = "_pq_.";
    private static final byte ANSWER = 'p';

    private final ReplayConnection connection;
    private final StartupMessage startup;
    private final Map<String, String> parameters;
    private MessageBuffer answer = MessageBuffer.typed(ANSWER_BYTES_MAX);
    private @Nullable PasswordExchange exchange;
    private PasswordKind kind = PasswordKind.PASSWORD;

    LoggingIn(ReplayConnection connection, StartupMessage startup) {
        this.connection = connection;
        this.startup = startup;
        this.parameters = StartupParameters.of(startup);
    }

    void begin() {
        connection.log().startup(parameters);
        connection.engine().arrived(connection);
        String user = parameters.getOrDefault("user", "");
        if (user.isEmpty()) {
            connection.refused(Refusals.noUser());
            return;
        }
        if (connection.engine().full()) {
            connection.refused(Refusals.tooManyClients());
            return;
        }
        ErrorResponse refusal = connection.engine().authenticator().refusal(user, connection);
        if (refusal != null) {
            connection.refused(refusal);
            return;
        }
        var first = new ArrayList<BackendMessage>(negotiated());
        exchange = connection.engine().authenticator().begin(user, connection.endPointHash());
        if (exchange == null) {
            Welcome.to(connection, startup.version(), first);
        } else {
            AuthenticationRequest request = exchange.begin();
            kind = kind.after(request);
            first.add(request);
            connection.send(first);
        }
    }

    /** A newer protocol than 3.2, or an option of the protocol: the server says what it knows, and goes on. */
    private List<BackendMessage> negotiated() {
        List<String> options = startup.parameters().stream()
                .map(StartupMessage.Parameter::name)
                .filter(name -> name.startsWith(PROTOCOL_OPTION))
                .toList();
        int newest = Math.min(startup.version(), StartupMessage.VERSION_3_2);
        return newest == startup.version() && options.isEmpty()
                ? List.of()
                : List.of(new NegotiateProtocolVersion(newest, options));
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        int at = answer.collect(buffer, from, to);
        if (!answer.isEmpty() && answer.type() != ANSWER) {
            connection.refused(Refusals.protocolViolation(
                    "expected password response, got message type " + (answer.type() & 0xFF)));
        } else if (answer.refused()) {
            connection.refused(Refusals.protocolViolation("invalid length of password response"));
        } else if (answer.complete()) {
            MessageBuffer whole = answer;
            answer = MessageBuffer.typed(ANSWER_BYTES_MAX);
            answered(whole);
            if (at < to) {
                connection.received(buffer, at, to);
            }
        }
    }

    private void answered(MessageBuffer whole) {
        FrontendMessage message;
        try {
            message = FrontendMessageDecoder.decode(ANSWER, whole.array(), whole.bodyFrom(), whole.length(), kind);
        } catch (MalformedMessageException malformed) {
            connection.refused(Refusals.protocolViolation("invalid password response: " + malformed.getMessage()));
            return;
        }
        if (exchange == null) {
            throw new AssertionError("A password came without having been asked for, please report this");
        }
        PasswordExchange.Verdict verdict = exchange.answered(message);
        if (verdict instanceof PasswordExchange.Asks asks) {
            kind = kind.after(asks.request());
            connection.send(List.of(asks.request()));
        } else if (verdict instanceof PasswordExchange.LetIn letIn) {
            Welcome.to(connection, startup.version(), letIn.last() == null ? List.of() : List.of(letIn.last()));
        } else if (verdict instanceof PasswordExchange.TurnedAway away) {
            connection.refused(away.error());
        }
    }

    @Override
    public void endOfStream() {
        connection.dropped("the client ended during its login");
    }
}
