package org.pgreel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.RunLast;

/** The command {@code pgreel}. Its sub-commands do the work; on its own it prints how it is used. */
@Command(
        name = "pgreel",
        version = "pgreel 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CheckCommand.class,
            CoverageCommand.class,
            DemoCommand.class,
            DiffCommand.class,
            ExploreCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            RerunCommand.class,
            ServeCommand.class,
            ScenariosCommand.class,
            PackCommand.class,
            UnpackCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            RedactCommand.class,
            ScanCommand.class,
            FmtCommand.class,
            SchemaCommand.class,
            SessionsCommand.class,
            ShowCommand.class,
            StateCommand.class,
            ReportCommand.class,
            SweepCommand.class,
            VerifyCommand.class
        },
        description = "Records PostgreSQL sessions, replays them to any client, and breaks the wire at an exact place.",
        footerHeading = "%nExample:%n",
        footer = {
            "  pgreel record --upstream 127.0.0.1:5432 --journal orders -- psql -c 'select 1'",
            "  pgreel replay --journal orders -- psql -c 'select 1'",
            "",
            "Exit status: 0 done, 1 a check failed, 2 wrong usage, 3 input/output."
        })
public final class Pgreel implements Runnable {

    private Pgreel() {}

    /**
     * Runs the command and ends the JVM with its exit status: 0 done, 1 a check failed, 2 wrong usage, 3 input/output.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return configured(new CommandLine(new Pgreel()));
    }

    /** Gives the command line and the sub-commands that it has now the conventions of all commands. */
    static CommandLine configured(CommandLine commandLine) {
        FailureReport.installInto(commandLine);
        commandLine.setExecutionStrategy(parsed -> {
            Screen.installInto(parsed);
            return new RunLast().execute(parsed);
        });
        // Everything behind "--" is a program of the user's; see ProgramOptions.
        // Without clusters, or "--jsno" would be the option "--" with the value "jsno".
        return commandLine.setEndOfOptionsDelimiter("\0").setPosixClusteredShortOptionsAllowed(false);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
