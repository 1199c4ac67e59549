package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioException;
import org.pgreel.scenarios.file.ScenarioReader;

/**
 * A recorded session as a scenario: its backend is the server, and what its frontend asked is asked by our own client,
 * operation by operation. What SCRAM and MD5 say is good once only, so both sides log in afresh, by the recorded method and
 * with TLS where there was TLS, with a password that the simulation makes up; a login by other methods is on trust.
 *
 * <p>Our client asks in its own way: a statement by the extended protocol is parsed, bound and described as our client
 * does it, with the recorded values, and the recorded rows come in the formats that it asks for. Confined to one thread.
 */
public final class RecordedScenario {
    private static final String ENVELOPE = """
            name: %s
            shows: "What was recorded, asked by our client."
            origin: ["a recording"]
            phase: query
            server: { auth: %s, tls: %s }
            client: { %s }
            outcome: [answered, recovered, clean-error]
            script: |
            """;

    private final StringBuilder script = new StringBuilder();
    private final List<BackendMessage> greeting = new ArrayList<>();
    private final RecordedCycles cycles;
    private int main;
    private int starting;
    private AuthenticationMethod method = AuthenticationMethod.TRUST;
    private boolean tls;
    private boolean accepted;
    private boolean terminated;
    private @Nullable String replication;

    private RecordedScenario(Map<String, RowDescription> columns) {
        this.cycles = new RecordedCycles(columns, this::line);
    }

    /**
     * Returns the scenario.
     *
     * @param name the scenario's
     * @param session what was recorded
     * @throws UnplayableException if something of it cannot be asked by our client; its sentence tells what and where
     */
    public static Scenario of(String name, RecordedSession session) {
        Map<String, RowDescription> columns = new HashMap<>();
        read(session, columns);
        // Once more, since what a statement gives may be told behind its first failure only.
        RecordedScenario made = read(session, columns);
        String text = made.envelope(name) + made.ended();
        try {
            return ScenarioReader.parse(text, name + ".pgreel.yaml");
        } catch (ScenarioException e) {
            throw new UnplayableException("the recorded session is no scenario: " + e.getMessage(), e);
        }
    }

    private static RecordedScenario read(RecordedSession session, Map<String, RowDescription> columns) {
        var made = new RecordedScenario(columns);
        for (RecordedMessage message : session.messages()) {
            made.message(message);
        }
        return made;
    }

    /** Our client does not give a password to anybody who listens, unless it is told to. */
    private String envelope(String name) {
        boolean open = method == AuthenticationMethod.PASSWORD || method == AuthenticationMethod.MD5;
        String client = tls ? "sslmode: require" : open ? "require-auth: " + method.word() : "statement: \"select 1\"";
        return ENVELOPE.formatted(name, method.word(), tls, client);
    }

    static UnplayableException unplayable(long number, String what) {
        return new UnplayableException("message " + number + " of the session cannot be swept: " + what, null);
    }

    private void line(String line) {
        script.append("  ").append(line).append('\n');
    }

    /** Returns the text of a string in the notation, in its quotes. */
    static String line(Direction direction, Message message) {
        return TranscriptWriter.line(direction, message);
    }

    private void message(RecordedMessage recorded) {
        boolean ours = main == 0 || recorded.connection() == main;
        if (!(recorded.content() instanceof RecordedMessage.Decoded decoded)) {
            if (ours) {
                throw unplayable(recorded.number(), "it is too large to be held, or none of the protocol");
            }
            return;
        }
        Message message = decoded.message();
        if (message instanceof CancelRequest) {
            throw unplayable(recorded.number(), "when a cancel request hits is not the client's to say");
        } else if (ours && message instanceof FrontendMessage said && recorded.direction() == Direction.FRONTEND) {
            frontend(recorded, said);
        } else if (ours) {
            backend(recorded, (BackendMessage) message);
        }
    }

    private void frontend(RecordedMessage recorded, FrontendMessage message) {
        if (message instanceof StartupMessage startup) {
            // What came before is the login of an attempt that was given up.
            starting = recorded.connection();
            greeting.clear();
            method = AuthenticationMethod.TRUST;
            accepted = false;
            replication = startup.parameter("replication");
        } else if (message instanceof Terminate) {
            terminated = true;
        } else if (main != 0) {
            cycles.frontend(recorded.number(), message);
        }
    }

    private void backend(RecordedMessage recorded, BackendMessage message) {
        if (main != 0) {
            if (!terminated) {
                cycles.backend(recorded.number(), message);
            }
            return;
        }
        boolean negotiation = message instanceof SSLResponse
                || message instanceof GSSENCResponse
                || message instanceof NegotiateProtocolVersion;
        accepted |= message instanceof AuthenticationOk;
        if (message instanceof SSLResponse answer) {
            tls = answer.answer() == 'S';
        } else if (message instanceof AuthenticationRequest request && recorded.connection() == starting) {
            method = method(request);
        }
        if (recorded.connection() != starting || negotiation || message instanceof AuthenticationRequest) {
            return;
        }
        greeting.add(message);
        if (accepted && message instanceof ReadyForQuery) {
            main = starting;
            greet(recorded);
        }
    }

    /** Returns the method of a request; the one before for a request that goes on with it. */
    private AuthenticationMethod method(AuthenticationRequest request) {
        if (request instanceof AuthenticationSASL offer) {
            boolean scram = offer.mechanisms().contains(ScramSha256.MECHANISM)
                    || offer.mechanisms().contains(ScramSha256.MECHANISM_PLUS);
            return scram ? AuthenticationMethod.SCRAM_SHA_256 : AuthenticationMethod.TRUST;
        }
        if (request instanceof AuthenticationMD5Password) {
            return AuthenticationMethod.MD5;
        }
        return request instanceof AuthenticationCleartextPassword ? AuthenticationMethod.PASSWORD : method;
    }

    private void greet(RecordedMessage recorded) {
        if (replication != null) {
            throw unplayable(recorded.number(), "the session is one of replication");
        }
        line("use startup");
        switch (method) {
            case PASSWORD -> line("use cleartext");
            case MD5 -> line("use md5");
            case SCRAM_SHA_256 -> line("use scram");
            default -> {}
        }
        line("B AuthenticationOk");
        for (BackendMessage message : greeting) {
            line(message instanceof BackendKeyData ? "B BackendKeyData <pid> <key>" : line(Direction.BACKEND, message));
        }
        line("use housekeeping");
    }

    private String ended() {
        if (main == 0) {
            throw new UnplayableException("the session cannot be swept: it never got ready", null);
        }
        cycles.end();
        line("F end");
        return script.toString();
    }
}
