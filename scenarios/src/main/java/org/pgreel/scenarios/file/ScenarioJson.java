package org.pgreel.scenarios.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.replay.script.Durations;

/** A scenario for machines: maps, lists, text, numbers and null, as JSON libraries write them. */
public final class ScenarioJson {
    private ScenarioJson() {}

    /** Returns all but the script, with the keys of the file; what the file leaves out has its default. */
    public static Map<String, Object> envelope(Scenario scenario) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", scenario.name());
        fields.put("shows", scenario.shows());
        fields.put("origin", scenario.origin());
        fields.put("phase", scenario.phase().word());
        fields.put("server", server(scenario.server()));
        fields.put("client", client(scenario.client()));
        fields.put("recording", scenario.recording());
        fields.put("match", scenario.match() == null ? null : scenario.match().word());
        fields.put("outcome", scenario.outcomes().stream().map(Outcome::word).toList());
        fields.put("within", scenario.within() == null ? null : Durations.word(scenario.within()));
        fields.put("answers", scenario.answers());
        fields.put("shown", scenario.shown());
        fields.put("hidden", scenario.hidden());
        fields.put("file", scenario.source().file());
        return fields;
    }

    /** Returns everything; the script as {@link ScriptJson} has it. */
    public static Map<String, Object> whole(Scenario scenario) {
        Map<String, Object> fields = envelope(scenario);
        fields.put("script", ScriptJson.of(scenario.script()));
        return fields;
    }

    /** Returns everything; of the script, {@link Scenario#expanded()}. */
    public static Map<String, Object> expanded(Scenario scenario) {
        Map<String, Object> fields = envelope(scenario);
        fields.put("script", ScriptJson.of(scenario.expanded()));
        return fields;
    }

    private static Map<String, Object> server(ScenarioServer server) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("auth", server.auth().word());
        fields.put("tls", server.tls());
        fields.put("certificate", server.certificate().word());
        fields.put("version", server.version());
        fields.put("max-connections", server.maxConnections());
        fields.put("occupied", server.occupied());
        fields.put("reserved", server.reserved());
        fields.put("recovery", server.recovery());
        fields.put("role", server.standby() ? "standby" : "primary");
        return fields;
    }

    private static Map<String, Object> client(ScenarioClient client) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("sslmode", client.sslMode() == null ? null : client.sslMode().word());
        fields.put("require-auth", client.requireAuth());
        fields.put("channel-binding", client.channelBinding() == null ? null : Keys.small(client.channelBinding()));
        fields.put("statements", List.copyOf(client.statements()));
        fields.put("connections", client.connections());
        return fields;
    }
}
