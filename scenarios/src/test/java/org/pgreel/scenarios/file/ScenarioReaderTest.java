package org.pgreel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.SslMode;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.RecordingBeside;

class ScenarioReaderTest {
    private static final String LEAST = """
            name: least
            shows: A scenario with nothing that could be left out.
            origin: ["here"]
            phase: startup
            outcome: answered
            script: |
              use login
              F end
            """;

    @TempDir
    Path directory;

    @Test
    void whatIsLeftOutHasItsDefault() {
        Scenario scenario = ScenarioReader.parse(LEAST, "least.pgreel.yaml");

        assertThat(scenario.server()).isEqualTo(ScenarioServer.DEFAULTS);
        assertThat(scenario.client()).isEqualTo(ScenarioClient.DEFAULTS);
        assertThat(scenario.recording()).isNull();
        assertThat(scenario.within()).isNull();
        assertThat(scenario.answers()).isEmpty();
        assertThat(scenario.outcomes()).containsExactly(Outcome.ANSWERED);
        assertThat(scenario.script().print()).isEqualTo("use login\nF end\n");
    }

    @Test
    void everyKeyIsRead() {
        Scenario scenario = ScenarioReader.parse("""
                # a comment
                name: all-keys
                shows: Every key is there.
                origin: ["CVE-1", "clients a.6 #3"]
                phase: pool
                server:
                  auth: scram-sha-256
                  tls: true
                  certificate: tls-1.2
                  version: "14.2"
                  max-connections: 3
                  occupied: 2
                  reserved: 1
                  recovery: 4
                  role: standby
                client: { sslmode: verify-full, require-auth: "!password,!md5", channel-binding: require, statements: ["select 1", "select 2"], connections: 3 }
                recording: orders.tape
                match: exchange
                outcome: [refused, clean-error]
                within: 1500ms
                answers: ["1", "2"]
                shown: ["too many"]
                hidden: ["stack trace"]
                script: |
                  use login
                """, "all.pgreel.yaml");

        assertThat(scenario.server())
                .isEqualTo(new ScenarioServer(
                        AuthenticationMethod.SCRAM_SHA_256, true, Certificate.TLS_1_2, "14.2", 3, 2, 1, 4, true));
        assertThat(scenario.client())
                .isEqualTo(new ScenarioClient(
                        SslMode.VERIFY_FULL,
                        "!password,!md5",
                        ChannelBinding.REQUIRE,
                        List.of("select 1", "select 2"),
                        3));
        assertThat(scenario.recording()).isEqualTo("orders.tape");
        assertThat(scenario.match()).isEqualTo(Matching.EXCHANGE);
        assertThat(scenario.outcomes()).containsExactly(Outcome.CLEAN_ERROR, Outcome.REFUSED);
        assertThat(scenario.within()).isEqualTo(Duration.ofMillis(1500));
        assertThat(scenario.answers()).containsExactly("1", "2");
        assertThat(scenario.shown()).containsExactly("too many");
        assertThat(scenario.hidden()).containsExactly("stack trace");
        assertThat(scenario.settings().authentication()).isEqualTo(AuthenticationMethod.SCRAM_SHA_256);
        assertThat(scenario.settings().maxConnections()).isEqualTo(3);
        assertThat(scenario.settings().standby()).isTrue();
    }

    @Test
    void aRecordingIsReadFromBesideTheFileOrItsPlaceIsNamed() throws IOException {
        Path file = directory.resolve("least.pgreel.yaml");
        Files.writeString(file, LEAST.replace("script:", "recording: tapes/orders.pgreel\nscript:"));
        assertThatThrownBy(() -> ScenarioReader.read(file))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(file + ":")
                .hasMessageEndingWith("there is no recording tapes/orders.pgreel beside the scenario");

        Path tape = Files.createDirectories(directory.resolve("tapes")).resolve("orders.pgreel");
        Files.writeString(tape, "tape 1\nsession 1\nF Snyc\n");
        assertThatThrownBy(() -> ScenarioReader.read(file))
                .hasMessageContaining("orders.pgreel, line 3: ")
                .hasMessageContaining("did you mean Sync?");

        Files.writeString(
                tape, "tape 1\nsession 1\nF StartupMessage 3.0 user=\"a\"\nB AuthenticationOk\nB ReadyForQuery I\n");
        RecordingBeside played = ScenarioReader.read(file).settings().recording();
        assertThat(played).isNotNull();
        assertThat(played.recording().connections()).hasSize(1);
        assertThat(played.verbatim()).isFalse();

        Files.writeString(file, LEAST.replace("script:", "recording: ../orders.pgreel\nscript:"));
        assertThatThrownBy(() -> ScenarioReader.read(file))
                .hasMessageContaining("a recording lies in the scenario's own directory or below");
    }

    @Test
    void aPlaceInTheScriptIsAPlaceInTheFile() {
        Scenario scenario = ScenarioReader.parse(LEAST, "least.pgreel.yaml");

        assertThat(scenario.source().place(2, 3)).isEqualTo("least.pgreel.yaml:8:5");
    }

    @Test
    void theIndentIsWhatYamlTakesAway() {
        String deeper =
                LEAST.replace("script: |\n  use login\n  F end", "script: |4-  # why\n\n      use login\n    F edn");

        assertThatThrownBy(() -> ScenarioReader.parse(deeper, "x"))
                .hasMessage("x:9:7: \"edn\" is no frontend event; did you mean end?");
    }

    @Test
    void linesMayEndAsOnWindowsAndBeginWithAByteOrderMark() {
        String windows = "\uFEFF" + LEAST.replace("F end", "F ned").replace("\n", "\r\n");

        assertThatThrownBy(() -> ScenarioReader.parse(windows, "x"))
                .hasMessage("x:8:5: \"ned\" is no frontend event; did you mean end?");
    }

    @Test
    void aFileThatIsNotUtf8SaysWhereItStopsToBe() throws IOException {
        Path file = directory.resolve("x.pgreel.yaml");
        Files.write(file, "name: a\nshows: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ScenarioReader.read(file))
                .hasMessage(file + ":2:11: the file is not UTF-8 from here on");
    }

    @Test
    void aFailureInTheExpansionOfABlockHasItsPlaceToo() {
        String wrong = LEAST.replace("use login", "use key {\n    B ReadyForQuery I\n  }");

        assertThatThrownBy(() -> ScenarioReader.parse(wrong, "x"))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("x:8:3: the block key sends no ReadyForQuery");
    }
}
