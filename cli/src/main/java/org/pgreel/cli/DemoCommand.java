package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.cli.demo.Demo;
import org.pgreel.cli.demo.DemoFailedException;
import org.pgreel.cli.demo.DemoResult;
import org.pgreel.postgres.PostgresSource;
import org.pgreel.postgres.PostgresUnavailableException;
import org.pgreel.recorder.journal.JournalException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgreel demo}: the main job on a real PostgreSQL, in half a minute. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Records two sessions of a real PostgreSQL, stops it, replays both to fresh clients, and breaks the wire.",
            "The server is an embedded one that lives in a temporary directory, unless another is named."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pgreel demo", "  pgreel demo --postgres /usr/lib/postgresql/15/bin --keep /tmp/demo"})
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--postgres",
            paramLabel = "VERSION|PATH|URL",
            description = "A major version of the embedded binaries, an installed server, or the URL of a running one. "
                    + "Default: what PGREEL_POSTGRES names, else the newest embedded one.")
    @Nullable
    private String postgres;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Where to put the journal and what the clients saw. Default: a new temporary directory.")
    @Nullable
    private Path keep;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        DemoResult result = result();
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(Json.line(document(result)));
        } else {
            print(result, out);
        }
        out.flush();
        return result.passed() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private DemoResult result() throws InterruptedException {
        try {
            PostgresSource source = postgres == null ? PostgresSource.preferred() : PostgresSource.parse(postgres);
            return Demo.run(source, directory(), this::progress);
        } catch (PostgresUnavailableException | JournalException | DemoFailedException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    private void progress(String sentence) {
        if (!output.json && !output.quiet) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("- " + sentence);
            out.flush();
        }
    }

    private Path directory() {
        try {
            if (keep == null) {
                return Files.createTempDirectory("pgreel-demo-");
            }
            if (Files.exists(keep.resolve("journal"))) {
                throw CommandFailedException.usage(
                        keep + " holds a demo already; name another directory, or remove that one");
            }
            return Files.createDirectories(keep);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the directory " + (keep == null ? "for the demo" : keep.toString()) + " cannot be made ("
                            + Failures.what(e) + ")",
                    e);
        }
    }

    private void print(DemoResult result, PrintWriter out) {
        Paint paint = output.paint();
        out.println();
        var replays = new TextTable("client", ">lines from the database", "the same from the replay");
        for (var replayed : result.replays()) {
            replays.row(
                    replayed.client(),
                    replayed.lines(),
                    paint.verdict(replayed.equal(), replayed.equal() ? "yes, to the letter" : "NO"));
        }
        replays.print(out);
        out.println();
        var failures = new TextTable("what was done to our client", "what it reported");
        for (var failure : result.failures()) {
            String remark = failure.asExpected() ? "" : paint.bad(" (EXPECTED " + failure.expected() + ")");
            failures.row(failure.name(), failure.reported() + ": " + failure.sentence() + remark);
        }
        failures.print(out);
        out.println();
        out.println("The journal: " + result.journal());
        out.println("What the clients saw: " + result.directory());
        out.println("Look into it: ./pgreel sessions " + result.journal());
        out.println("              ./pgreel show " + result.journal() + "#1");
        out.println("Replay it:    ./pgreel replay " + result.journal() + " --listen 127.0.0.1:5433");
    }

    private static Object document(DemoResult result) {
        var document = new LinkedHashMap<String, Object>();
        document.put("passed", result.passed());
        document.put("postgres", result.postgres());
        document.put("replays", result.replays());
        document.put("failures", result.failures());
        document.put("journal", result.journal().toString());
        document.put("directory", result.directory().toString());
        return document;
    }
}
