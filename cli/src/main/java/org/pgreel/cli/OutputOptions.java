package org.pgreel.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command speaks: for people or for machines. */
final class OutputOptions {

    @Option(
            names = "--json",
            description = "Print for machines: one JSON document; a server prints one JSON line an event.")
    boolean json;

    @Option(names = "--quiet", description = "Print results only, no progress.")
    boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** What is wrong with the command line, and its help, are coloured by it too. */
    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            converter = ColorConverter.class,
            description = "Whether to colour. Default: auto, on a terminal, unless NO_COLOR is set.")
    void color(Ansi wanted) {
        if (command != null) {
            command.commandLine().setColorScheme(Help.defaultColorScheme(wanted));
        }
    }

    /** Returns the colours of what is printed for people. */
    Paint paint() {
        return command == null || json
                ? Paint.NONE
                : new Paint(command.commandLine().getColorScheme().ansi().enabled());
    }
}
