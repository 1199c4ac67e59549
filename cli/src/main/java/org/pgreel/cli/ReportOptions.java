package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgreel.scenarios.report.Report;
import org.pgreel.scenarios.report.ReportFormat;
import picocli.CommandLine.Option;

/** The files into which a command writes what came of its runs; each in the format that its name ends with. */
final class ReportOptions {

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a report: .json, .jsonl, .xml (JUnit), .html or .md by the end of the name. May be "
                    + "given several times.")
    List<Path> files = new ArrayList<>();

    /**
     * Says what is wrong before anything runs.
     *
     * @param more further ends that the command itself can write
     * @throws CommandFailedException wrong usage: a file whose name asks for no format
     */
    void check(String... more) {
        var known = new ArrayList<>(List.of(".json", ".jsonl", ".xml", ".html", ".md"));
        known.addAll(List.of(more));
        for (Path file : files) {
            if (known.stream().noneMatch(suffix -> file.toString().endsWith(suffix))) {
                throw CommandFailedException.usage("the report " + file + " ends with none of "
                        + String.join(" ", known) + "; the end of the name picks the format");
            }
        }
    }

    /** Returns the files with that end. */
    List<Path> ending(String suffix) {
        return files.stream().filter(file -> file.toString().endsWith(suffix)).toList();
    }

    /** Writes the files that are pages. */
    void write(Report report) {
        for (Path file : files) {
            format(file).ifPresent(format -> write(file, format.write(report)));
        }
    }

    private static Optional<ReportFormat> format(Path file) {
        for (ReportFormat format : ReportFormat.values()) {
            if (file.toString().endsWith(format.suffix())) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * Writes one file.
     *
     * @throws CommandFailedException if it cannot be written
     */
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the report " + file + " cannot be written (" + Failures.what(e)
                            + "); name a file in a directory that exists and is writable",
                    e);
        }
    }
}
