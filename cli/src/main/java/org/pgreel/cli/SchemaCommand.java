package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.pgreel.scenarios.file.RedactionFile;
import org.pgreel.scenarios.file.ScenarioReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgreel schema}: prints the JSON Schema of scenario files, or of redaction rules. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the JSON Schema of scenario files (draft 2020-12), by which editors complete and check them.",
            "An editor with the YAML language server takes it from the file's first line:",
            "  # yaml-language-server: $schema=scenario.schema.json"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pgreel schema > scenario.schema.json", "  pgreel schema redaction > redaction.schema.json"})
final class SchemaCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "WHAT",
            description = "scenario, or redaction for files of redaction rules. Default: scenario.")
    private String what = "scenario";

    @Mixin
    @SuppressWarnings("UnusedVariable") // The schema is JSON with and without --json.
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (!what.equals("scenario") && !what.equals("redaction")) {
            throw CommandFailedException.usage("'" + what + "' is not one of scenario, redaction");
        }
        out.print(what.equals("scenario") ? ScenarioReader.schema() : RedactionFile.schema());
        out.flush();
        return ExitStatus.DONE;
    }
}
