package org.pgreel.scenarios.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.file.Scenario;

/**
 * What a scenario wants to be asked, as far as a command can be told.
 *
 * @param statements in order
 * @param beyond what a command cannot be asked for, in words; "" when there is nothing of the kind
 */
record Asked(List<String> statements, String beyond) {
    private static final Set<String> WITH_STATEMENT = Set.of("query", "copy-out", "copy-in", "stream");
    private static final Set<String> EVERYBODY = Set.of("connect", "close");

    /** Of {@code > connect}: what no command is told in a word that every client knows. */
    private static final Set<String> OF_OUR_OWN = Set.of("hosts", "target-session-attrs", "sslnegotiation", "token");

    Asked {
        statements = List.copyOf(statements);
    }

    static Asked of(Scenario scenario) {
        List<String> given = scenario.client().statements();
        var told = new ArrayList<String>();
        String beyond = "";
        for (ScriptLine line : ScriptSearch.flat(scenario.script().lines())) {
            if (line.step() instanceof Step.ConnectionBlock block
                    && block.which().kind() == Step.Connections.Kind.CANCEL) {
                beyond = "the scenario awaits a cancel request, for which a command cannot be asked";
            }
            if (line.step() instanceof Step.Told asked && asked.kind() == '>') {
                if (asked.word().equals("connect") && asked.fields().stream().anyMatch(Asked::isOfOurOwn)) {
                    beyond = "the scenario asks for '" + line + "', which a command cannot be told";
                }
                Optional<String> statement = WITH_STATEMENT.contains(asked.word())
                        ? ScriptSearch.firstText(asked.fields())
                        : Optional.empty();
                statement.ifPresent(told::add);
                boolean whole = statement.isPresent() && asked.fields().size() == 1;
                boolean important = given.isEmpty() || asked.word().equals("cancel");
                if (!whole && !EVERYBODY.contains(asked.word()) && important) {
                    beyond = "the scenario asks for '" + line + "', and a command can only be told statements";
                }
            }
        }
        return new Asked(given.isEmpty() ? told : given, beyond);
    }

    private static boolean isOfOurOwn(Field field) {
        return field instanceof Field.Named named && OF_OUR_OWN.contains(named.name());
    }
}
