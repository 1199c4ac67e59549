package org.pgreel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key with every kind of value: the schema and the reader accept and refuse the same. */
class SchemaAgreesTest {
    /** Spelled as JSON, since the schema sees no quotes. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "7",
            "-1",
            "2.5",
            "999999",
            "1000000",
            "\"\"",
            "\" \"",
            "\"1\"",
            "\"some-name\"",
            "\"Some Name\"",
            "\"two\\nlines\"",
            "\"5s\"",
            "\"300ms\"",
            "\"0s\"",
            "\"0000000001s\"",
            "\"tls\"",
            "\"trust\"",
            "\"scram-sha-256\"",
            "\"!md5, !password\"",
            "\"none,!md5\"",
            "\"refused\"",
            "\"require\"",
            "\"standby\"",
            "\"verbatim\"",
            "\"valid\"",
            "[]",
            "[\"\"]",
            "[1]",
            "[\"a\"]",
            "[\"a\", \"a\"]",
            "[\"refused\", \"answered\"]",
            "[\"refused\", \"refused\"]",
            "[[\"a\"]]",
            "{}",
            "{ \"a\": \"b\" }");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "shows",
                "origin",
                "phase",
                "outcome",
                "server",
                "client",
                "recording",
                "within",
                "answers",
                "shown",
                "hidden",
                "unknown"
            })
    void onAKeyOfTheScenario(String key) throws JsonProcessingException {
        for (String value : VALUES) {
            agree(Map.of(key, value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth",
                "tls",
                "certificate",
                "version",
                "max-connections",
                "occupied",
                "reserved",
                "recovery",
                "role",
                "unknown"
            })
    void onAKeyOfTheServer(String key) throws JsonProcessingException {
        for (String value : VALUES) {
            agree(Map.of("server", "{ \"" + key + "\": " + value + " }"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sslmode", "require-auth", "channel-binding", "statement", "statements", "connections", "unknown"
            })
    void onAKeyOfTheClient(String key) throws JsonProcessingException {
        for (String value : VALUES) {
            agree(Map.of("client", "{ \"" + key + "\": " + value + " }"));
        }
    }

    @Test
    void onKeysThatDependOnEachOther() throws JsonProcessingException {
        agree(Map.of("match", "\"verbatim\""));
        agree(Map.of("match", "\"verbatim\"", "recording", "\"a.tape\""));
        agree(Map.of("client", "{ \"statement\": \"a\", \"statements\": [\"a\"] }"));
    }

    private static void agree(Map<String, String> changed) throws JsonProcessingException {
        var keys = new LinkedHashMap<String, String>();
        keys.put("name", "\"right\"");
        keys.put("shows", "\"Nothing is wrong.\"");
        keys.put("origin", "[\"here\"]");
        keys.put("phase", "\"tls\"");
        keys.put("outcome", "\"refused\"");
        keys.putAll(changed);
        String yaml = keys.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                        .collect(Collectors.joining())
                + "script: |\n  use login\n";
        List<String> complaints = new ArrayList<>(ScenarioSchema.complaints(yaml));

        assertThat(refusal(yaml).isEmpty())
                .as("%s: the schema says %s, the reader %s", changed, complaints, refusal(yaml))
                .isEqualTo(complaints.isEmpty());
    }

    private static String refusal(String yaml) {
        try {
            ScenarioReader.parse(yaml, "x");
            return "";
        } catch (ScenarioException e) {
            return e.getMessage();
        }
    }
}
