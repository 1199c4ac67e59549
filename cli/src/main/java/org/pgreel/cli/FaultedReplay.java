package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.PlayedConnection;
import org.pgreel.replay.play.RecordingBeside;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.Resend;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.server.ScriptServer;
import org.pgreel.tap.WireTap;

/** A recording that is served with faults laid over it, and what comes of it. */
final class FaultedReplay {

    private static final int CONNECTIONS_MAX = 10_000;

    /** A client may take its time; what it never sends is not waited for either. */
    private static final Duration PATIENCE = Duration.ofDays(365);

    /** A healthy server, whose statements the recording answers. */
    private static final Script HEALTHY = Script.parse("connection * {\n  use login\n  F end\n}\n");

    private final RecordingBeside beside;
    private final Script overlay;

    FaultedReplay(RecordingBeside beside, Script overlay) {
        this.beside = beside;
        this.overlay = overlay;
    }

    /**
     * Serves it.
     *
     * @param unix where it listens on a Unix domain socket too; null for nowhere
     * @param coverage looks on
     * @param tap writes down what is said; null for nobody
     */
    ScriptServer start(
            ListenOptions listening,
            @Nullable Path unix,
            AuthenticationMethod method,
            String password,
            TlsOptions tls,
            CoverageOptions coverage,
            @Nullable WireTap tap) {
        ServerSettings settings = ServerSettings.DEFAULTS
                .withAuthentication(method, password.isEmpty() ? ServerSettings.DEFAULTS.password() : password)
                .withVersion(beside.version())
                .withConnections(CONNECTIONS_MAX, 0, 0)
                .withPatience(PATIENCE)
                .withTls(tls.enabled())
                .withRecording(beside);
        ScriptServer.Builder builder = ScriptServer.builder(script())
                .listen(listening.listen.resolve().getAddress().getHostAddress(), listening.listen.port())
                .settings(settings)
                .around(coverage::around);
        if (unix != null) {
            builder.unix(unix);
        }
        if (tap != null) {
            builder.tap(tap);
        }
        if (tls.certificate != null && tls.key != null) {
            builder.certificate(tls.certificate, tls.key);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    /** By exchanges, a fault that acts once acts once in all connections. */
    private Script script() {
        if (beside.verbatim()) {
            return overlay;
        }
        var lines = new ArrayList<>(HEALTHY.lines());
        lines.addAll(overlay.lines());
        return new Script(lines);
    }

    /** Prints and writes what came of it, and returns the exit status: 1 if a fault never fired, or a client did what it must not. */
    static int tell(PlayReport report, ServerOutput out, ReplayPages pages) {
        List<String> problems = problems(report);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("passed", problems.isEmpty());
        fields.put("problems", problems);
        fields.put("fired", report.fired());
        fields.put("unfired", report.unfired());
        fields.put("resent", report.resent());
        fields.put("misses", report.misses());
        fields.put("connections", report.connections());
        String text = String.join("\n", lines(report, problems));
        pages.write(text + "\n", fields, cases(report));
        out.event("report", fields, out.paint().verdictBelow(problems.isEmpty(), text));
        return problems.isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private static List<JUnitSuite.Case> cases(PlayReport report) {
        var cases = new ArrayList<JUnitSuite.Case>();
        for (PlayedConnection connection : report.connections()) {
            cases.add(new JUnitSuite.Case(
                    "connection " + connection.number(), connection.outcome().failed() ? connection.sentence() : null));
        }
        report.fired().forEach(fault -> cases.add(new JUnitSuite.Case("fault " + fault, null)));
        report.unfired().forEach(fault -> cases.add(new JUnitSuite.Case("fault " + fault, "never fired: " + fault)));
        for (ExchangeMiss miss : report.misses()) {
            cases.add(new JUnitSuite.Case("miss on connection " + miss.connection(), String.join("\n", miss.lines())));
        }
        for (Resend resend : report.resent()) {
            cases.add(new JUnitSuite.Case("sent again on connection " + resend.connection(), resend.line()));
        }
        return cases;
    }

    /** A connection that is still open when the server ends is none: pools keep theirs. */
    private static List<String> problems(PlayReport report) {
        var problems = new ArrayList<String>();
        for (PlayedConnection connection : report.connections()) {
            if (connection.outcome().failed()) {
                problems.add(connection.sentence());
            }
        }
        report.misses().forEach(miss -> problems.addAll(miss.lines()));
        report.unfired().forEach(fault -> problems.add("never fired: " + fault));
        report.resent().stream().map(Resend::line).forEach(problems::add);
        return problems;
    }

    private static List<String> lines(PlayReport report, List<String> problems) {
        var lines = new ArrayList<String>();
        for (PlayedConnection connection : report.connections()) {
            if (!connection.outcome().failed()) {
                lines.add(connection.sentence());
            }
        }
        report.fired().forEach(fault -> lines.add("fired: " + fault));
        lines.addAll(problems);
        int faults = report.fired().size() + report.unfired().size();
        lines.add(report.fired().size() + " of " + faults + (faults == 1 ? " fault fired, " : " faults fired, ")
                + report.misses().size() + " statements missed, "
                + report.resent().size() + " sent again: " + (problems.isEmpty() ? "passed" : "failed"));
        return lines;
    }
}
