package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.verify.SessionVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code pgreel record}: stands between any client and its server and journals all that they say to each other. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Stands between any client and its server and journals all that they say to each other.",
            "A byte is in the journal before it is passed on. Passwords, proofs and keys are overwritten before they "
                    + "reach it; the rest is as confidential as the database."
        },
        footer = {
            "",
            ProgramOptions.HELP,
            "",
            "Examples:",
            "  pgreel record --listen 127.0.0.1:6432 --upstream 127.0.0.1:5432 --journal orders",
            "  pgreel record --upstream 127.0.0.1:5432 --journal orders -- psql -c 'select 1'"
        })
final class RecordCommand implements Callable<Integer> {

    @Option(
            names = "--upstream",
            required = true,
            paramLabel = "HOST:PORT",
            converter = HostAndPort.Converter.class,
            description = "The server to connect to for each client.")
    private HostAndPort upstream = new HostAndPort("127.0.0.1", 5432);

    @Option(
            names = "--journal",
            required = true,
            paramLabel = "DIR",
            description = "Where to record; made if it is missing, appended to if it is a journal.")
    private Path journal = Path.of("journal");

    @Option(
            names = "--upstream-sslmode",
            paramLabel = "MODE",
            converter = SslModeConverter.class,
            description = "Whether the leg to the server is encrypted: disable, prefer or require. Default: prefer.")
    private SslMode upstreamSslMode = SslMode.PREFER;

    @Option(
            names = "--on-journal-failure",
            paramLabel = "POLICY",
            converter = PolicyConverter.class,
            description = "What becomes of a session that cannot be recorded any more: fail-session or "
                    + "stop-recording. Default: fail-session.")
    private OnJournalFailure policy = OnJournalFailure.FAIL_SESSION;

    @Mixin
    private ListenOptions listening = new ListenOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ProgramOptions program = new ProgramOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        List<String> words = program.command();
        upstream.resolve();
        var run = new ServerRun(spec.commandLine().getOut(), output, listening);
        ChronicleJournal opened = open();
        RecordingProxy proxy = start(opened);
        var address = new HostAndPort(
                proxy.address().getAddress().getHostAddress(), proxy.address().getPort());
        var login = new ProgramRun.Login("", "", "", "disable");
        String remark = "to " + upstream + ", journal " + journal;
        return run.until(
                new ServerRun.Served(address, remark, login, () -> stop(proxy, opened)),
                words,
                () -> tell(opened.run(), run.output()));
    }

    /** Ends the sessions, then the journal that their ends are written to; harmless the second time. */
    private static void stop(RecordingProxy proxy, ChronicleJournal opened) {
        proxy.close();
        opened.close();
    }

    private ChronicleJournal open() {
        try {
            return ChronicleJournal.open(journal);
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    private RecordingProxy start(ChronicleJournal opened) {
        var recorder = new Recorder(opened, RecordingClock.system(), policy);
        try {
            return RecordingProxy.builder(recorder, upstream.host(), upstream.port())
                    .listen(listening.listen.resolve().getAddress().getHostAddress(), listening.listen.port())
                    .upstreamSslMode(upstreamSslMode)
                    .onProblem(this::warn)
                    .start();
        } catch (IOException e) {
            opened.close();
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    private void warn(String problem) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("pgreel: " + problem);
        err.flush();
    }

    private int tell(String run, ServerOutput out) {
        Recording recording = RecordingOptions.open(journal);
        long bytes = 0;
        for (SessionVerdict verdict : recording.verification().sessions()) {
            bytes += verdict.bytes();
        }
        int sessions = recording.sessions().size();
        boolean sound = recording.verification().sound();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", run);
        fields.put("journal", journal.toString());
        fields.put("sessions", sessions);
        fields.put("bytes", bytes);
        fields.put("sound", sound);
        out.event(
                "recorded",
                fields,
                "the journal " + journal + " holds " + (sessions == 1 ? "1 session" : sessions + " sessions") + ", "
                        + bytes + " bytes" + (sound ? "" : "; some are damaged, see 'pgreel verify'"));
        return sound ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    /** Reads libpq's words. */
    static final class SslModeConverter implements ITypeConverter<SslMode> {

        @Override
        public SslMode convert(String word) {
            for (SslMode mode : List.of(SslMode.DISABLE, SslMode.PREFER, SslMode.REQUIRE)) {
                if (mode.word().equals(word)) {
                    return mode;
                }
            }
            throw new TypeConversionException("'" + word + "' is not one of disable, prefer, require");
        }
    }

    /** Reads the policy's words. */
    static final class PolicyConverter implements ITypeConverter<OnJournalFailure> {

        @Override
        public OnJournalFailure convert(String word) {
            for (OnJournalFailure policy : OnJournalFailure.values()) {
                if (policy.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                    return policy;
                }
            }
            throw new TypeConversionException("'" + word + "' is not one of fail-session, stop-recording");
        }
    }
}
