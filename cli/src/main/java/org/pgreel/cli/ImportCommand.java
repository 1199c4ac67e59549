package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.importing.ImportException;
import org.pgreel.recorder.importing.ImportFormat;
import org.pgreel.recorder.importing.ImportReport;
import org.pgreel.recorder.importing.SessionImporter;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code pgreel import}: makes recordings of what other programs wrote. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a recording of a tape, a script, JSON lines, a trace of libpq or a capture of the network, and says what "
                    + "the source did not hold.",
            "Secrets of logins in a capture are overwritten before they are stored."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel import --format pcapng lo.pcap -o orders.tape",
            "  pgreel import --format jsonl orders.jsonl --journal orders"
        })
final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "What is imported.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "tape, script, jsonl, pqtrace or pcapng (pcap too).")
    private ImportFormat format = ImportFormat.TAPE;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "Where to; made if it is missing, appended to if it is a journal.")
    private @Nullable Path journal;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The tape to write instead; text if it ends in .pgreel.")
    private @Nullable Path tape;

    @Option(
            names = "--encrypt",
            description = "Encrypt the tape with the key of --key-file or --key-env (docs/tapes.md).")
    private boolean encrypt;

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path into = journal;
        Path onto = tape;
        if ((into == null) == (onto == null)) {
            throw CommandFailedException.usage("say where to: --journal DIR or -o FILE");
        }
        try {
            if (into != null) {
                tell(into, imported(into));
            } else if (onto != null) {
                // A journal of its own, so that nothing has to be held in memory.
                try (var temporary = new TemporaryDirectory()) {
                    ImportReport report = imported(temporary.path());
                    TapeForm form = onto.toString().endsWith(".pgreel") ? TapeForm.TEXT : TapeForm.BINARY;
                    TapePack pack = new TapePack(form).withDamaged();
                    if (encrypt) {
                        pack.encryptedWith(key.key());
                    }
                    pack.write(Recordings.open(temporary.path()).sessions(), onto);
                    tell(onto, report);
                }
            }
        } catch (ImportException e) {
            throw CommandFailedException.inputOutput(file + " cannot be imported: " + Failures.what(e), e);
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be read: " + Failures.what(e), e);
        }
        return ExitStatus.DONE;
    }

    private ImportReport imported(Path directory) throws IOException {
        try (ChronicleJournal to = ChronicleJournal.open(directory)) {
            return SessionImporter.run(format, file, key.keys(), to);
        }
    }

    private void tell(Path target, ImportReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("target", target.toString());
            document.put("sessions", report.sessions());
            document.put("lost", report.lost());
            out.println(Json.line(document));
        } else {
            out.println(target + " got " + (report.sessions() == 1 ? "1 session" : report.sessions() + " sessions"));
            report.lost().forEach(out::println);
        }
        out.flush();
    }

    /** Reads the format's word. */
    static final class FormatConverter implements ITypeConverter<ImportFormat> {

        @Override
        public ImportFormat convert(String word) {
            var words = new ArrayList<String>();
            for (ImportFormat format : ImportFormat.values()) {
                if (format.word().equals(word)) {
                    return format;
                }
                words.add(format.word());
            }
            throw new TypeConversionException("'" + word + "' is not one of " + String.join(", ", words));
        }
    }
}
