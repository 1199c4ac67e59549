package org.pgreel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code pgreel}. Its sub-commands do the work; on its own it prints how it is used. */
@Command(
        name = "pgreel",
        version = "pgreel 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Records PostgreSQL sessions and replays them to any client.")
public final class Pgreel implements Runnable {

    private static final int INPUT_OUTPUT = 3;

    /**
     * Runs the command and ends the JVM with its exit status: 0 done, 1 a check failed, 2 wrong usage, 3 input/output.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Pgreel()).setExitCodeExceptionMapper(exception -> INPUT_OUTPUT);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
