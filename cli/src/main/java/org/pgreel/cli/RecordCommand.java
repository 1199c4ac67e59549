package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.chronicle.JournalLimits;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.proxy.BindingPolicy;
import org.pgreel.recorder.proxy.ProxyCertificate;
import org.pgreel.recorder.proxy.ProxyLimits;
import org.pgreel.recorder.proxy.ProxyLogin;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.proxy.RecordingProxyBuilder;
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
            "  pgreel record --upstream 127.0.0.1:5432 --tape orders.tape -- psql -c 'select 1'",
            "  pgreel record --upstream 127.0.0.1:5432 --journal orders --roll hourly --retain 7d --max-size 20GiB",
            "  pgreel record --upstream db:5432 --upstream-sslmode verify-full --journal orders --tls \\",
            "      --tls-cert server.crt --tls-key server.key --metrics 9187"
        })
final class RecordCommand implements Callable<Integer> {

    /** What packing may take when a signal ends recording; what is not packed by then stays in the journal. */
    private static final Duration PACKING_MAX = Duration.ofMinutes(30);

    @Mixin
    private UpstreamOptions upstream = new UpstreamOptions();

    @Mixin
    private RecordTapeOptions target = new RecordTapeOptions();

    @Option(
            names = "--on-journal-failure",
            paramLabel = "POLICY",
            converter = PolicyConverter.class,
            description = "What becomes of a session that cannot be recorded any more: fail-session or "
                    + "stop-recording. Default: fail-session.")
    private OnJournalFailure policy = OnJournalFailure.FAIL_SESSION;

    @Option(
            names = {"--metrics", "--metrics-port"},
            paramLabel = "[HOST:]PORT",
            converter = MetricsAddressConverter.class,
            description =
                    "Answers GET /metrics there with counters for Prometheus; on this machine only unless HOST is "
                            + "given.")
    private @Nullable HostAndPort metrics;

    @Option(
            names = "--once",
            description = "Stop by itself when the first session is over and no client is connected any more.")
    private boolean once;

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Mixin
    private BindingOptions binding = new BindingOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private JournalOptions files = new JournalOptions();

    @Mixin
    private ListenOptions listening = new ListenOptions();

    @Option(
            names = "--unix",
            paramLabel = "PATH",
            description =
                    "Listens on a Unix domain socket too: that file, or .s.PGSQL.PORT in that directory, as libpq "
                            + "looks for it.")
    private @Nullable Path unix;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ProgramOptions program = new ProgramOptions();

    @Spec
    private CommandSpec spec;

    private final AtomicLong retired = new AtomicLong();

    /** Where is recorded; set by {@link #call()}. */
    private Path journal = Path.of("journal");

    @Override
    public Integer call() throws InterruptedException {
        // What is wrong with the command line is said before anything is opened.
        List<String> words = program.command();
        if (once && words != null) {
            throw CommandFailedException.usage("--once waits for a client, so it does not go with a COMMAND");
        }
        boolean withTls = tls.enabled();
        ProxyLimits proxyLimits = limits.limits();
        JournalLimits journalLimits = files.limits(this::retired);
        org.pgreel.client.TlsOptions upstreamTls = upstream.tls();
        ProxyLogin login = binding.login();
        boolean local = upstream.local();
        journal = target.prepare();
        ProxyCertificate certificate = withTls ? certificate() : null;
        ChronicleJournal opened = open(journalLimits);
        RecordingProxy proxy = start(opened, builder -> {
            builder.upstreamTls(upstreamTls).limits(proxyLimits).channelBinding(binding.policy);
            if (certificate != null) {
                builder.clientTls(certificate);
            }
            if (login != null) {
                builder.login(login);
            }
        });
        MetricsPort port = metrics(proxy, opened);
        var address = new HostAndPort(
                proxy.address().getAddress().getHostAddress(), proxy.address().getPort());
        var run = new ServerRun(spec.commandLine().getOut(), output, listening);
        run.stopsWithin(target.onTape() ? limits.drain.plus(PACKING_MAX) : limits.drain);
        if (port != null) {
            run.tells("metrics", port.address().toString());
        }
        if (once) {
            run.endsWhen(() -> proxy.statistics().sessions() > 0 && proxy.liveConnections() == 0);
        }
        return run.until(
                new ServerRun.Served(
                        address,
                        remark(local, port),
                        new ProgramRun.Login("", "", "", withTls ? "require" : "disable"),
                        () -> stop(proxy, port, opened)),
                words,
                () -> tell(opened.run(), run.output()));
    }

    private ProxyCertificate certificate() {
        try {
            return tls.certificate != null && tls.key != null
                    ? ProxyCertificate.ofFiles(tls.certificate, tls.key)
                    : ProxyCertificate.made();
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the certificate cannot be used (" + Failures.what(e) + "); give PEM files", e);
        }
    }

    private @Nullable MetricsPort metrics(RecordingProxy proxy, ChronicleJournal opened) {
        if (metrics == null) {
            return null;
        }
        try {
            return MetricsPort.listen(metrics, proxy::statistics, retired::get);
        } catch (IOException e) {
            stop(proxy, null, opened);
            target.discard(journal);
            throw CommandFailedException.inputOutput(
                    "cannot listen on " + metrics + " for metrics (" + Failures.what(e) + "); name another port", e);
        }
    }

    /** Says in one line what was chosen, and what is left to choose. */
    private String remark(boolean local, @Nullable MetricsPort port) {
        var remark = new StringBuilder("to " + upstream.address + " sslmode " + upstream.sslMode.word() + ", journal "
                + journal + target.remark() + ", TLS " + (tls.enabled() ? "offered" : "not offered"));
        if (port != null) {
            remark.append(", metrics on http://").append(port.address()).append("/metrics");
        }
        boolean plaintextWillDo = local && !upstream.sslMode.demandsTls();
        if (tls.enabled()
                && tls.certificate == null
                && upstream.sslMode != SslMode.DISABLE
                && binding.policy == BindingPolicy.AUTO
                && binding.user == null
                && !plaintextWillDo) {
            remark.append("; clients that bind their login to TLS will be refused: choose --tls-cert and --tls-key of ")
                    .append("the server, --user, or --upstream-sslmode disable");
        }
        return remark.toString();
    }

    /** Ends the sessions, then the journal that their ends are written to; harmless the second time. */
    private static void stop(RecordingProxy proxy, @Nullable MetricsPort port, ChronicleJournal opened) {
        proxy.close();
        if (port != null) {
            port.close();
        }
        opened.close();
    }

    private ChronicleJournal open(JournalLimits journalLimits) {
        try {
            return ChronicleJournal.open(journal, journalLimits);
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    private RecordingProxy start(ChronicleJournal opened, Consumer<RecordingProxyBuilder> choices) {
        var recorder = new Recorder(opened, RecordingClock.system(), policy);
        RecordingProxyBuilder builder = RecordingProxy.builder(
                        recorder, upstream.address.host(), upstream.address.port())
                .listen(listening.listen.resolve().getAddress().getHostAddress(), listening.listen.port())
                .onProblem(this::warn);
        if (unix != null) {
            builder.unix(unix);
        }
        choices.accept(builder);
        try {
            return builder.start();
        } catch (IOException e) {
            opened.close();
            target.discard(journal);
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    /** A file of the journal was retired. */
    private void retired(String notice) {
        retired.incrementAndGet();
        warn(notice);
    }

    private void warn(String problem) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("pgreel: " + problem);
        err.flush();
    }

    private int tell(String run, ServerOutput out) {
        Recording recording = RecordingOptions.open(journal, new TapeKeyOptions());
        long bytes = 0;
        for (SessionVerdict verdict : recording.verification().sessions()) {
            bytes += verdict.bytes();
        }
        int sessions = recording.sessions().size();
        boolean sound = recording.verification().sound();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", run);
        String where = "what was recorded is ";
        if (target.keepsJournal()) {
            fields.put("journal", journal.toString());
            where = "the journal " + journal + " holds ";
        }
        fields.put("sessions", sessions);
        fields.put("bytes", bytes);
        fields.put("sound", sound);
        out.event(
                "recorded",
                fields,
                where + (sessions == 1 ? "1 session" : sessions + " sessions") + ", " + bytes + " bytes"
                        + (sound ? "" : "; some are damaged, see 'pgreel verify'"));
        target.write(recording, run, journal, out, spec.commandLine().getErr());
        return sound ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    /** Reads a port, or an address. */
    static final class MetricsAddressConverter implements ITypeConverter<HostAndPort> {

        @Override
        public HostAndPort convert(String value) {
            return new HostAndPort.Converter().convert(value.indexOf(':') < 0 ? "127.0.0.1:" + value : value);
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
