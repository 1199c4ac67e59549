package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.redaction.Redaction;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.engine.SurplusPolicy;
import org.pgreel.replay.play.RecordingBeside;
import org.pgreel.replay.report.ReplayReport;
import org.pgreel.replay.server.ReplayServer;
import org.pgreel.replay.server.ScriptServer;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.replay.source.UnplayableException;
import org.pgreel.replay.volatility.Volatility;
import org.pgreel.tap.WireTap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgreel replay}: plays PostgreSQL to any client from a recording, message by message. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Plays PostgreSQL to any client from a recording, with the database gone.",
            "A connection gets the next unplayed recorded one whose user, database and options are the same. A client "
                    + "that departs from it gets FATAL RP002, which says what was expected and what came.",
            "With --match exchange, statements are answered in any order and over any number of connections."
        },
        footer = {
            "",
            ProgramOptions.HELP,
            "",
            "Examples:",
            "  pgreel replay --journal orders --listen 127.0.0.1:5433",
            "  pgreel replay --journal orders -- psql -c 'select 1'",
            "  pgreel replay --tape orders.pgreel -- psql -c 'select 1'",
            "  pgreel replay orders.tape --match exchange --strict -- ./integration-tests",
            "  pgreel replay orders.tape --match exchange --fault 'swallow, reset @ B CommandComplete \"COMMIT\"' -- "
                    + "./place-an-order"
        })
final class ReplayCommand implements Callable<Integer> {

    /** How long what a client said last may be on its way when the server ends. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    @Mixin
    private RecordingsOptions recordings = new RecordingsOptions();

    @Mixin
    private ListenOptions listening = new ListenOptions();

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    @Mixin
    private ClientLoginOptions logins = new ClientLoginOptions();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Mixin
    private HousekeepingOptions housekeeping = new HousekeepingOptions();

    @Mixin
    private RedactionOptions redaction = new RedactionOptions();

    @Mixin
    private ReplayModeOptions mode = new ReplayModeOptions();

    @Mixin
    private TimingOptions timing = new TimingOptions();

    @Mixin
    private FaultOptions faults = new FaultOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ProgramOptions program = new ProgramOptions();

    @Option(
            names = "--extra-connections",
            paramLabel = "POLICY",
            converter = SurplusConverter.class,
            description = "What a connection gets that was not recorded: clone-greeting (a healthy server that knows "
                    + "nothing), refuse-53300 or fail. Default: clone-greeting.")
    private SurplusPolicy extraConnections = SurplusPolicy.CLONE_GREETING;

    @Option(
            names = "--match",
            paramLabel = "HOW",
            converter = MatchingConverter.class,
            description = "verbatim (each connection follows a recorded one, message by message) or exchange (each "
                    + "statement is answered by a recorded one with equal parameters and state, over any number of "
                    + "connections; another gets ERROR RP001, and the connection lives). Default: verbatim.")
    private Matching matching = Matching.VERBATIM;

    @Option(
            names = "--volatile",
            paramLabel = "FILE",
            description = "With --match exchange: what may differ from run to run, one statement a line; diff "
                    + "--volatile-out writes it from two recordings of the same run.")
    private @Nullable Path volatileFile;

    @Option(
            names = "--gates",
            description = "With --match verbatim: connections keep the order that they had among each other. What had "
                    + "been answered on one before something was sent on another is answered before that again.")
    private boolean gates;

    @Option(names = "--include-failed", description = "Play recorded connections, too, that never got ready.")
    private boolean includeFailed;

    @Option(
            names = "--strict",
            description = "Exit with 1 unless all that was recorded was played to its end and nothing else came. With "
                    + "--match exchange a statement is then answered only as often as it was recorded.")
    private boolean strict;

    @Mixin
    private ClientsOptions clients = new ClientsOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        // What is wrong with the command line is said before anything is opened.
        List<String> words = program.command();
        tls.enabled();
        clients.check(words);
        logins.read(credentials);
        Path missing = mode.toRecord(recordings.names());
        if (missing != null) {
            if (coverage.wanted()) {
                throw CommandFailedException.usage("--coverage counts what is replayed, and " + missing
                        + " is to be recorded now; record it first, without --coverage");
            }
            return mode.record(spec.commandLine().getParent(), missing, listening, output, words);
        }
        var pages = new ReplayPages(reports);
        String password = logins.severalUsers()
                ? ""
                : credentials.password(spec.commandLine().getErr());
        var run = new ServerRun(spec.commandLine().getOut(), output, listening);
        if (faults.any()) {
            return faulted(run, words, password, pages);
        }
        MissingRuns runs = missingRuns();
        List<RecordedSession> sessions = recordings.sessions();
        PlayableRecording recording = playable(sessions);
        ReplayServer server = start(recording, settings(password), pages, runs);
        clients.ends(run, server::clientsGone);
        return run.until(served(recording, server.host(), server.port(), password, server::close), words, () -> {
            int status = tell(server.report(), run.output(), pages);
            String appended = runs == null ? "" : runs.append(sessions, run.succeeded());
            if (!appended.isEmpty()) {
                run.output().event("appended", Map.of("what", appended), appended);
            }
            return covered(status);
        });
    }

    /** With messages in their order nothing is missing that could be recorded by itself. */
    private @Nullable MissingRuns missingRuns() {
        if (matching != Matching.EXCHANGE) {
            return null;
        }
        MissingRuns runs = mode.missingRuns(recordings.names(), recordings.key());
        if (runs != null && redaction.redaction() != null) {
            throw CommandFailedException.usage(
                    "what a server answers now is not redacted; record the tape anew and redact it, or leave out "
                            + "--upstream");
        }
        return runs;
    }

    private ServerRun.Served served(
            PlayableRecording recording, String host, int port, String password, Runnable close) {
        // A program that says nothing of it logs in as the one that was recorded: only then is it answered.
        Map<String, String> startup = recording.connections().get(0).startup();
        String user = credentials.user == null ? startup.getOrDefault("user", "") : credentials.user;
        var login = new ProgramRun.Login(
                user,
                logins.severalUsers() ? logins.password(user) : password,
                startup.getOrDefault("database", ""),
                encrypted() ? "require" : "disable");
        String remark = "authentication " + credentials.word() + ", TLS " + (encrypted() ? "offered" : "not offered")
                + timing.remark();
        return new ServerRun.Served(new HostAndPort(host, port), remark, login, close);
    }

    private boolean encrypted() {
        return tls.enabled() || logins.clientAuthorities != null;
    }

    private int faulted(ServerRun run, @Nullable List<String> words, String password, ReplayPages pages)
            throws InterruptedException {
        gates(true);
        logins.requireNone();
        if (timing.any()) {
            throw CommandFailedException.usage(
                    "--timing and --jitter are for a replay without faults; delay answers by a fault, such as 'delay"
                            + " 300ms @ B CommandComplete #*'");
        }
        if (redaction.redaction() != null) {
            throw CommandFailedException.usage("faults are not laid over a redacted tape; give one of both");
        }
        PlayableRecording recording = playable(recordings.sessions());
        var beside = new RecordingBeside(recording, matching == Matching.VERBATIM, volatility());
        var replay = new FaultedReplay(beside, faults.overlay(beside));
        ScriptServer server =
                replay.start(listening, clients.unix, credentials.auth(), password, tls, coverage, pages.tap());
        clients.ends(run, server::clientsGone);
        Runnable close = () -> {
            server.awaitVerdict(SETTLING);
            server.close();
        };
        return run.until(
                served(recording, server.host(), server.port(), password, close),
                words,
                () -> covered(FaultedReplay.tell(server.report(), run.output(), pages)));
    }

    private int covered(int status) {
        coverage.write("replay");
        return status;
    }

    private ReplayServer start(
            PlayableRecording recording, ReplaySettings settings, ReplayPages pages, @Nullable MissingRuns runs) {
        ReplayServer.Builder builder = ReplayServer.builder(recording)
                .listen(listening.listen.resolve().getAddress().getHostAddress(), listening.listen.port())
                .settings(settings)
                .around(coverage::around);
        if (clients.unix != null) {
            builder.unix(clients.unix);
        }
        WireTap tap = pages.tap();
        if (tap != null) {
            builder.tap(tap);
        }
        if (runs != null) {
            builder.recordMissing(runs.settings());
        }
        if (tls.certificate != null && tls.key != null) {
            builder.tls(tls.certificate, tls.key);
        } else if (tls.enabled()) {
            builder.tls();
        }
        if (logins.clientAuthorities != null) {
            builder.clientAuthorities(logins.clientAuthorities);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.inputOutput(
                    "nothing of the recording got as far as ReadyForQuery; to play it all the same, give "
                            + "--include-failed",
                    e);
        }
    }

    private PlayableRecording playable(List<RecordedSession> sessions) {
        if (!output.json && !output.quiet && sessions.stream().anyMatch(RecordedSession::edited)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("pgreel: what is replayed was edited since it was recorded: "
                    + sessions.stream()
                            .filter(RecordedSession::edited)
                            .map(session -> "session " + session.number())
                            .collect(Collectors.joining(", ")));
            err.flush();
        }
        try {
            return RecordingSource.read(sessions);
        } catch (UnplayableException | JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    private ReplaySettings settings(String password) {
        ReplaySettings login = logins.severalUsers()
                ? ReplaySettings.DEFAULTS
                : ReplaySettings.DEFAULTS.withAuthentication(credentials.auth(), credentials.user, password);
        return housekeeping.addTo(logins.addTo(login, credentials)
                .withSurplus(extraConnections)
                .withMatching(matching)
                .withStrict(strict)
                .withRedaction(redacted())
                .withVolatility(volatility())
                .withTiming(timing.timing())
                .withGates(gates(faults.any()))
                .withIncludeFailed(includeFailed));
    }

    private boolean gates(boolean faulted) {
        if (gates && (matching != Matching.VERBATIM || faulted)) {
            throw CommandFailedException.usage(
                    "--gates is for connections that are followed message by message, without faults; leave out "
                            + (faulted ? "the faults" : "--match exchange"));
        }
        return gates;
    }

    private Volatility volatility() {
        if (volatileFile == null) {
            return Volatility.NONE;
        }
        if (matching != Matching.EXCHANGE) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--volatile is for statements that are matched by exchanges; add --match exchange");
        }
        try {
            return Volatility.parse(Files.readString(volatileFile));
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(volatileFile + " cannot be read: " + Failures.what(e), e);
        } catch (NotationException e) {
            throw CommandFailedException.inputOutput(volatileFile + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Redaction redacted() {
        Redaction redacted = redaction.redaction();
        if (redacted != null && matching != Matching.EXCHANGE) {
            throw CommandFailedException.usage("a redacted tape is matched by exchanges: give --match exchange");
        }
        return redacted;
    }

    private int tell(ReplayReport report, ServerOutput out, ReplayPages pages) {
        pages.write(report, fields(report));
        out.event(
                "report",
                fields(report),
                out.paint().verdictBelow(report.passed(), report.text().stripTrailing()));
        return strict && !report.passed() ? ExitStatus.CHECK_FAILED : ExitStatus.DONE;
    }

    private static Map<String, Object> fields(ReplayReport report) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("passed", report.passed());
        fields.put("leftOver", report.leftOver());
        fields.put("connections", report.connections());
        fields.put("unplayed", report.unplayed());
        fields.put("cancels", report.cancels());
        if (report.exchanges() != null) {
            fields.put("exchanges", report.exchanges());
        }
        return fields;
    }
}
