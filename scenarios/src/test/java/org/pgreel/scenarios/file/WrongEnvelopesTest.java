package org.pgreel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong around a script: each with the one sentence that the author of the file reads. */
class WrongEnvelopesTest {
    private static final String RIGHT = """
            name: right
            shows: Nothing is wrong.
            origin: ["here"]
            phase: tls
            server: { auth: trust, tls: true, version: "17.6", max-connections: 2 }
            client: { sslmode: require, statement: "select 1" }
            outcome: [clean-error, refused]
            within: 5s
            answers: ["1"]
            script: |
              use login
            """;

    static Stream<Arguments> seenByReaderAndSchema() {
        return Stream.of(
                arguments("shows:", "shos:", "2:1: \"shos\" is no key of a scenario; did you mean shows?"),
                arguments("auth:", "ath:", "5:11: \"ath\" is no key of server; did you mean auth?"),
                arguments("sslmode:", "ssl-mode:", "6:11: \"ssl-mode\" is no key of client; did you mean sslmode?"),
                arguments("name: right\n", "", "1:1: a scenario has no \"name\""),
                arguments("shows: Nothing is wrong.\n", "", "1:1: a scenario has no \"shows\""),
                arguments("origin: [\"here\"]\n", "", "1:1: a scenario has no \"origin\""),
                arguments("phase: tls\n", "", "1:1: a scenario has no \"phase\""),
                arguments("outcome: [clean-error, refused]\n", "", "1:1: a scenario has no \"outcome\""),
                arguments("script: |\n  use login\n", "", "1:1: a scenario has no \"script\""),
                arguments(
                        "name: right",
                        "name: Right One",
                        "1:7: a name is made of small letters and digits, with hyphens between them, and not \"Right One\""),
                arguments("name: right", "name: [right]", "1:7: name: expected one value and not a list"),
                arguments("Nothing is wrong.", "", "2:7: shows has no value"),
                arguments("Nothing is wrong.", "' '", "2:8: shows is empty"),
                arguments("[\"here\"]", "here", "3:9: origin is a list; write [\"here\"]"),
                arguments("[\"here\"]", "[]", "3:9: origin is an empty list"),
                arguments("[\"here\"]", "[\"\"]", "3:10: origin is empty"),
                arguments("phase: tls", "phase: tsl", "4:8: \"tsl\" is no phase; did you mean tls?"),
                arguments("phase: tls", "phase: [tls]", "4:8: phase: expected one value and not a list"),
                arguments(
                        "auth: trust",
                        "auth: cleartext",
                        "5:17: \"cleartext\" is no auth; expected one of trust," + " password, md5, scram-sha-256"),
                arguments("tls: true", "tls: \"true\"", "5:29: tls: expected true or false and not \"true\""),
                arguments("\"17.6\"", "17.6", "5:44: version is text, and this is none to YAML; write \"17.6\""),
                arguments(
                        "max-connections: 2",
                        "max-connections: \"2\"",
                        "5:69: max-connections: expected a whole number from 0 to 999999, without quotes, and not \"2\""),
                arguments(
                        "max-connections: 2",
                        "max-connections: -2",
                        "5:69: max-connections: expected a whole number from 0 to 999999, without quotes, and not \"-2\""),
                arguments(
                        "max-connections: 2",
                        "max-connections: 2.5",
                        "5:69: max-connections: expected a whole number from 0 to 999999, without quotes, and not \"2.5\""),
                arguments(
                        "server: { auth: trust, tls: true, version: \"17.6\", max-connections: 2 }",
                        "server: trust",
                        "5:9: expected the keys of server and not \"trust\""),
                arguments(
                        "sslmode: require",
                        "sslmode: allow",
                        "6:20: \"allow\" is no sslmode; expected one of"
                                + " disable, prefer, require, verify-ca, verify-full"),
                arguments(
                        "sslmode: require",
                        "require-auth: scram",
                        "6:25: requireAuth does not know the method 'scram'; use none, password, md5, scram-sha-256, oauth"),
                arguments(
                        "sslmode: require",
                        "channel-binding: requir",
                        "6:28: \"requir\" is no channel-binding; did" + " you mean require?"),
                arguments(
                        "sslmode: require",
                        "statements: [\"select 2\"]",
                        "6:37: \"statement\" and \"statements\" say the same thing; keep one of them"),
                arguments(
                        "sslmode: require",
                        "connections: 0",
                        "6:24: connections: expected a whole number from 1 to 999999, without quotes, and not \"0\""),
                arguments(
                        "clean-error, refused",
                        "clean-eror",
                        "7:11: \"clean-eror\" is no outcome; did you mean" + " clean-error?"),
                arguments("clean-error, refused", "refused, refused", "7:20: \"refused\" is there twice"),
                arguments("[clean-error, refused]", "[]", "7:10: outcome is an empty list"),
                arguments(
                        "within: 5s",
                        "within: 5 seconds",
                        "8:9: expected a time, as 300ms or 2s, and not \"5 seconds\""),
                arguments("within: 5s", "within: 0s", "8:9: expected a time, as 300ms or 2s, and not \"0s\""),
                arguments("within: 5s", "within: 5", "8:9: within is text, and this is none to YAML; write \"5\""),
                arguments("[\"1\"]", "[1]", "9:11: answers is text, and this is none to YAML; write \"1\""),
                arguments(
                        "answers:",
                        "match: exchange\nanswers:",
                        "9:1: \"match\" says how a recording answers, and there" + " is no \"recording\""),
                arguments("script: |\n  use login\n", "script: |\n", "10:9: the script is empty"),
                arguments(
                        "script: |\n  use login\n",
                        "script: [use login]",
                        "10:9: a script stands as lines below" + " \"script: |\""));
    }

    @ParameterizedTest
    @MethodSource
    void seenByReaderAndSchema(String right, String wrong, String sentence) throws JsonProcessingException {
        String file = with(right, wrong);

        assertThatThrownBy(() -> ScenarioReader.parse(file, "wrong.pgreel.yaml"))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("wrong.pgreel.yaml:" + sentence);
        assertThat(ScenarioSchema.complaints(file)).as(file).isNotEmpty();
    }

    /** What a schema cannot see, since it knows neither quotes nor places. */
    static Stream<Arguments> seenByTheReaderOnly() {
        return Stream.of(
                arguments(
                        "statement: \"select 1\"",
                        "statement: no",
                        "6:40: statement is text, and this is none to YAML;" + " write \"no\""),
                arguments(
                        "statement: \"select 1\"",
                        "statement: y",
                        "6:40: statement is text, and this is none to YAML;" + " write \"y\""),
                arguments("tls: true", "tls: on", "5:29: tls: expected true or false and not \"on\""),
                arguments("tls: true", "tls: True", "5:29: tls: expected true or false and not \"True\""),
                arguments("outcome:", "name: again\noutcome:", "7:1: the key \"name\" is there twice"),
                arguments(
                        "[\"here\"]",
                        "[&here \"here\"]",
                        "3:10: anchors, aliases and tags mean nothing in a scenario;" + " write the value itself"),
                arguments(
                        "[\"here\"]",
                        "[!other here]",
                        "3:10: anchors, aliases and tags mean nothing in a scenario;" + " write the value itself"),
                arguments("script: |\n", "script: >\n", "10:9: a script stands as lines below \"script: |\""),
                arguments(
                        "  use login",
                        "---\nname: second",
                        "12:1: a file holds one scenario, and here begins" + " another document"),
                arguments(
                        "max-connections: 2",
                        "max-connections: 0x2",
                        "5:69: max-connections: expected a whole number"
                                + " from 0 to 999999, without quotes, and not \"0x2\""),
                arguments(
                        "phase: tls",
                        "phase: tls\n\tserver: x",
                        "5:1: this is not YAML: found character '\\t(TAB)' that"
                                + " cannot start any token. (Do not use \\t(TAB) for indentation)"),
                arguments("client: {", "client: [", "6:51: this is not YAML: expected ',' or ']', but got }"),
                arguments("Nothing is", "Nothing: is", "2:15: this is not YAML: mapping values are not allowed here"),
                arguments(
                        "Nothing is",
                        "Nothing\u0007 is",
                        "2:15: the character U+0007 cannot stand in a file; write its" + " bytes as x\"…\""));
    }

    @ParameterizedTest
    @MethodSource
    void seenByTheReaderOnly(String right, String wrong, String sentence) {
        String file = with(right, wrong);

        assertThatThrownBy(() -> ScenarioReader.parse(file, "wrong.pgreel.yaml"))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("wrong.pgreel.yaml:" + sentence);
    }

    @Test
    void theFileBeforeTheseChangesIsRight() throws JsonProcessingException {
        assertThat(ScenarioReader.parse(RIGHT, "right").name()).isEqualTo("right");
        assertThat(ScenarioSchema.complaints(RIGHT)).isEmpty();
    }

    @Test
    void nothingAtAllIsNoScenario() {
        assertThatThrownBy(() -> ScenarioReader.parse("", "x")).hasMessage("x:1:1: the file is empty");
        assertThatThrownBy(() -> ScenarioReader.parse("# nothing\n", "x")).hasMessage("x:1:1: the file is empty");
        assertThatThrownBy(() -> ScenarioReader.parse("just words", "x"))
                .hasMessage("x:1:1: expected the keys of a scenario and not \"just words\"");
    }

    private static String with(String right, String wrong) {
        assertThat(RIGHT).contains(right);
        return RIGHT.replace(right, wrong);
    }
}
