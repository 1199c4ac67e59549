package org.pgreel.cli;

import picocli.CommandLine.Option;

/** How a command speaks: for people or for machines. */
final class OutputOptions {

    @Option(
            names = "--json",
            description = "Print for machines: one JSON document; a server prints one JSON line an event.")
    boolean json;

    @Option(names = "--quiet", description = "Print results only, no progress.")
    boolean quiet;
}
