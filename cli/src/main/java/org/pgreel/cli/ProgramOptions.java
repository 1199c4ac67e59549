package org.pgreel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The program behind {@code --}, which a server command runs against itself and whose exit status it judges. */
final class ProgramOptions {

    /** What the help of a command says of it; picocli has no spelling for an option named {@code --}. */
    static final String HELP =
            "With '-- COMMAND …' at the end, COMMAND is run against this server, which ends with it. "
                    + "{host} {port} {user} {password} {dbname} {sslmode} {url} {jdbc-url} in its words are filled in, and "
                    + "PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, PGSSLMODE are set.";

    @Option(names = "--", hidden = true, arity = "0..1", parameterConsumer = Rest.class)
    @Nullable
    List<String> command;

    /** Returns the words of the program, or null if the server runs until it is stopped. */
    @Nullable
    List<String> command() {
        if (command != null && command.isEmpty()) {
            throw CommandFailedException.usage("there is no command behind '--'; name the program to run");
        }
        return command;
    }

    /** Takes every word behind {@code --}, also those that look like options of pgreel. */
    static final class Rest implements IParameterConsumer {

        @Override
        public void consumeParameters(Stack<String> words, ArgSpec argument, CommandSpec command) {
            var rest = new ArrayList<String>();
            while (!words.isEmpty()) {
                rest.add(words.pop());
            }
            argument.setValue(rest);
        }
    }
}
