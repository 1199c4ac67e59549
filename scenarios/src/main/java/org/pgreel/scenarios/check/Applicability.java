package org.pgreel.scenarios.check;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.scenarios.file.Outcome;
import org.pgreel.scenarios.file.Scenario;

/** Tells before a run what a command cannot give that a scenario needs. */
final class Applicability {
    private final Scenario scenario;
    private final Abilities abilities;
    private final Asked asked;

    private Applicability(Scenario scenario, Abilities abilities) {
        this.scenario = scenario;
        this.abilities = abilities;
        this.asked = Asked.of(scenario);
    }

    /** Returns what is missing, in one sentence; "" when nothing is. */
    static String missing(Scenario scenario, Abilities abilities) {
        var needs = new Applicability(scenario, abilities);
        for (String sentence : List.of(needs.server(), needs.login(), needs.statements())) {
            if (!sentence.isEmpty()) {
                return sentence;
            }
        }
        return "";
    }

    private String server() {
        if (scenario.recording() != null) {
            boolean one = scenario.played() != null && asked.statements().size() == 1;
            return one ? "" : "the scenario plays a recording of more than a command can be told to ask";
        }
        if (ScriptSearch.flat(scenario.script().lines()).stream().noneMatch(ScriptSearch::onTheWire)) {
            return "the scenario ends before there is a connection";
        }
        boolean verifies = scenario.client().sslMode() != null
                && scenario.client().sslMode().word().startsWith("verify");
        return verifies ? "the scenario is about certificates, and a command cannot be told which to trust" : "";
    }

    private String login() {
        var client = scenario.client();
        if (client.sslMode() != null && !abilities.sslMode()) {
            return "the command has no {sslmode}";
        }
        boolean usual = client.channelBinding() == null
                || client.channelBinding().name().equals("PREFER");
        if (!usual && !abilities.channelBinding()) {
            return "the command has no {channel-binding}";
        }
        if (client.requireAuth() != null && !abilities.requireAuth() && !asksOnlyFor(client.requireAuth())) {
            return "the command has no {require-auth}";
        }
        return "";
    }

    /** What the client requires is all that the server asks for: then a client that requires nothing does the same. */
    private boolean asksOnlyFor(String required) {
        AuthenticationMethod method = Honest.of(scenario, abilities).settings().authentication();
        boolean mixed = ScriptSearch.flat(scenario.script().lines()).stream()
                .filter(line -> ScriptSearch.sends(line, "AuthenticationMD5Password")
                        || ScriptSearch.sends(line, "AuthenticationCleartextPassword")
                        || ScriptSearch.sends(line, "AuthenticationGSS*")
                        || ScriptSearch.sends(line, "AuthenticationSSPI")
                        || ScriptSearch.sends(line, "AuthenticationKerberosV5")
                        || ScriptSearch.sends(line, "AuthenticationUnknown"))
                .anyMatch(line -> method == AuthenticationMethod.SCRAM_SHA_256 || method == AuthenticationMethod.TRUST);
        String word = method == AuthenticationMethod.TRUST ? "none" : method.word();
        return !mixed
                && Arrays.asList(required.toLowerCase(Locale.ROOT).split("\\s*,\\s*"))
                        .contains(word);
    }

    private String statements() {
        List<String> statements = asked.statements();
        if (!asked.beyond().isEmpty()) {
            return asked.beyond();
        }
        if (statements.stream().anyMatch(statement -> statement.matches("(?s).*\\$\\d.*"))) {
            return "the scenario's statement has parameters";
        }
        if (abilities.sql()) {
            return "";
        }
        if (statements.size() > 1) {
            return "the scenario needs " + statements.size() + " statements, and the command has no {sql}";
        }
        if (statements.stream()
                .anyMatch(statement -> statement.toLowerCase(Locale.ROOT).startsWith("copy "))) {
            return "the scenario needs COPY, and the command has no {sql}";
        }
        return statements.isEmpty() && wantsNoStatement()
                ? "the scenario wants to be asked nothing, and the command has a statement of its own"
                : "";
    }

    /** Where a healthy session is allowed and the script answers nothing, a statement of the command's would be wrong. */
    private boolean wantsNoStatement() {
        Set<Outcome> healthy = EnumSet.of(Outcome.ANSWERED, Outcome.RECOVERED);
        boolean answers = scenario.played() != null
                || ScriptSearch.flat(scenario.script().lines()).stream()
                        .anyMatch(line -> ScriptSearch.uses(line, "housekeeping"));
        return !answers && scenario.outcomes().stream().anyMatch(healthy::contains);
    }
}
