package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.scenarios.check.CheckCase;
import org.pgreel.scenarios.check.CheckOptions;
import org.pgreel.scenarios.check.CheckReport;
import org.pgreel.scenarios.check.ClientCheck;
import org.pgreel.scenarios.check.ClientUnderTest;
import org.pgreel.scenarios.check.MisconfiguredException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.sweep.ForeignSweep;

/** Sweeps a program over TCP, and shows how it fared as a map: messages down, effects across. */
final class ForeignSweepRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int A_PROCESSOR = 4;
    private static final long SEED = 1;

    private final ForeignSweep.Plan plan;
    private final Map<String, String> lines;
    private final CheckReport report;

    private ForeignSweepRun(ForeignSweep.Plan plan, CheckReport report) {
        this.plan = plan;
        this.lines = plan.planned().stream()
                .collect(Collectors.toMap(each -> each.scenario().name(), ForeignSweep.Planned::line));
        this.report = report;
    }

    /**
     * Runs all.
     *
     * @throws CommandFailedException if the program cannot be run, or fails at a healthy server
     */
    static ForeignSweepRun of(
            ClientUnderTest client, ForeignSweep.Plan plan, @Nullable Integer parallel, OutputOptions output)
            throws InterruptedException {
        int programs = parallel == null ? A_PROCESSOR * Runtime.getRuntime().availableProcessors() : parallel;
        var options = new CheckOptions(TIMEOUT, programs, 1, CheckOptions.CRASH, SEED);
        List<Scenario> scenarios =
                plan.planned().stream().map(ForeignSweep.Planned::scenario).toList();
        try (var progress = CheckProgress.of(output)) {
            return new ForeignSweepRun(
                    plan, new ClientCheck(client, options, progress).run(new ArrayList<>(scenarios)));
        } catch (MisconfiguredException e) {
            throw CommandFailedException.usage(Failures.what(e));
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the program cannot be run: " + Failures.what(e), e);
        }
    }

    /** Writes the map as a page. */
    void write(Path page, List<String> program) {
        new SweepPage(plan, report).write(page, String.join(" ", program));
    }

    /** Prints the map and what speaks against the program, and returns the exit status. */
    int print(PrintWriter out, OutputOptions output) {
        List<CheckCase> bad = report.cases().stream().filter(CheckCase::bad).toList();
        if (output.json) {
            out.println(Json.line(document(bad)));
        } else {
            map(out);
            out.println();
            bad.forEach(it -> out.println(it.grade().word() + ": " + line(it) + ": " + it.got()));
            if (!output.quiet) {
                out.println("skipped of " + plan.product() + ":");
                plan.skipped().forEach((reason, count) -> out.println("  " + count + "  " + reason));
            }
            out.println(report.cases().size() + " runs; " + report.counts());
        }
        out.flush();
        return bad.isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private String line(CheckCase it) {
        return lines.getOrDefault(it.name(), it.name());
    }

    private Map<String, Object> document(List<CheckCase> bad) {
        var document = new LinkedHashMap<String, Object>();
        document.put("runs", report.cases().size());
        document.put("product", plan.product());
        document.put("skipped", plan.skipped());
        document.put("counts", report.counts());
        document.put(
                "broken",
                bad.stream()
                        .map(it -> Map.of("fault", line(it), "grade", it.grade().word(), "got", it.got()))
                        .toList());
        return document;
    }

    /** A letter for each grade: the worst of all runs with that effect on that message. */
    private void map(PrintWriter out) {
        Map<String, Map<String, Integer>> worst = new LinkedHashMap<>();
        var effects = new TreeSet<String>();
        for (CheckCase it : report.cases()) {
            String line = line(it);
            // A place inside of a message belongs to its row.
            String moment = line.substring(line.lastIndexOf(" B ") + 3).replaceFirst(" byte \\d+$", "");
            String effect = line.substring(2).split(" ", 2)[0];
            effects.add(effect);
            worst.computeIfAbsent(moment, key -> new LinkedHashMap<>()).merge(effect, rank(it), Math::max);
        }
        var heads = new ArrayList<String>(List.of("message"));
        heads.addAll(effects);
        var table = new TextTable(heads.toArray(String[]::new));
        worst.forEach((moment, cells) -> {
            var row = new ArrayList<Object>(List.of(moment));
            effects.forEach(effect -> row.add(letter(cells.getOrDefault(effect, -1))));
            table.row(row.toArray());
        });
        table.print(out);
        out.println(
                "ok and not applicable: . wrong answer: W accepted: A gave up: G crash: C never ended: N leaked: L");
    }

    private static final String LETTERS = ".AGNLCW";

    private static int rank(CheckCase it) {
        return switch (it.grade()) {
            case ACCEPTED -> 1;
            case GAVE_UP -> 2;
            case NEVER_ENDED -> 3;
            case LEAKED -> 4;
            case CRASH -> 5;
            case WRONG_ANSWER -> 6;
            default -> 0;
        };
    }

    private static String letter(int rank) {
        return rank < 0 ? "" : String.valueOf(LETTERS.charAt(rank));
    }
}
