package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence on standard error and an exit status; never a stack trace for the user's own mistakes. */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private FailureReport() {}

    /** Makes the command line and all its sub-commands report through this class. */
    static void installInto(CommandLine commandLine) {
        var report = new FailureReport();
        commandLine.setExecutionExceptionHandler(report);
        commandLine.setParameterExceptionHandler(report);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult parsed) {
        if (failure instanceof CommandFailedException known) {
            say(commandLine, sentence(known));
            return known.exitStatus();
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            say(commandLine, sentence(failure));
            return ExitStatus.INPUT_OUTPUT;
        }
        say(commandLine, "an error in pgreel itself; please report it with the lines below");
        failure.printStackTrace(commandLine.getErr());
        return ExitStatus.INPUT_OUTPUT;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        var commandLine = failure.getCommandLine();
        PrintWriter err = screen(commandLine);
        say(commandLine, sentence(failure));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitStatus.WRONG_USAGE;
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    private static void say(CommandLine commandLine, String sentence) {
        PrintWriter err = screen(commandLine);
        err.println(new Paint(coloured(commandLine)).bad("pgreel:") + " " + sentence);
        err.flush();
    }

    /** A command line that cannot be parsed has none yet; two in a row do no harm. */
    private static PrintWriter screen(CommandLine commandLine) {
        return Screen.over(commandLine.getErr(), coloured(commandLine));
    }

    private static boolean coloured(CommandLine commandLine) {
        return commandLine.getColorScheme().ansi().enabled();
    }
}
