package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.conversation.ScriptedSession.Step;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Direction;

/**
 * Mutation of the matrix: whichever of its legal cells is made illegal, a legal session of this suite fails.
 *
 * <p>The sessions are those of {@link LegalSessions}, those of {@link RuleSessions} and a fixed number of {@link GeneratedSession}s from a fixed seed. Which session guards which cell is written to
 * {@code target/conversation-cells.md}.
 */
final class LegalCellsTest {
    private static final int GENERATED = 20_000;
    private static final long SEED = 42;

    /** A state, as the matrix names it, and a message in it. */
    private record Cell(String state, Direction from, String sample) {
        static Cell of(Conversation at, Step step) {
            return new Cell(Matrix.describe(at), step.from(), step.sample());
        }
    }

    @Test
    void aSessionFailsForEveryLegalCellThatIsMadeIllegal() throws IOException {
        Map<Cell, ScriptedSession> guards = guards();
        Map<String, String> report = new TreeMap<>();
        List<Cell> unguarded = new ArrayList<>();
        for (Cell cell : legalCells()) {
            ScriptedSession guard = guards.get(cell);
            if (guard == null || isLegalWithout(cell, guard)) {
                unguarded.add(cell);
            } else {
                report.put(cell.toString(), guard.name());
            }
        }
        write(report);
        assertThat(unguarded).isEmpty();
    }

    private static List<Cell> legalCells() {
        List<Cell> cells = new ArrayList<>();
        for (ScriptedSession row : MatrixRows.ALL) {
            Conversation at = row.fold();
            for (Direction from : Direction.values()) {
                for (Map.Entry<String, ? extends Message> sample :
                        Matrix.samples(from).entrySet()) {
                    Step step = new Step(from, sample.getKey(), sample.getValue());
                    if (!at.isViolated() && !at.after(from, step.message()).isViolated()) {
                        cells.add(Cell.of(at, step));
                    }
                }
            }
        }
        return cells;
    }

    /** Folds the session with an automaton in which the cell is illegal. */
    private static boolean isLegalWithout(Cell mutated, ScriptedSession session) {
        Conversation at = Conversation.begin();
        for (Step step : session.steps()) {
            if (Cell.of(at, step).equals(mutated)) {
                return false;
            }
            at = at.after(step.from(), step.message());
        }
        return !at.isViolated();
    }

    private static Map<Cell, ScriptedSession> guards() {
        Map<Cell, ScriptedSession> guards = new LinkedHashMap<>();
        LegalSessions.ALL.forEach(session -> visit(session, guards));
        RuleSessions.all().forEach(session -> visit(session, guards));
        for (int i = 0; i < GENERATED; i++) {
            Random random = new Random(SEED + i);
            GeneratedSession session = GeneratedSession.of(random);
            if (!session.ambiguous()) {
                List<Step> steps = session.merged(random);
                visit(new ScriptedSession("generated: " + steps, steps), guards);
            }
        }
        return guards;
    }

    private static void visit(ScriptedSession session, Map<Cell, ScriptedSession> guards) {
        Conversation at = Conversation.begin();
        for (Step step : session.steps()) {
            guards.putIfAbsent(Cell.of(at, step), session);
            at = at.after(step.from(), step.message());
        }
        assertThat(at.violation()).as(session.name()).isNull();
    }

    private static void write(Map<String, String> report) throws IOException {
        StringBuilder text = new StringBuilder("| cell | session |\n| --- | --- |\n");
        report.forEach((cell, session) ->
                text.append("| ").append(cell).append(" | ").append(session).append(" |\n"));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "conversation-cells.md"), text);
    }
}
