package org.pgreel.scenarios.drive;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.file.Certificate;
import org.pgreel.scenarios.file.Scenario;

/** Tells where a scenario can be played: in memory, over sockets, or nowhere yet. */
public final class Stages {
    private Stages() {}

    /** Returns what our client or this runner lacks for the scenario; empty if it can be run. */
    public static Optional<String> waitsFor(Scenario scenario) {
        String operation = Operations.missing(new ToldScript(scenario.script()));
        if (operation != null) {
            return Optional.of("our client's " + operation);
        }
        if (scenario.recording() != null && scenario.played() == null) {
            return Optional.of("a recording beside the script");
        }
        boolean nowhere = !inMemory(scenario) && !overSockets(scenario);
        return nowhere ? Optional.of("timers that break where a handshake fails") : Optional.empty();
    }

    /** Tells whether it can be played in memory, where no certificate is looked at and no handshake fails. */
    public static boolean inMemory(Scenario scenario) {
        Certificate certificate = scenario.server().certificate();
        boolean looked = certificate != Certificate.VALID && certificate != Certificate.TLS_1_2;
        return !looked && !failsInTls(scenario.script().lines());
    }

    /** Tells whether it can be played over sockets, where timers do not break. */
    public static boolean overSockets(Scenario scenario) {
        return !breaksTimers(scenario.script().lines());
    }

    private static boolean failsInTls(List<ScriptLine> lines) {
        return lines.stream().map(ScriptLine::step).anyMatch(Stages::failsInTls);
    }

    private static boolean failsInTls(@Nullable Step step) {
        if (step instanceof Step.EventLine event && event.name().equals("tls")) {
            return event.fields().stream().anyMatch(Field.Plain.class::isInstance);
        }
        return step != null && Bodies.of(step).stream().anyMatch(body -> failsInTls(body));
    }

    private static boolean breaksTimers(List<ScriptLine> lines) {
        return lines.stream().map(ScriptLine::step).anyMatch(Stages::breaksTimers);
    }

    private static boolean breaksTimers(@Nullable Step step) {
        if (step instanceof Step.Told told) {
            return told.fields().stream()
                    .anyMatch(field ->
                            field instanceof Field.Named named && named.name().equals("timer"));
        }
        return step != null && Bodies.of(step).stream().anyMatch(body -> breaksTimers(body));
    }
}
