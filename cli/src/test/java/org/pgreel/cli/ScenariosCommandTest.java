package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.replay.script.Script;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.file.ScenarioReader;

class ScenariosCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void theListIsATableWithThePhaseOnlyWhereItBegins() {
        assertThat(execute("scenarios")).as(err.toString()).isZero();

        assertThat(out.toString()).startsWith("phase ").contains("ssl-junk-byte ");
        assertThat(out.toString().lines().filter(line -> line.startsWith("tls ")))
                .hasSize(1);
        int count = Catalogue.load().scenarios().size();
        assertThat(out.toString()).containsPattern("\n" + count + " scenarios(; [0-9]+ of them wait for .*)?\n$");
    }

    @Test
    void theListForMachinesIsAnArray() throws IOException {
        JsonNode list = json("scenarios", "--json");

        assertThat(list.isArray()).isTrue();
        assertThat(list).hasSize(Catalogue.load().scenarios().size());
        assertThat(list.get(0).path("name").isTextual()).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anOriginIsFoundByItsBeginningInWhateverCase() throws IOException {
        JsonNode list = json("scenarios", "--origin", "Pony", "--phase", "tls", "--outcome", "refused", "--json");

        assertThat(list).isNotEmpty();
        for (JsonNode scenario : list) {
            assertThat(scenario.path("phase").asText()).isEqualTo("tls");
            assertThat(scenario.path("outcome").toString()).contains("refused");
            assertThat(scenario.path("origin").toString()).contains("\"pony ");
        }
    }

    @Test
    void theTableShowsTheOriginThatWasAskedFor() {
        assertThat(execute("scenarios", "--origin", "CVE-2021-23222")).isZero();

        assertThat(out.toString())
                .contains("origin")
                .contains("ssl-bytes-stuffed-after-s")
                .contains("CVE-2021-23222");
        assertThat(out.toString()).doesNotContain("clients a.6");
    }

    @Test
    void whatNothingFitsIsSaid() {
        assertThat(execute("scenarios", "--origin", "no such origin")).isZero();

        assertThat(out.toString()).isEqualTo("no scenario of the catalogue fits\n");
    }

    @Test
    void aNamePrintsTheFile() {
        assertThat(execute("scenarios", "ssl-junk-byte")).isZero();

        assertThat(ScenarioReader.parse(out.toString(), "printed").name()).isEqualTo("ssl-junk-byte");
    }

    @Test
    void anExpandedScriptHasNoReadyMadeBlocksLeft() {
        assertThat(execute("scenarios", "scram-forged-signature", "--expand")).isZero();

        assertThat(out.toString())
                .doesNotContain("use ")
                .contains("B AuthenticationSASLFinal <server-final signature=forged>");
        assertThat(Script.parse(out.toString()).print()).isEqualTo(out.toString());
    }

    @Test
    void theParsedFormOfANameIsOneDocument() throws IOException {
        JsonNode scenario = json("scenarios", "length-field-three", "--json");

        assertThat(scenario.path("outcome").toString()).isEqualTo("[\"clean-error\"]");
        JsonNode statement = scenario.path("script").get(3);
        assertThat(statement.path("step").asText()).isEqualTo("statement");
        assertThat(statement.path("sql").asText()).isEqualTo("select 1");
        assertThat(statement.path("body").get(1).toString())
                .isEqualTo("{\"line\":6,\"step\":\"message\",\"direction\":\"B\",\"name\":\"DataRow\",\"fields\":"
                        + "[{\"value\":\"1\"},{\"override\":\"length\",\"value\":{\"word\":\"3\"}}]}");
    }

    @Test
    void everyScenarioHasAParsedForm() throws IOException {
        String[] arguments = Catalogue.load().scenarios().stream()
                .map(scenario -> scenario.name())
                .toArray(String[]::new);
        String[] all = new String[arguments.length + 2];
        all[0] = "scenarios";
        all[1] = "--json";
        System.arraycopy(arguments, 0, all, 2, arguments.length);

        assertThat(json(all)).hasSize(arguments.length);
    }

    @Test
    void aFileIsExplainedToo() throws IOException {
        String text = Catalogue.load().named("ssl-junk-byte").source().text();
        Path file = Files.writeString(directory.resolve("mine.pgreel.yaml"), text);

        assertThat(execute("scenarios", file.toString(), "--expand")).isZero();

        assertThat(out.toString()).contains("B SSLResponse X");
    }

    @Test
    void aNameThatIsNotThereIsWrongUsage() {
        assertThat(execute("scenarios", "ssl-jnk-byte")).isEqualTo(ExitStatus.WRONG_USAGE);

        assertOneSentence("\"ssl-jnk-byte\" is no scenario of the catalogue; did you mean ssl-junk-byte?");
    }

    @Test
    void aWordThatIsNoPhaseIsWrongUsage() {
        assertThat(execute("scenarios", "--phase", "tsl")).isEqualTo(ExitStatus.WRONG_USAGE);

        assertOneSentence("--phase: \"tsl\" is no phase; did you mean tls?");
    }

    @Test
    void expandWithoutANameIsWrongUsage() {
        assertThat(execute("scenarios", "--expand")).isEqualTo(ExitStatus.WRONG_USAGE);

        assertOneSentence("--expand needs the name of a scenario");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = directory.resolve("missing.pgreel.yaml");

        assertThat(execute("scenarios", missing.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertOneSentence("the scenario " + missing + " cannot be read: it does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [1|1:6: this is not YAML: expected ',' or ']', but got <stream end>",
                "nam: x|1:1: \"nam\" is no key of a scenario; did you mean name?",
                "{}|1:1: a scenario has no \"name\""
            })
    void aFileThatIsNoScenarioIsNamedWithThePlace(String contentAndSentence) throws IOException {
        String[] parts = contentAndSentence.split("\\|");
        Path file = Files.writeString(directory.resolve("wrong.pgreel.yaml"), parts[0]);

        assertThat(execute("scenarios", file.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertOneSentence(file + ":" + parts[1]);
    }

    @Test
    void theSchemaIsPrinted() throws IOException {
        assertThat(json("schema").path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenarios", "fmt", "schema"})
    void theHelpHasAnExample(String command) {
        assertThat(execute(command, "--help")).isZero();

        assertThat(out.toString()).contains("Example").contains("  pgreel " + command);
    }

    private void assertOneSentence(String sentence) {
        assertThat(err.toString()).isEqualTo("pgreel: " + sentence + "\n");
        assertThat(out.toString()).isEmpty();
    }

    private JsonNode json(String... arguments) throws IOException {
        assertThat(execute(arguments)).as(err.toString()).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
