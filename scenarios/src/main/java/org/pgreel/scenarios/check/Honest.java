package org.pgreel.scenarios.check;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.client.SslMode;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioServer;

/**
 * A healthy server that asks of the client all that a scenario does and does nothing wrong: what the client does there
 * is what it can. Equal ones are run once.
 *
 * @param settings what holds around the connections, without a password
 * @param asking what the client is told
 * @param script the server's lines
 */
record Honest(ServerSettings settings, Asking asking, String script) {

    /**
     * What a client is told beside its address and its name.
     *
     * @param sslmode libpq's word
     * @param channelBinding libpq's word
     * @param requireAuth libpq's list; "" for any
     * @param statements in order
     */
    record Asking(String sslmode, String channelBinding, String requireAuth, List<String> statements) {
        Asking {
            statements = List.copyOf(statements);
        }
    }

    private static final String PASSWORD = "";

    /** The server that every client must manage: no password, no TLS, one statement. */
    static Honest simplest(Abilities abilities) {
        return new Honest(
                ServerSettings.DEFAULTS
                        .withAuthentication(AuthenticationMethod.TRUST, PASSWORD)
                        .withAnyStatement(!abilities.sql()),
                new Asking("disable", "prefer", "", List.of("select 1")),
                text(List.of(List.of(
                        "statement \"select 1\" {",
                        "B RowDescription \"?column?\":int4",
                        "B DataRow \"1\"",
                        "B CommandComplete \"SELECT 1\"",
                        "}"))));
    }

    /** Returns the healthy server of a scenario. */
    static Honest of(Scenario scenario, Abilities abilities) {
        List<String> statements = Asked.of(scenario).statements();
        boolean any = !abilities.sql();
        var parts = new ArrayList<List<String>>();
        for (int i = 0; i < statements.size(); i++) {
            parts.add(part(scenario, statements.get(i), i));
        }
        if (parts.isEmpty() && any) {
            parts.add(part(scenario, "select 1", 0));
        }
        ScenarioServer server = scenario.server();
        List<ScriptLine> lines = ScriptSearch.flat(scenario.script().lines());
        ServerSettings settings = ServerSettings.DEFAULTS
                .withAuthentication(authentication(lines, server.auth()), PASSWORD)
                .withTls(server.tls() || speaksTls(lines) || insists(scenario))
                .withVersion(server.version())
                .withStandby(server.standby())
                .withAnyStatement(any)
                .withRecording(scenario.played());
        if (scenario.played() != null) {
            return new Honest(settings, asking(scenario, statements), "use login\nF end\n");
        }
        return new Honest(settings, asking(scenario, statements), text(parts));
    }

    private static List<String> part(Scenario scenario, String statement, int index) {
        var part = new ArrayList<String>();
        part.add("statement " + ScriptSearch.quoted(statement) + " {");
        part.addAll(new HonestAnswer(scenario, statement, index).lines());
        part.add("}");
        return part;
    }

    /** A program may ask once more, or on another connection; several statements come in their order. */
    private static String text(List<List<String>> parts) {
        var lines = new ArrayList<>(List.of("use login", "use housekeeping"));
        if (parts.size() == 1) {
            lines.add("repeat 1.. {");
            lines.addAll(parts.get(0));
            lines.add("}");
        } else {
            parts.forEach(lines::addAll);
        }
        lines.add("F end");
        return String.join("\n", lines) + "\n";
    }

    /** Returns what the client of a scenario is told. */
    static Asking asking(Scenario scenario, List<String> statements) {
        var client = scenario.client();
        List<ScriptLine> lines = ScriptSearch.flat(scenario.script().lines());
        String sslmode = client.sslMode() != null
                ? client.sslMode().word()
                : scenario.server().tls() || speaksTls(lines)
                        ? "require"
                        : lines.stream().anyMatch(line -> ScriptSearch.awaits(line, "SSLRequest"))
                                ? "prefer"
                                : "disable";
        return new Asking(
                sslmode,
                client.channelBinding() == null
                        ? "prefer"
                        : client.channelBinding().name().toLowerCase(java.util.Locale.ROOT),
                client.requireAuth() == null ? "" : client.requireAuth(),
                statements);
    }

    private static boolean insists(Scenario scenario) {
        SslMode mode = scenario.client().sslMode();
        return mode != null && (mode.word().equals("require") || mode.word().startsWith("verify"));
    }

    private static boolean speaksTls(List<ScriptLine> lines) {
        return lines.stream()
                .anyMatch(line -> ScriptSearch.uses(line, "tls")
                        || (ScriptSearch.sends(line, "SSLResponse")
                                && line.toString().endsWith(" S")));
    }

    private static AuthenticationMethod authentication(List<ScriptLine> lines, AuthenticationMethod otherwise) {
        for (ScriptLine line : lines) {
            if (ScriptSearch.uses(line, "scram") || ScriptSearch.sends(line, "AuthenticationSASL")) {
                return AuthenticationMethod.SCRAM_SHA_256;
            }
            if (ScriptSearch.uses(line, "md5") || ScriptSearch.sends(line, "AuthenticationMD5Password")) {
                return AuthenticationMethod.MD5;
            }
            if (ScriptSearch.uses(line, "cleartext") || ScriptSearch.sends(line, "AuthenticationCleartextPassword")) {
                return AuthenticationMethod.PASSWORD;
            }
        }
        return otherwise;
    }

    /** Returns the script, ready to be played. */
    Script parsed() {
        return Script.parse(script);
    }

    /** Returns what is special about this server, for a sentence. */
    String words() {
        return "a healthy server with authentication "
                + settings.authentication().word()
                + (settings.tls() ? ", TLS" : "")
                + (asking.statements().isEmpty() ? "" : " and " + String.join("; ", asking.statements()));
    }
}
