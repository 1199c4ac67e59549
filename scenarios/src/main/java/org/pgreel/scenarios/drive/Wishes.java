package org.pgreel.scenarios.drive;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ProtocolVersion;
import org.pgreel.client.RequireAuth;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.SslMode;
import org.pgreel.client.SslNegotiation;
import org.pgreel.client.TargetSessionAttrs;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.Durations;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Scenario;

/**
 * How a session connects: what the scenario's file says of its client, and what the {@code > connect} line says.
 *
 * <p>The fields of {@code > connect} are {@code host}, {@code port=closed}, {@code user}, {@code database},
 * {@code password}, {@code sslmode}, {@code require-auth}, {@code channel-binding}, {@code timeout}, {@code stall},
 * {@code cancel} (the time for a cancel request), {@code protocol}, {@code min-protocol}, {@code sslnegotiation}, {@code hosts},
 * {@code target-session-attrs}, {@code attempt-timeout}, {@code token}
 * (that our client gives by OAUTHBEARER; {@code fails}),
 * {@code timer=fails}, {@code tap=fails} or {@code fails-when-ready}, and any other start-up parameter.
 */
final class Wishes {
    /** The standard, unless the scenario is about our own timer. */
    private static final Duration PATIENT = Duration.ofSeconds(8);

    private static final Duration HASTY = Duration.ofSeconds(1);
    private static final String USER = "ada";
    private static final Set<String> TIMERS = Set.of("ConnectionFailedTimeout", "OperationTimedOut");

    private final Scenario scenario;
    private final String password;
    private final boolean timed;
    private final boolean asksForTls;
    private final boolean limitsOperations;
    private final Map<String, String> fields = new LinkedHashMap<>();

    Wishes(Scenario scenario, String password) {
        this.scenario = scenario;
        this.password = password;
        List<ScriptLine> lines = scenario.script().lines();
        this.timed = scenario.outcomes().contains(Outcome.TIMES_OUT) || any(lines, Wishes::namesTimer);
        this.asksForTls = any(lines, Wishes::mayNegotiate);
        this.limitsOperations = any(lines, Wishes::limitsOperation);
    }

    private Wishes(Wishes standard, List<Field> line) {
        this.scenario = standard.scenario;
        this.password = standard.password;
        this.timed = standard.timed;
        this.asksForTls = standard.asksForTls;
        this.limitsOperations = standard.limitsOperations;
        for (Field field : line) {
            if (field instanceof Field.Named named) {
                fields.put(named.name(), Words.text(named.value()));
            }
        }
    }

    /** Returns these wishes with what a {@code > connect} line says. */
    Wishes with(List<Field> line) {
        return new Wishes(this, line);
    }

    private interface Question {
        boolean of(Step step);
    }

    private static boolean any(List<ScriptLine> lines, Question question) {
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step != null && (question.of(step) || Bodies.of(step).stream().anyMatch(body -> any(body, question)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesTimer(Step step) {
        return step instanceof Step.Told told
                && told.kind() != '>'
                && told.fields().stream().anyMatch(Wishes::isTimer);
    }

    private static boolean isTimer(Field field) {
        return field instanceof Field.Plain plain && TIMERS.contains(Words.text(plain.value()));
    }

    private static boolean mayNegotiate(Step step) {
        return step instanceof Step.MessageLine message && message.name().equals("SSLRequest")
                || step instanceof Step.Use use
                        && Set.of("startup", "login", "tls").contains(use.block());
    }

    /** A line that limits an operation by itself needs no limit for the rest. */
    private static boolean limitsOperation(Step step) {
        return step instanceof Step.Told told
                && told.kind() == '>'
                && !told.word().equals("connect")
                && Words.duration(told.fields(), "timeout") != null;
    }

    /** Returns how many timers the fields of an operation want to fail. */
    static int timersToBreak(List<Field> line) {
        for (Field field : line) {
            if (field instanceof Field.Named named && named.name().equals("timer")) {
                return Words.text(named.value()).equals("fails-once") ? 1 : Integer.MAX_VALUE;
            }
        }
        return 0;
    }

    /**
     * Returns where the line connects to: {@code hosts} lists {@code server}, {@code closed} and names.
     *
     * @param server the scenario's server
     * @param closed where nothing listens
     */
    List<ServerAddress> servers(ServerAddress server, ServerAddress closed) {
        String standard = "closed".equals(fields.get("port")) ? "closed" : fields.getOrDefault("host", "server");
        return Stream.of(fields.getOrDefault("hosts", standard).split(","))
                .map(word -> switch (word) {
                    case "server" -> server;
                    case "closed" -> closed;
                    default -> new ServerAddress.Tcp(word, ((ServerAddress.Tcp) server).port());
                })
                .toList();
    }

    /** Tells whether the session's timers cannot be armed, which only a simulation can do. */
    boolean brokenTimers() {
        return "fails".equals(fields.get("timer"));
    }

    /** Returns options without an address. */
    ConnectOptionsBuilder options() {
        ConnectOptionsBuilder options = ConnectOptions.builder()
                .user(fields.getOrDefault("user", USER))
                .password(fields.getOrDefault("password", password))
                .sslMode(sslMode())
                .channelBinding(channelBinding())
                .requireAuth(requireAuth())
                .connectTimeout(connectTimeout());
        if (timed && !limitsOperations && !fields.containsKey("stall")) {
            options.operationTimeout(HASTY);
        }
        duration("stall").ifPresent(options::stallTimeout);
        duration("cancel").ifPresent(options::cancelTimeout);
        String protocol = fields.get("protocol");
        if (protocol != null) {
            options.protocolVersion(protocol.equals("3.2") ? ProtocolVersion.V3_2 : ProtocolVersion.V3_0);
        }
        if (fields.containsKey("min-protocol")) {
            options.minProtocolVersion(ProtocolVersion.of(fields.get("min-protocol")));
        }
        if (fields.containsKey("target-session-attrs")) {
            options.targetSessionAttrs(TargetSessionAttrs.of(fields.get("target-session-attrs")));
        }
        if (fields.containsKey("attempt-timeout")) {
            options.attemptTimeout(Durations.of(fields.get("attempt-timeout")).orElseThrow());
        }
        String token = fields.get("token");
        if (token != null) {
            options.oauthToken(request -> token.equals("fails")
                    ? CompletableFuture.failedFuture(new IllegalStateException("no token today"))
                    : CompletableFuture.completedFuture(token.toCharArray()));
        }
        if (fields.containsKey("sslnegotiation")) {
            options.sslNegotiation(SslNegotiation.of(fields.get("sslnegotiation")));
        }
        fields.forEach((name, value) -> {
            if (!OWN.contains(name)) {
                options.parameter(name, value);
            }
        });
        return options;
    }

    private static final Set<String> OWN = Set.of(
            "host",
            "port",
            "stall",
            "cancel",
            "user",
            "password",
            "sslmode",
            "require-auth",
            "channel-binding",
            "timeout",
            "protocol",
            "min-protocol",
            "sslnegotiation",
            "hosts",
            "target-session-attrs",
            "token",
            "attempt-timeout");

    private Duration connectTimeout() {
        return duration("timeout").orElse(timed ? HASTY : PATIENT);
    }

    private Optional<Duration> duration(String field) {
        String said = fields.get(field);
        if (said == null) {
            return Optional.empty();
        }
        return Optional.of(
                Durations.of(said).orElseThrow(() -> new IllegalArgumentException(said + " is no duration")));
    }

    /** Returns when the session's recorder fails. */
    RunTap.Fails tapFails() {
        String said = fields.getOrDefault("tap", "");
        return switch (said) {
            case "" -> RunTap.Fails.NEVER;
            case "fails" -> RunTap.Fails.AT_ONCE;
            case "fails-when-ready" -> RunTap.Fails.WHEN_READY;
            default -> throw new IllegalArgumentException("tap=" + said + " is neither fails nor fails-when-ready");
        };
    }

    SslMode sslMode() {
        String said = fields.get("sslmode");
        if (said != null) {
            return SslMode.of(said);
        }
        SslMode asked = scenario.client().sslMode();
        return asked != null ? asked : asksForTls ? SslMode.PREFER : SslMode.DISABLE;
    }

    private ChannelBinding channelBinding() {
        String said = fields.get("channel-binding");
        if (said != null) {
            return ChannelBinding.valueOf(said.toUpperCase(java.util.Locale.ROOT));
        }
        ChannelBinding asked = scenario.client().channelBinding();
        return asked == null ? ChannelBinding.PREFER : asked;
    }

    private RequireAuth requireAuth() {
        String said = fields.getOrDefault("require-auth", scenario.client().requireAuth());
        return said == null ? RequireAuth.standard() : RequireAuth.parse(said);
    }

    /** Reads fields of told lines. */
    static final class Words {
        private Words() {}

        /** Returns the value as text. */
        static String text(Value value) {
            var text = new StringBuilder();
            for (Atom atom : value.atoms()) {
                if (atom instanceof Atom.Literal literal) {
                    text.append(literal.bytes().text());
                } else if (atom instanceof Atom.Bare bare) {
                    text.append(bare.spelling());
                } else if (atom instanceof Atom.Repeat repeat) {
                    text.append(text(new Value(List.of(repeat.atom()))).repeat(repeat.times()));
                } else {
                    throw new IllegalArgumentException("a wildcard says nothing that can be asked");
                }
            }
            return text.toString();
        }

        /** Returns the value as bytes. */
        static Bytes bytes(Value value) {
            Bytes bytes = Bytes.EMPTY;
            for (Atom atom : value.atoms()) {
                bytes = bytes.plus(
                        atom instanceof Atom.Literal literal
                                ? literal.bytes()
                                : Bytes.utf8(text(new Value(List.of(atom)))));
            }
            return bytes;
        }

        static @Nullable Duration duration(List<Field> fields, String name) {
            for (Field field : fields) {
                if (field instanceof Field.Named named && named.name().equals(name)) {
                    return Durations.of(text(named.value())).orElse(null);
                }
            }
            return null;
        }
    }
}
