package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;

/** Whatever is wrong with what a command is given, it says so in one sentence and changes nothing. */
@Timeout(60)
class BadInputTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "show", "verify", "replay"})
    void aDirectoryThatIsMissingIsNamed(String command) {
        Path missing = directory.resolve("missing");

        assertThat(execute(command, missing.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertOneSentence("There is no journal at " + missing);
        assertThat(missing).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "show", "verify", "replay"})
    void aDirectoryOfSomethingElseIsNamedAndLeftAlone(String command) throws IOException {
        Files.writeString(directory.resolve("diary.txt"), "dear diary");

        assertThat(execute(command, directory.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertOneSentence(directory + " is not a journal");
        assertThat(files()).containsExactly("diary.txt");
    }

    @Test
    void recordingIntoADirectoryOfSomethingElseIsRefused() throws IOException {
        Files.writeString(directory.resolve("diary.txt"), "dear diary");

        int status = execute("record", "--upstream", "127.0.0.1:1", "--journal", directory.toString(), "--", "true");

        assertThat(status).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertOneSentence(directory.toString());
        assertThat(files()).containsExactly("diary.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "show", "verify", "replay"})
    void aFileThatIsNoDirectoryIsNamed(String command) throws IOException {
        Path file = Files.writeString(directory.resolve("notes"), "x");

        assertThat(execute(command, file.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertOneSentence(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "show", "verify"})
    void aQueueFileWithoutContentIsReportedAndDoesNotHang(String command) throws IOException {
        Path journal = journal();
        try (var paths = Files.walk(journal)) {
            for (Path path :
                    paths.filter(path -> path.toString().endsWith(".cq4")).toList()) {
                Files.write(path, new byte[0]);
            }
        }

        assertThat(execute(command, journal.toString())).isNotZero();
        assertThat(out.toString() + err).contains("journal");
    }

    @Test
    void aSessionThatIsNotThereIsWrongUsage() {
        assertThat(execute("show", journal() + "#7")).isEqualTo(ExitStatus.WRONG_USAGE);

        assertOneSentence("there is no session 7 in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "show", "verify", "replay"})
    void noRecordingAtAllIsWrongUsage(String command) {
        assertThat(execute(command)).isEqualTo(ExitStatus.WRONG_USAGE);

        assertOneSentence("no recording was named");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        Path journal = directory.resolve("journal");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            int status = execute(
                    "record", "--listen", address, "--upstream", "127.0.0.1:1", "--journal", journal.toString());

            assertThat(status).isEqualTo(ExitStatus.INPUT_OUTPUT);
            assertOneSentence(address);
        }
    }

    @Test
    void aHostThatDoesNotResolveIsNamedBeforeAnythingIsWritten() {
        Path journal = directory.resolve("journal");

        int status = execute("record", "--upstream", "no.such.host.invalid:5432", "--journal", journal.toString());

        assertThat(status).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertOneSentence("the host 'no.such.host.invalid' is not known");
        assertThat(journal).doesNotExist();
    }

    @Test
    void authenticationWithoutAPasswordIsWrongUsage() {
        assertThat(execute("replay", journal().toString(), "--auth", "md5", "--password-file", empty()))
                .isEqualTo(ExitStatus.WRONG_USAGE);

        assertOneSentence("--auth md5 needs a password");
    }

    @Test
    void aCertificateWithoutItsKeyIsWrongUsage() {
        assertThat(execute("replay", journal().toString(), "--tls-cert", "server.crt", "--", "true"))
                .isEqualTo(ExitStatus.WRONG_USAGE);

        assertOneSentence("--tls-cert and --tls-key belong together");
    }

    @Test
    void aServerOfTheDemoThatIsNoServerIsNamed() {
        assertThat(execute("demo", "--postgres", "nonsense", "--keep", directory.toString()))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertOneSentence("'nonsense' is neither a major version");
    }

    private String empty() {
        try {
            return Files.createTempFile(directory, "password", null).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path journal() {
        Path journal = directory.resolve("journal");
        try (var opened = ChronicleJournal.open(journal)) {
            var tap = new Recorder(opened)
                    .sessionOpened(
                            new SessionOpening(SessionOpening.Role.PROXY, "127.0.0.1:1", "127.0.0.1:2", Map.of()));
            tap.connectionOpened(1);
            tap.connectionClosed(1, EndKind.FIN, By.CLIENT);
            tap.closed(By.CLIENT, EndKind.FIN);
        }
        return journal;
    }

    private List<String> files() throws IOException {
        try (var paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }

    private void assertOneSentence(String part) {
        assertThat(err.toString()).startsWith("pgreel: ").contains(part).doesNotContain("\tat ");
        assertThat(err.toString().lines().count()).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
