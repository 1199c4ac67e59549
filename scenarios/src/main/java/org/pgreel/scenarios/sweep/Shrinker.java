package org.pgreel.scenarios.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioException;
import org.pgreel.scenarios.file.ScenarioReader;

/**
 * Makes the smallest scenario behind which an invariant is still broken: each fault becomes a line of the script, and lines
 * are taken out as long as a right client passes the rest and the wrong one does not. Confined to one thread.
 */
public final class Shrinker {
    private static final Pattern ORDINAL = Pattern.compile("#([0-9]+)");
    private static final int ORDINALS_MAX = 40;
    private static final int ORDINALS_OF_SEVERAL_MAX = 6;

    /** A long recorded session is small enough when this many scenarios were tried. */
    private static final int TRIED_MAX = 50_000;

    private final List<Fault> faults;
    private final Invariant invariant;
    private final Plant plant;
    private final Subject subject;
    private final Scenario original;
    private int tried;

    /**
     * Makes a shrinker that has not begun.
     *
     * @param broken what a sweep has found, with an invariant
     * @param plant the bug that was around the client; {@link Plant#NONE} where it is the client's own
     * @throws IllegalArgumentException if the fault itself did not happen
     */
    public Shrinker(Sweep.Broken broken, Plant plant) {
        this(broken.subject(), List.of(broken.fault()), known(broken), plant);
    }

    /**
     * Makes a shrinker that has not begun.
     *
     * @param subject the session
     * @param faults what went wrong on the wire, in one run; none if nothing need go wrong
     * @param invariant what did not hold behind it
     * @param plant the bug that was around the client; {@link Plant#NONE} where it is the client's own
     */
    public Shrinker(Subject subject, List<Fault> faults, Invariant invariant, Plant plant) {
        this.subject = subject;
        this.original = subject.scenario();
        this.faults = List.copyOf(faults);
        this.invariant = invariant;
        this.plant = plant;
    }

    private static Invariant known(Sweep.Broken broken) {
        if (broken.invariant() == null) {
            throw new IllegalArgumentException("The fault did not happen, so nothing can be shrunk");
        }
        return broken.invariant();
    }

    /**
     * The smallest scenario that was found.
     *
     * @param subject it, ready to be played
     * @param text its file
     * @param lines how many F and B lines it has
     * @param tried how many scenarios were tried
     */
    public record Shrunk(Subject subject, String text, int lines, int tried) {
        /** Returns a JUnit test that plays the scenario's file. */
        public String test() {
            String name = subject.scenario().name();
            try (InputStream template = Shrinker.class.getResourceAsStream("ShrunkTest.txt")) {
                return new String(Objects.requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8)
                        .formatted(name);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Shrinks; empty if no scenario that could be found brings the broken invariant about. */
    public Optional<Shrunk> shrink() {
        Candidate best = null;
        for (List<String> wording : wordings()) {
            best = best == null ? first(wording) : best;
        }
        if (best == null) {
            return Optional.empty();
        }
        boolean smaller = true;
        while (smaller) {
            Candidate next = smaller(best);
            smaller = next != null;
            best = next == null ? best : next;
        }
        return Optional.of(new Shrunk(best.subject, best.text, wireLines(best.lines), tried));
    }

    /** The faults in words, if the notation has some; and then what the client has seen of them. */
    private List<List<String>> wordings() {
        List<List<String>> wordings = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Fault fault : faults) {
            FaultLine.of(fault).or(() -> FaultLine.narrower(fault)).ifPresent(lines::add);
        }
        if (lines.size() == faults.size()) {
            wordings.add(lines);
        }
        wordings.addAll(SeenByClient.wordings(subject, Play.of(subject, faults, Play.plain(), plant)));
        return wordings;
    }

    /** A scenario behind which the invariant is broken by the wrong client, and by no other. */
    private record Candidate(List<String> faults, List<String> lines, String text, Subject subject) {}

    /** A client may leave early for the fault: what it then does not ask for is taken away from the script's end. */
    private @Nullable Candidate first(List<String> faultLines) {
        List<String> lines =
                original.script().print().lines().map(String::strip).toList();
        for (int to = lines.size(); to >= 0; to--) {
            if (depth(lines.subList(0, to)) == 0) {
                Candidate found = candidate(faultLines, lines.subList(0, to));
                if (found == null) {
                    found = candidate(faultLines, ended(lines.subList(0, to)));
                }
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static List<String> ended(List<String> lines) {
        var ended = new ArrayList<>(lines);
        ended.add("F end");
        return ended;
    }

    private static int depth(List<String> lines) {
        int depth = 0;
        for (String line : lines) {
            depth += line.startsWith("}") ? -1 : 0;
            depth += line.endsWith("{") ? 1 : 0;
        }
        return depth;
    }

    /** Takes out what stands together, much of it first: an operation goes with the lines that answer it. */
    private @Nullable Candidate smaller(Candidate from) {
        Candidate found = without(from, units(from.lines, 0, from.lines.size()), 1);
        for (int at = 0; found == null && at < from.lines.size(); at++) {
            int end = unitEnd(from.lines, at);
            if (end > at + 1) {
                found = without(from, units(from.lines, at + 1, end - 1), 0);
            }
        }
        return found == null ? unwrapped(from) : found;
    }

    /**
     * Takes out a run of units of one block.
     *
     * @param units where they begin, and where the last one ends
     * @param kept how many stay at least
     */
    private @Nullable Candidate without(Candidate from, List<Integer> units, int kept) {
        int count = units.size() - 1;
        for (int length = count - kept; length >= 1; length--) {
            for (int first = count - length; first >= 0; first--) {
                var rest = new ArrayList<>(from.lines.subList(0, units.get(first)));
                rest.addAll(from.lines.subList(units.get(first + length), from.lines.size()));
                Candidate found = renumbered(from.faults, rest);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Takes away the two lines around a block. */
    private @Nullable Candidate unwrapped(Candidate from) {
        for (int at = 0; at < from.lines.size(); at++) {
            int end = unitEnd(from.lines, at);
            if (end > at + 1) {
                var rest = new ArrayList<>(from.lines);
                rest.remove(end - 1);
                rest.remove(at);
                Candidate found = renumbered(from.faults, rest);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Returns where the lines and blocks of a block begin, and where the last one ends. */
    private static List<Integer> units(List<String> lines, int from, int to) {
        var units = new ArrayList<Integer>();
        for (int at = from; at < to; at = Math.max(at + 1, unitEnd(lines, at))) {
            units.add(at);
        }
        units.add(to);
        return units;
    }

    /** Returns where the line's block ends, or the line itself; -1 for a line that is no beginning. */
    private static int unitEnd(List<String> lines, int at) {
        if (lines.get(at).startsWith("}")) {
            return -1;
        }
        int depth = 0;
        for (int i = at; i < lines.size(); i++) {
            depth += lines.get(i).startsWith("}") ? -1 : 0;
            depth += lines.get(i).endsWith("{") ? 1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** With fewer lines before them, the faults' messages may have other numbers. */
    private @Nullable Candidate renumbered(List<String> faultLines, List<String> lines) {
        return renumbered(faultLines, 0, lines);
    }

    private @Nullable Candidate renumbered(List<String> faultLines, int from, List<String> lines) {
        if (from == faultLines.size()) {
            return candidate(faultLines, lines);
        }
        Matcher matcher = ORDINAL.matcher(faultLines.get(from));
        if (!matcher.find()) {
            return renumbered(faultLines, from + 1, lines);
        }
        int most = faultLines.size() == 1 ? ORDINALS_MAX : ORDINALS_OF_SEVERAL_MAX;
        for (int each = Math.min(most, Integer.parseInt(matcher.group(1))); each >= 1; each--) {
            List<String> other = new ArrayList<>(faultLines);
            other.set(from, matcher.replaceFirst("#" + each));
            Candidate found = renumbered(other, from + 1, lines);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Candidate candidate(List<String> faultLines, List<String> lines) {
        if (tried >= TRIED_MAX) {
            return null;
        }
        tried++;
        String text = text(faultLines, lines);
        try {
            var subject = new Subject(ScenarioReader.parse(text, "shrunk-" + original.name() + ".pgreel.yaml"));
            boolean always = isBroken(subject, subject.calm());
            boolean found = plant == Plant.NONE ? always : !always && isBroken(subject, Play.of(subject, null, plant));
            return found ? new Candidate(List.copyOf(faultLines), List.copyOf(lines), text, subject) : null;
        } catch (ScenarioException | NotationException | UnplayableException | IllegalArgumentException unplayable) {
            return null;
        }
    }

    private boolean isBroken(Subject subject, Trace trace) {
        return invariant.broken(subject, trace).isPresent();
    }

    private String text(List<String> faultLines, List<String> lines) {
        var text = new StringBuilder("# yaml-language-server: $schema=https://pgreel.org/schema/scenario.json\n");
        text.append("name: shrunk-").append(original.name()).append('\n');
        text.append("shows: \"Broken was: ")
                .append(quoted(invariant.sentence()))
                .append("\"\n");
        text.append("origin: [\"pgreel sweep: ").append(original.name()).append(", ");
        String what = faults.isEmpty()
                ? "no fault"
                : faults.stream().map(Fault::toString).collect(Collectors.joining(", "));
        text.append(quoted(what)).append("\"]\n");
        text.append("phase: ").append(original.phase().word()).append('\n');
        if (original.server().tls()) {
            text.append("server: { auth: scram-sha-256, tls: true }\n");
        }
        String sslMode = original.client().sslMode() == null
                ? ""
                : ", sslmode: " + original.client().sslMode().word();
        text.append("client: { statement: \"select 1\"").append(sslMode).append(" }\n");
        // A client that is to end by its own limit is given one by that word.
        boolean silent = faultLines.stream().anyMatch(line -> line.startsWith("! stall"));
        text.append("outcome: [answered, recovered, clean-error")
                .append(silent ? ", times-out" : "")
                .append("]\nscript: |\n");
        faultLines.forEach(line -> text.append("  ").append(line).append('\n'));
        int depth = 1;
        for (String line : lines) {
            depth -= line.startsWith("}") ? 1 : 0;
            text.append("  ".repeat(depth)).append(line).append('\n');
            depth += line.endsWith("{") ? 1 : 0;
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static int wireLines(List<String> lines) {
        return (int) lines.stream()
                .filter(line -> line.startsWith("F ") || line.startsWith("B "))
                .count();
    }
}
