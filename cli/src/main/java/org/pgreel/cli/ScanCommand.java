package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.scan.SecretFound;
import org.pgreel.recorder.scan.SecretPattern;
import org.pgreel.recorder.scan.SecretScan;
import org.pgreel.recorder.tape.TapeSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code pgreel scan}: looks for secrets in recordings and exports. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = {
            "Looks for what seems to be a secret in recordings, or in any file, and tells where; never what. Exits with 1 on a "
                    + "find.",
            "It looks for: password, verifier, keyword, pem, jwt, aws, service, uri, email, card (docs/scan.md)."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pgreel scan orders", "  pgreel scan orders.jsonl --ignore email"})
final class ScanCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "RECORDING",
            converter = RecordingName.Converter.class,
            description = "A journal's directory, a tape or any file, or several; RECORDING#S is its session S.")
    private List<RecordingName> names = List.of();

    @Option(
            names = "--ignore",
            split = ",",
            paramLabel = "WORD",
            converter = PatternConverter.class,
            description = "What not to look for; may be given more than once.")
    private List<SecretPattern> ignored = List.of();

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    private final List<Map<String, Object>> finds = new ArrayList<>();

    @Override
    public Integer call() {
        for (RecordingName name : names) {
            try {
                scan(name);
            } catch (JournalException e) {
                throw CommandFailedException.inputOutput(Failures.what(e), e);
            } catch (IOException e) {
                throw CommandFailedException.inputOutput(name.path() + " cannot be read: " + Failures.what(e), e);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(Json.line(Map.of("finds", finds)));
        } else if (finds.isEmpty()) {
            out.println("nothing that looks like a secret was found");
        }
        out.flush();
        return finds.isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private void scan(RecordingName name) throws IOException {
        Path path = name.path();
        var scan = new SecretScan(find -> found(path, find));
        if (Files.isRegularFile(path) && !TapeSource.isTape(path)) {
            scan.file(path);
            return;
        }
        for (RecordedSession session : RecordingsOptions.sessions(List.of(name), key)) {
            scan.session(session);
        }
    }

    private void found(Path path, SecretFound find) {
        Set<SecretPattern> without = ignored.isEmpty() ? EnumSet.noneOf(SecretPattern.class) : EnumSet.copyOf(ignored);
        if (without.contains(find.pattern())) {
            return;
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("file", path.toString());
        document.put("place", find.place());
        document.put("in", find.what());
        document.put("pattern", find.pattern().word());
        finds.add(document);
        if (!output.json) {
            String separator = find.place().startsWith("#") ? "" : ", ";
            spec.commandLine()
                    .getOut()
                    .println(path + separator + find.place() + ": "
                            + find.pattern().word() + (find.what().equals("line") ? "" : " in " + find.what()));
        }
    }

    /** Reads a pattern's word. */
    static final class PatternConverter implements ITypeConverter<SecretPattern> {

        @Override
        public SecretPattern convert(String word) {
            return Stream.of(SecretPattern.values())
                    .filter(pattern -> pattern.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of "
                            + Stream.of(SecretPattern.values())
                                    .map(SecretPattern::word)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
