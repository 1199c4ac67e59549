package org.pgreel.replay.script;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.fault.Fault;

/**
 * The messages that playing a script may bring about, by name and direction: a fault at any other could never fire.
 *
 * <p>It errs towards too many: a message counts wherever it stands, also in a part that is chosen only sometimes.
 */
final class SpokenMessages {
    private static final Set<String> STATEMENT_ANSWERS = Set.of(
            "ParseComplete",
            "BindComplete",
            "CloseComplete",
            "ParameterDescription",
            "RowDescription",
            "NoData",
            "PortalSuspended",
            "CommandComplete",
            "EmptyQueryResponse",
            "ErrorResponse",
            "ReadyForQuery");
    private static final Set<String> STATEMENT_WORDS =
            Set.of("Query", "Parse", "Bind", "Describe", "Execute", "Close", "Flush", "Sync");
    private static final Set<String> READY = Set.of("ParameterStatus", "BackendKeyData", "ReadyForQuery");
    private static final Set<String> LOGIN = Set.of(
            "SSLResponse",
            "AuthenticationOk",
            "AuthenticationCleartextPassword",
            "AuthenticationMD5Password",
            "AuthenticationSASL",
            "AuthenticationSASLContinue",
            "AuthenticationSASLFinal",
            "ParameterStatus",
            "BackendKeyData",
            "ReadyForQuery");
    /** What each ready-made part sends; the others send what a log-in may send. */
    private static final Map<String, Set<String>> BLOCKS = Map.of(
            "tls", Set.of("SSLResponse"),
            "startup", Set.of("SSLResponse"),
            "trust", Set.of("AuthenticationOk"),
            "cleartext", Set.of("AuthenticationCleartextPassword"),
            "md5", Set.of("AuthenticationMD5Password"),
            "scram", Set.of("AuthenticationSASL", "AuthenticationSASLContinue", "AuthenticationSASLFinal"),
            "parameters", Set.of("ParameterStatus"),
            "key", Set.of("BackendKeyData"),
            "ready", READY);

    private static final Set<String> HOUSEKEEPING = housekeeping();

    private final Set<String> sent = new HashSet<>();
    private boolean plays;

    private SpokenMessages() {}

    static SpokenMessages of(Script script) {
        var spoken = new SpokenMessages();
        spoken.collect(script.lines());
        return spoken;
    }

    /** Tells whether such a message may be a fault's moment; a script that plays nothing itself is laid over another. */
    boolean mayHold(Direction direction, String name) {
        return !plays || direction == Direction.FRONTEND || sent.contains(name);
    }

    private void collect(List<ScriptLine> lines) {
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step == null) {
                continue;
            }
            if (step instanceof Step.FaultLine fault) {
                collect(fault.fault());
            } else {
                collect(step);
            }
            Bodies.of(step).forEach(this::collect);
        }
    }

    private void collect(Fault fault) {
        for (Effect effect : fault.effects()) {
            if (effect instanceof Effect.Insert insert) {
                sent.add(insert.name());
            }
        }
    }

    private void collect(Step step) {
        if (step instanceof Step.MessageLine message) {
            plays = true;
            if (message.direction() == Direction.BACKEND) {
                sent.add(message.name());
            } else if (STATEMENT_WORDS.contains(message.name())) {
                // The player closes a query cycle by itself where the script leaves that out.
                sent.addAll(STATEMENT_ANSWERS);
            }
        } else if (step instanceof Step.StatementBlock) {
            plays = true;
            sent.addAll(STATEMENT_ANSWERS);
        } else if (step instanceof Step.Use use) {
            plays = true;
            sent.addAll(use.block().equals("housekeeping") ? HOUSEKEEPING : BLOCKS.getOrDefault(use.block(), LOGIN));
        }
    }

    private static Set<String> housekeeping() {
        var names = new HashSet<>(STATEMENT_ANSWERS);
        names.add("DataRow");
        names.add("ParameterStatus");
        return Set.copyOf(names);
    }
}
