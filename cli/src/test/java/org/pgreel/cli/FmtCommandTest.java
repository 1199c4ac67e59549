package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
    private static final String HEAD = """
            # yaml-language-server: $schema=https://pgreel.org/schema/scenario.json
            name:    spaced   # not ours to touch
            shows: Everything around the script stays.
            origin: [ "here" ]
            phase: query
            outcome: [ answered ]
            script: |   # neither this
            """;
    private static final String TAIL = """

            # nor what stands behind
            answers:   ["1"]
            """;
    private static final String SCRIPT = """
              use    login     # a comment

                statement  "select 1"   {
            # one at the margin would end the block, so this one is indented
                B RowDescription n:int4
              B DataRow x"31"       !length=3
                  # alone
                  B CommandComplete tag="SELECT 1"
              }   # behind the brace
                F end
            """.indent(2).replace("# one at the margin", "  # one at the margin");
    private static final String CANONICAL = """
              use login # a comment

              statement "select 1" {
                # one at the margin would end the block, so this one is indented
                B RowDescription n:int4
                B DataRow "1" !length=3
                # alone
                B CommandComplete "SELECT 1"
              }
              # behind the brace
              F end
            """.indent(2).replaceAll("(?m)^ +$", "");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void theScriptIsSpelledAnewAndEverythingElseStays() throws IOException {
        Path file = file("x.pgreel.yaml", HEAD + SCRIPT + TAIL);

        assertThat(execute("fmt", file.toString())).as(err.toString()).isZero();

        assertThat(Files.readString(file)).isEqualTo(HEAD + CANONICAL + TAIL);
        assertThat(out.toString()).isEqualTo(file + "\n");
    }

    @Test
    void whatIsCanonicalIsNotTouched() throws IOException {
        Path file = file("x.pgreel.yaml", HEAD + CANONICAL + TAIL);
        var before = Files.getLastModifiedTime(file);

        assertThat(execute("fmt", file.toString())).isZero();

        assertThat(out.toString()).isEmpty();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    }

    @Test
    void checkWritesNothingAndFails() throws IOException {
        String content = HEAD + SCRIPT;
        Path file = file("x.pgreel.yaml", content);

        assertThat(execute("fmt", "--check", file.toString())).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(execute("fmt", "--check", "--json", file.toString())).isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(Files.readString(file)).isEqualTo(content);
        assertThat(out.toString()).isEqualTo(file + "\n[{\"file\":\"" + file + "\",\"changed\":true}]\n");
    }

    @Test
    void aScriptAloneIsSpelledAnewToo() throws IOException {
        Path file = file("x.pgreel", "F  SSLRequest\nB SSLResponse   X # why\n\n\n");

        assertThat(execute("fmt", file.toString())).as(err.toString()).isZero();

        assertThat(Files.readString(file)).isEqualTo("F SSLRequest\nB SSLResponse X # why\n");
    }

    @Test
    void aTranscriptKeepsItsStampsAndSecrets() throws IOException {
        String transcript = "1+0.034 F PasswordMessage <secret:9>\n2 B AuthenticationOk\n# session 2\n3 F Terminate\n";
        Path file = file("x.pgreel", transcript.replace("F Terminate", "F   Terminate"));

        assertThat(execute("fmt", file.toString())).as(err.toString()).isZero();

        assertThat(Files.readString(file)).isEqualTo(transcript);
    }

    @Test
    void linesEndAsTheyDidAndPermissionsStay() throws IOException {
        Path file = file("x.pgreel", "F  SSLRequest\r\nF end\r\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(execute("fmt", file.toString())).isZero();

        assertThat(Files.readString(file)).isEqualTo("F SSLRequest\r\nF end\r\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = file("x.pgreel", "F  SSLRequest\n");
        Path link = Files.createSymbolicLink(directory.resolve("link.pgreel"), file);

        assertThat(execute("fmt", link.toString())).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).isEqualTo("F SSLRequest\n");
    }

    @Test
    void ofADirectoryAllFilesAreDoneAndABrokenOneIsNamedAndLeftAlone() throws IOException {
        Path good = file("a.pgreel", "F  SSLRequest\n");
        Path broken = file("b.pgreel.yaml", HEAD + "  F SSLRequst\n");
        Path other = file("c.yaml", "a:   b\n");

        assertThat(execute("fmt", directory.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertThat(err.toString())
                .isEqualTo(
                        "pgreel: " + broken + ":8:5: \"SSLRequst\" is no frontend message; did you mean SSLRequest?\n");
        assertThat(out.toString()).isEqualTo(good + "\n");
        assertThat(Files.readString(broken)).isEqualTo(HEAD + "  F SSLRequst\n");
        assertThat(Files.readString(other)).isEqualTo("a:   b\n");
        try (var files = Files.list(directory)) {
            assertThat(files).as("nothing is left behind").hasSize(3);
        }
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path missing = directory.resolve("missing.pgreel.yaml");
        assertThat(execute("fmt", missing.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).isEqualTo("pgreel: " + missing + " cannot be read: it does not exist\n");

        assertThat(execute("fmt")).isEqualTo(ExitStatus.WRONG_USAGE);

        Path binary = directory.resolve("x.pgreel");
        Files.write(binary, "F Query \"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(execute("fmt", binary.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).contains(binary + ":1:10: the file is not UTF-8 from here on");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
