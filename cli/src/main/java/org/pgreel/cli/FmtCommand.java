package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.pgreel.recorder.tape.TapeSource;
import org.pgreel.scenarios.file.CanonicalText;
import org.pgreel.scenarios.file.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgreel fmt}: gives scripts their canonical spelling. */
@Command(
        name = "fmt",
        mixinStandardHelpOptions = true,
        description = {
            "Gives scripts their one canonical spelling: in scenario files (.yaml), and scripts and transcripts alone.",
            "Comments stay, and everything around a script stays as it is. Prints the files that changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pgreel fmt scenarios/", "  pgreel fmt --check junk-byte.pgreel.yaml"})
final class FmtCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Scenario files, scripts, transcripts; of a directory, all *.pgreel.yaml and *.pgreel in it.")
    private List<Path> paths = List.of();

    @Option(names = "--check", description = "Write nothing; exit with 1 if a file is not in its canonical spelling.")
    private boolean check;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var changed = new LinkedHashMap<Path, Boolean>();
        boolean broken = false;
        for (Path file : files()) {
            try {
                changed.put(file, format(file));
            } catch (ScenarioException e) {
                broken = true;
                spec.commandLine().getErr().println("pgreel: " + Failures.what(e));
            }
        }
        spec.commandLine().getErr().flush();
        print(changed);
        if (broken) {
            return ExitStatus.INPUT_OUTPUT;
        }
        return check && changed.containsValue(true) ? ExitStatus.CHECK_FAILED : ExitStatus.DONE;
    }

    private void print(Map<Path, Boolean> changed) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            var document = new ArrayList<Map<String, Object>>();
            changed.forEach((file, other) -> document.add(fields(file, other)));
            out.println(Json.line(document));
        } else {
            changed.forEach((file, other) -> {
                if (other) {
                    out.println(file);
                }
            });
        }
        out.flush();
    }

    private static Map<String, Object> fields(Path file, boolean changed) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("file", file.toString());
        fields.put("changed", changed);
        return fields;
    }

    /** Returns the files that are named, and of the directories those with the names of scenarios and scripts. */
    private List<Path> files() {
        var files = new ArrayList<Path>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> found = Files.walk(path)) {
                found.filter(file -> file.toString().matches(".*\\.pgreel(\\.ya?ml)?"))
                        .filter(Files::isRegularFile)
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw CommandFailedException.inputOutput(path + " cannot be read: " + Failures.what(e), e);
            }
        }
        return files;
    }

    private static boolean isYaml(Path file) {
        return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
    }

    /** A tape has one spelling, that of the program which writes it; its lines are not those of a script. */
    private static boolean isTape(Path file) {
        try {
            return TapeSource.isTape(file);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be read: " + Failures.what(e), e);
        }
    }

    /** Formats the file and tells whether it changed. */
    private boolean format(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be read: " + Failures.what(e), e);
        }
        if (isTape(file)) {
            return false;
        }
        String text = CanonicalText.decoded(bytes, file.toString());
        String canonical = isYaml(file)
                ? CanonicalText.ofScenario(text, file.toString())
                : CanonicalText.ofScript(text, file.toString());
        boolean other = !canonical.equals(text);
        if (other && !check) {
            write(file, canonical);
        }
        return other;
    }

    /** Puts the new content in the place of the old in one step, so that a crash leaves one of the two. */
    private static void write(Path file, String content) {
        try {
            Path target = file.toRealPath();
            Path written = Files.createTempFile(
                    target.getParent(), target.getFileName().toString(), ".tmp");
            try {
                Files.write(written, content.getBytes(StandardCharsets.UTF_8));
                if (Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
                    Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(target));
                }
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be written: " + Failures.what(e), e);
        }
    }
}
