package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CommandLineTest {

    private final StringWriter err = new StringWriter();

    @Test
    void everythingBehindTheTwoDashesIsTheProgram() {
        var probe = new Probe();

        int status = execute(probe, "probe", "rec#3@7", "--json", "--", "psql", "--help", "-c", "select 1", "--", "x");

        assertThat(status).isZero();
        assertThat(probe.program.command()).containsExactly("psql", "--help", "-c", "select 1", "--", "x");
        assertThat(probe.output.json).isTrue();
        assertThat(probe.recording).isNotNull();
        assertThat(probe.recording.session()).isEqualTo(3);
        assertThat(probe.recording.message()).isEqualTo(7);
    }

    @Test
    void twoDashesWithoutAProgramAreWrongUsage() {
        assertThat(execute(new Probe(), "probe", "--")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).isEqualTo("pgreel: there is no command behind '--'; name the program to run\n");
    }

    @Test
    void anUnknownOptionIsWrongUsageAndSaysWhereHelpIs() {
        assertThat(execute(new Probe(), "probe", "--jsno")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("--jsno").contains("Try 'pgreel probe --help'.");
    }

    @Test
    void anAddressWithoutAPortIsWrongUsage() {
        assertThat(execute(new Probe(), "probe", "--address", "localhost")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("'localhost' is not HOST:PORT, such as 127.0.0.1:5432");
        assertThat(execute(new Probe(), "probe", "--address", "localhost:70000"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("the port of 'localhost:70000' is not a number from 0 to 65535");
    }

    @Test
    void anAddressMayBeAnIpv6OneInBrackets() {
        var address = new HostAndPort.Converter().convert("[::1]:5432");

        assertThat(address).isEqualTo(new HostAndPort("::1", 5432)).hasToString("[::1]:5432");
    }

    @Test
    void placeholdersAreFilledAndAnUnknownOneIsWrongUsage() {
        var run = new ProgramRun(
                new HostAndPort("127.0.0.1", 4711), new ProgramRun.Login("app", "secret", "orders", "disable"));

        assertThat(run.filled(List.of("psql", "host={host} port={port} user={user} dbname={dbname}", "{sslmode}")))
                .containsExactly("psql", "host=127.0.0.1 port=4711 user=app dbname=orders", "disable");
        var probe = new Probe();
        probe.action = () -> {
            run.filled(List.of("{prot}"));
            return 0;
        };
        assertThat(execute(probe, "probe")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("the placeholder {prot} does not exist; there are {host} {port}");
    }

    @Test
    void anUnforeseenFailureIsReportedAsOursWithItsTrace() {
        var probe = new Probe();
        probe.action = () -> {
            throw new IllegalStateException("boom");
        };

        assertThat(execute(probe, "probe")).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString())
                .startsWith("pgreel: an error in pgreel itself")
                .contains("boom");
    }

    private int execute(Probe probe, String... arguments) {
        var commandLine = Pgreel.commandLine();
        commandLine.addSubcommand("probe", probe);
        Pgreel.configured(commandLine).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @Command(name = "probe")
    private static final class Probe implements Callable<Integer> {

        @Mixin
        OutputOptions output = new OutputOptions();

        @Mixin
        ProgramOptions program = new ProgramOptions();

        @Parameters(arity = "0..1", converter = RecordingName.Converter.class)
        @Nullable
        RecordingName recording;

        @Option(names = "--address", converter = HostAndPort.Converter.class)
        @Nullable
        HostAndPort address;

        Callable<Integer> action = () -> {
            program.command();
            return 0;
        };

        @Override
        public Integer call() throws Exception {
            return action.call();
        }
    }
}
