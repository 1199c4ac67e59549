package org.pgreel.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.export.ExportFormat;
import org.pgreel.recorder.export.SessionExporter;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.redaction.RedactionException;
import org.pgreel.recorder.verify.SessionState;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code pgreel export}: writes recorded sessions in the formats of others. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes recorded sessions in another format: transcript, script (what 'pgreel serve' plays), jsonl, pqtrace "
                    + "(libpq's, one session) or pcapng (for Wireshark).",
            "Secrets of the login and passwords in SQL are overwritten; all else is as confidential as the database."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel export orders#2 --format script -o second.pgreel",
            "  pgreel export orders --format jsonl",
            "  pgreel export orders --format pcapng -o orders.pcapng"
        })
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private RecordingsOptions recordings = new RecordingsOptions();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "transcript, script, jsonl, pqtrace or pcapng.")
    private ExportFormat format = ExportFormat.TRANSCRIPT;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; replaced if it is there. Default: standard output.")
    private @Nullable Path file;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (output.json && file == null) {
            throw CommandFailedException.usage("--json reports what was written, so the export itself needs -o FILE");
        }
        List<RecordedSession> sessions = recordings.sessions();
        var exporter = new SessionExporter(format);
        try {
            if (file == null) {
                exporter.write(sessions, new BufferedOutputStream(System.out, OwnerOnlyFiles.BUFFER_BYTES));
            } else {
                try (OutputStream out =
                        new BufferedOutputStream(OwnerOnlyFiles.create(file), OwnerOnlyFiles.BUFFER_BYTES)) {
                    exporter.write(sessions, out);
                }
            }
        } catch (SessionNotPackedException | RedactionException e) {
            throw CommandFailedException.check(Failures.what(e));
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the export cannot be written: " + Failures.what(e), e);
        }
        return tell(sessions, exporter.left());
    }

    private int tell(List<RecordedSession> sessions, List<String> left) {
        var remarks = new ArrayList<>(left);
        for (RecordedSession session : sessions) {
            if (session.state() == SessionState.DAMAGED || session.state() == SessionState.PARTIAL) {
                remarks.add("Session " + session.number() + " is damaged and was exported as far as it is good.");
            }
        }
        if (output.json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("file", String.valueOf(file));
            document.put("format", format.word());
            document.put("sessions", sessions.size());
            document.put("left", remarks);
            spec.commandLine().getOut().println(Json.line(document));
        } else {
            PrintWriter err = spec.commandLine().getErr();
            remarks.forEach(remark -> err.println("pgreel: " + remark));
            err.flush();
        }
        boolean damaged = remarks.size() > left.size();
        return damaged ? ExitStatus.CHECK_FAILED : ExitStatus.DONE;
    }

    /** Reads the format's word. */
    static final class FormatConverter implements ITypeConverter<ExportFormat> {

        @Override
        public ExportFormat convert(String word) {
            var words = new ArrayList<String>();
            for (ExportFormat format : ExportFormat.values()) {
                if (format.word().equals(word)) {
                    return format;
                }
                words.add(format.word());
            }
            throw new TypeConversionException("'" + word + "' is not one of " + String.join(", ", words));
        }
    }
}
