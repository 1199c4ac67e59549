package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.check.CheckCase;
import org.pgreel.scenarios.check.CheckOptions;
import org.pgreel.scenarios.check.ClientUnderTest;
import org.pgreel.scenarios.check.MisconfiguredException;
import org.pgreel.scenarios.sweep.Fault;
import org.pgreel.scenarios.sweep.ForeignSession;
import org.pgreel.scenarios.sweep.ForeignSweep;

/** Sweeps a program over TCP, and shows how it fared as a map: messages down, effects across. */
final class ForeignSweepRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int A_PROCESSOR = 4;
    private static final long SEED = 1;
    private static final String LETTERS = ".AGNLCW";

    private final ForeignSession session;
    private final ForeignSweep.Result result;
    private final List<CheckCase> bad;

    private ForeignSweepRun(ForeignSession session, ForeignSweep.Result result) {
        this.session = session;
        this.result = result;
        this.bad = result.report().cases().stream().filter(CheckCase::bad).toList();
    }

    /**
     * Runs all.
     *
     * @param wishes what else is wanted of the sweep
     * @throws CommandFailedException if the program cannot be run, or fails at a healthy server
     */
    static ForeignSweepRun of(
            ClientUnderTest client,
            ForeignSession session,
            ForeignSweep.Wanted wanted,
            @Nullable Integer parallel,
            OutputOptions output,
            UnaryOperator<ForeignSweep> wishes)
            throws InterruptedException {
        int programs = parallel == null ? A_PROCESSOR * Runtime.getRuntime().availableProcessors() : parallel;
        var options = new CheckOptions(TIMEOUT, programs, 1, CheckOptions.CRASH, SEED);
        try (var progress = CheckProgress.of(output)) {
            ForeignSweep sweep = wishes.apply(new ForeignSweep(client, session, options, progress));
            return new ForeignSweepRun(session, sweep.run(wanted));
        } catch (MisconfiguredException e) {
            throw CommandFailedException.usage(Failures.what(e));
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the program cannot be run: " + Failures.what(e), e);
        }
    }

    /** Writes the map as a page. */
    void write(Path page, List<String> program) {
        new SweepPage(result).write(page, String.join(" ", program));
    }

    /**
     * Writes a scenario for each run that speaks against the program.
     *
     * @throws CommandFailedException if they cannot be written
     */
    void writeScenarios(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(directory + " cannot be made: " + Failures.what(e), e);
        }
        for (CheckCase it : bad) {
            ForeignSweep.Planned planned = result.planned(it);
            session.file(planned).ifPresent(text -> {
                Path file = directory.resolve(planned.scenario().name() + ".pgreel.yaml");
                ReportOptions.write(file, text);
            });
        }
    }

    /**
     * Prints the map and what speaks against the program, and returns the exit status.
     *
     * @param again the command that repeats a run, by its line
     */
    int print(PrintWriter out, OutputOptions output, UnaryOperator<String> again) {
        if (output.json) {
            out.println(Json.line(document(again)));
        } else {
            map(out);
            out.println();
            Paint paint = output.paint();
            bad.forEach(it -> out.println(paint.bad(it.grade().word()) + ": " + line(it) + ": " + it.got()));
            if (!output.quiet) {
                out.println("skipped of " + result.plan().product() + ":");
                result.plan().skipped().forEach((reason, count) -> out.println("  " + count + "  " + reason));
            }
            out.println(
                    result.report().cases().size() + " runs; " + result.report().counts());
            if (!bad.isEmpty()) {
                out.println("the first again: " + again.apply(line(bad.get(0))));
            }
        }
        out.flush();
        return bad.isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private String line(CheckCase it) {
        return result.planned(it).line();
    }

    private Map<String, Object> document(UnaryOperator<String> again) {
        var document = new LinkedHashMap<String, Object>();
        document.put("runs", result.report().cases().size());
        document.put("product", result.plan().product());
        document.put("skipped", result.plan().skipped());
        document.put("counts", result.report().counts());
        document.put(
                "broken",
                bad.stream()
                        .map(it -> Map.of(
                                "fault", line(it),
                                "grade", it.grade().word(),
                                "got", it.got(),
                                "again", again.apply(line(it))))
                        .toList());
        return document;
    }

    /** A letter for each grade: the worst of all runs with that effect on that message. */
    private void map(PrintWriter out) {
        Map<String, Map<String, Integer>> worst = rows();
        var effects = new TreeSet<String>();
        for (CheckCase it : result.report().cases()) {
            Fault fault = result.planned(it).fault();
            String effect = fault.tamper().kind().name().toLowerCase(Locale.ROOT);
            effects.add(effect);
            worst.computeIfAbsent(fault.place(), key -> new LinkedHashMap<>()).merge(effect, rank(it), Math::max);
        }
        var heads = new ArrayList<String>(List.of("message"));
        heads.addAll(effects);
        var table = new TextTable(heads.toArray(String[]::new));
        worst.forEach((place, cells) -> {
            if (!cells.isEmpty()) {
                var row = new ArrayList<Object>(List.of(place));
                effects.forEach(effect -> row.add(letter(cells.getOrDefault(effect, -1))));
                table.row(row.toArray());
            }
        });
        table.print(out);
        out.println(
                "ok and not applicable: . wrong answer: W accepted: A gave up: G crash: C never ended: N leaked: L");
    }

    /** The messages of the server, and then those of the program, in their order. */
    private Map<String, Map<String, Integer>> rows() {
        Map<String, Map<String, Integer>> rows = new LinkedHashMap<>();
        for (Direction direction : List.of(Direction.BACKEND, Direction.FRONTEND)) {
            result.plan().streams().stream()
                    .filter(stream -> stream.direction() == direction)
                    .forEach(stream -> {
                        for (int i = 0; i < stream.names().size(); i++) {
                            rows.put(stream.place(i), new LinkedHashMap<>());
                        }
                    });
        }
        return rows;
    }

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
