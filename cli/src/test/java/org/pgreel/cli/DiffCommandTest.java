package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pgreel diff} prints and how it ends; and that its page is true. */
@Timeout(60)
class DiffCommandTest {

    private static final String RUN = """
                tape 1

                session 1
                F StartupMessage 3.0 user="ada"
                B AuthenticationOk
                B ReadyForQuery I
                F Parse "" "insert into orders values ($1, $2) returning id, at" [uuid text]
                F Bind "" "" values=["5b0e4c0e-5a3e-4f0c-9a59-00000000000%s" "%s"]
                F Execute ""
                F Sync
                B ParseComplete
                B BindComplete
                B DataRow "5b0e4c0e-5a3e-4f0c-9a59-00000000000%s" "%s"
                B CommandComplete "INSERT 0 1"
                B ReadyForQuery I
                F Terminate
                """;

    private static String ran(String key, String customer, String time) {
        return RUN.formatted(key, customer, key, time);
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String page = "";
    private String monday = "";
    private String tuesday = "";

    @BeforeEach
    void writeTheTapesOfThePage() throws IOException {
        page = Files.readString(Path.of("..", "docs", "diff.md"));
        int first = page.indexOf("```\ntape 1") + 4;
        int second = page.indexOf("```\ntape 1", first) + 4;
        monday = tape("monday", page.substring(first, page.indexOf("```", first)));
        tuesday = tape("tuesday", page.substring(second, page.indexOf("```", second)));
    }

    private String tape(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".pgreel"), text).toString();
    }

    @Test
    void thePageShowsWhatTheCommandPrints() {
        assertThat(execute("diff", monday, tuesday)).isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(page).contains(out.toString().replace(directory + "/", ""));
    }

    @Test
    void benignDifferencesDoNotFail() throws IOException {
        String other = tape("other", Files.readString(Path.of(monday)).replace("4711", "4712"));

        assertThat(execute("diff", monday, other)).isZero();
        assertThat(out.toString()).isEqualTo("same behaviour; benign: 1 pid\n");
        assertThat(execute("diff", monday + "#1", other + "#1", "--all")).isZero();
        assertThat(out.toString()).contains("pid: the process id differs", "- @3", "+ @3");
        assertThat(execute("diff", monday, monday)).isZero();
        assertThat(out.toString()).contains("same behaviour; nothing else differs");
    }

    @Test
    void machinesGetOneDocument() {
        assertThat(execute("diff", monday, tuesday, "--json")).isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(out.toString())
                .contains(
                        "\"same\":false",
                        "\"behaviour\":2",
                        "\"benign\":{\"pid\":1,\"oid\":1,\"source\":1}",
                        "\"kind\":\"round trip\"",
                        "\"left\":{\"message\":7,\"line\":\"B DataRow \\\"18.90\\\"\"}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatDiffersBetweenTwoRunsIsWrittenForReplay() throws IOException {
        String one = tape("one", ran("1", "ada", "10:00:01"));
        String other = tape("two", ran("2", "ada", "10:00:02"));
        Path file = directory.resolve("orders.volatile");

        assertThat(execute("diff", one, other, "--volatile-out", file.toString()))
                .isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(file).content().isEqualTo("""
                        statement "insert into orders values ($1, $2) returning id, at" $1=<uuid:v1> column 2=<time>
                        """);
    }

    @Test
    void whatTwoRunsHadAlikeByChanceIsLearntFromAThird() throws IOException {
        String one = tape("one", ran("1", "ada", "10:00:01"));
        String other = tape("two", ran("2", "ada", "10:00:01"));
        String third = tape("three", ran("3", "ada", "10:00:03"));
        Path file = directory.resolve("orders.volatile");

        execute("diff", one, other, "--volatile-out", file.toString());
        assertThat(file).content().doesNotContain("column 2");
        assertThat(execute("diff", one, other, third, "--volatile-out", file.toString()))
                .isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(file).content().isEqualTo("""
                        statement "insert into orders values ($1, $2) returning id, at" $1=<uuid:v1> column 2=<time>
                        """);
        assertThat(execute("diff", one, third, "--volatile", file.toString())).isZero();
        assertThat(execute("diff", one, other, third)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("more than two teach what differs, with --volatile-out FILE");
    }

    @Test
    void theFileSaysWhereTwoRunsDiffer() throws IOException {
        String one = tape("one", ran("1", "ada", "10:00:01"));
        String other = tape("two", ran("2", "ada", "10:00:02"));
        String file = directory.resolve("orders.volatile").toString();
        execute("diff", one, other, "--volatile-out", file);
        out.getBuffer().setLength(0);

        assertThat(execute("diff", one, other, "--volatile", file)).isZero();
        assertThat(out.toString()).isEqualTo("1 question is alike; 3 places differ as declared\n");
        assertThat(execute("diff", one, other, "--volatile", tape("none", ""))).isEqualTo(ExitStatus.CHECK_FAILED);
    }

    @Test
    void whatTheFileDoesNotDeclareIsNamed() throws IOException {
        String one = tape("one", ran("1", "ada", "10:00:01"));
        String other = tape("two", ran("2", "eve", "noon"));
        Path file = Files.writeString(
                directory.resolve("orders.volatile"),
                "statement \"insert into orders values ($1, $2) returning id, at\" $1=<uuid:v1> column 2=<time>\n");

        assertThat(execute("diff", one, other, "--volatile", file.toString())).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).isEqualTo("""
                #1@6 and #1@6: insert into orders values ($1, $2) returning id, at
                    parameter 2: "ada" became "eve"
                    row 1, column 2: "10:00:01" became "noon"
                1 question differs where nothing is declared; 2 places differ as declared
                """);
        assertThat(page).contains(out.toString());
        out.getBuffer().setLength(0);
        execute("diff", one, other, "--volatile", file.toString(), "--json");
        assertThat(out.toString())
                .contains("\"same\":false", "\"left\":\"#1@6\"", "\"what\":[\"parameter 2: ", "\"declared\":2");
        assertThat(execute("diff", one, other, "--volatile", tape("wrong", "statment \"x\"")))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).contains("line 1");
    }

    @Test
    void aRecordingThatIsNotThereIsNamed() {
        assertThat(execute("diff", monday, directory.resolve("none").toString()))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).contains("does not exist");
        assertThat(execute("diff", monday)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("diff", monday + "#2", monday)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("there is no session 2 in ");
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
