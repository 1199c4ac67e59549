package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.pgreel.scenarios.file.ScenarioReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgreel schema}: prints the JSON Schema of scenario files. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the JSON Schema of scenario files (draft 2020-12), by which editors complete and check them.",
            "An editor with the YAML language server takes it from the file's first line:",
            "  # yaml-language-server: $schema=scenario.schema.json"
        },
        footerHeading = "%nExample:%n",
        footer = "  pgreel schema > scenario.schema.json")
final class SchemaCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("UnusedVariable") // The schema is JSON with and without --json.
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(ScenarioReader.schema());
        out.flush();
        return ExitStatus.DONE;
    }
}
