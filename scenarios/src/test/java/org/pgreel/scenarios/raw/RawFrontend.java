package org.pgreel.scenarios.raw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayListener;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ScriptEngine;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.file.Scenario;

/**
 * Says word for word what a script awaits, from its first line to its last: the first part of an alternative, an open
 * repetition once, nothing optional. Statements go out as Query.
 */
final class RawFrontend {
    private final Scenario scenario;
    private final ScriptEngine engine;
    private final RawConnection main;
    private final List<ScriptLine> lines;
    private @Nullable List<ScriptLine> cancelling;

    RawFrontend(Scenario scenario) {
        this.scenario = scenario;
        this.engine = new ScriptEngine(
                scenario.script(), scenario.settings(), Chunking.WHOLE, Entropy.seeded(1), PlayListener.NONE);
        this.lines = new ArrayList<>(scenario.expanded().lines());
        this.main = new RawConnection(engine);
    }

    /** Tells whether the scenario has one connection, needs no password, and awaits messages alone. */
    static boolean suits(Scenario scenario) {
        String script = scenario.expanded().print();
        return !script.contains("F SASL")
                && !script.contains("F PasswordMessage")
                && !script.contains("connection 2")
                && !script.contains("F silent")
                && !script.contains("F raw");
    }

    /** Says all of it and returns what the server makes of that. */
    PlayReport says() {
        List<ScriptLine> own = lines;
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.ConnectionBlock block) {
                boolean cancel = block.which().kind() == Step.Connections.Kind.CANCEL;
                if (cancel) {
                    cancelling = block.body();
                } else {
                    own = block.body();
                }
            }
        }
        walk(own, main);
        main.settles();
        main.ends();
        return engine.report();
    }

    /** Returns what the server said that it may not say; null if nothing. */
    @Nullable
    String violation() {
        return main.violation();
    }

    /** Returns the phases of its conversation. */
    Set<String> states() {
        return main.states();
    }

    private void walk(List<ScriptLine> body, RawConnection connection) {
        for (ScriptLine line : body) {
            Step step = line.step();
            if (step instanceof Step.MessageLine message && message.direction() == Direction.FRONTEND) {
                connection.says(message(message, line.number()));
            } else if (step instanceof Step.EventLine event && event.direction() == Direction.FRONTEND) {
                event(event, connection);
            } else if (step instanceof Step.StatementBlock statement) {
                connection.says(new Query(sql(statement.sql())));
                walk(statement.body(), connection);
            } else if (step instanceof Step.EitherBlock either) {
                walk(either.parts().get(0), connection);
            } else if (step instanceof Step.UnorderedBlock unordered) {
                unordered.parts().forEach(part -> walk(part, connection));
            } else if (step instanceof Step.RepeatBlock repeat) {
                for (int i = 0; i < Math.max(1, repeat.least()); i++) {
                    walk(repeat.body(), connection);
                }
            } else if (step instanceof Step.Gate gate && !gate.opens()) {
                cancel();
                connection.settles();
            }
        }
    }

    /** The first wait for a signal is one for a cancel request. */
    private void cancel() {
        List<ScriptLine> body = cancelling;
        cancelling = null;
        if (body != null) {
            var second = new RawConnection(engine);
            walk(body, second);
            second.settles();
            second.ends();
        }
    }

    private static void event(Step.EventLine event, RawConnection connection) {
        switch (event.name()) {
            case "end" -> {
                if (connection.started()) {
                    connection.says(new Terminate());
                }
                connection.ends();
            }
            case "eof" -> connection.ends();
            default -> connection.settles();
        }
    }

    private FrontendMessage message(Step.MessageLine line, int number) {
        BackendKeyData key = main.key();
        if (line.name().equals("CancelRequest") && key != null) {
            return new CancelRequest(key.processId(), key.secretKey());
        }
        if (line.name().equals("StartupMessage")) {
            return StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("user", "ada"));
        }
        List<Field> fields = new ArrayList<>();
        for (Field field : line.fields()) {
            if (!(field instanceof Field.Rest)) {
                fields.add(settled(field));
            }
        }
        return (FrontendMessage)
                MessageForms.read(new Item.MessageItem(Direction.FRONTEND, line.name(), fields, 1), number);
    }

    /** Puts something in the place of what may be anything. */
    private static Field settled(Field field) {
        boolean open = field instanceof Field.Plain plain
                && plain.value().atoms().stream()
                        .anyMatch(atom -> atom instanceof Atom.Any || atom instanceof Atom.Wildcard);
        return open ? Field.of(Value.of("something")) : field;
    }

    private String sql(Value pattern) {
        Atom first = pattern.atoms().get(0);
        if (first instanceof Atom.Literal literal) {
            return literal.bytes().text();
        }
        return scenario.client().statements().get(0);
    }
}
