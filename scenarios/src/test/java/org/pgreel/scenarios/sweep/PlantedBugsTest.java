package org.pgreel.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.drive.SocketRuns;
import org.pgreel.scenarios.file.ScenarioReader;
import org.pgreel.scenarios.run.Coverage;
import org.pgreel.scenarios.run.ScenarioRun;
import org.pgreel.scenarios.run.Verdict;

/** A bug is put around the client for each invariant: the sweep finds it, and shrinks it to a scenario. */
@Timeout(300)
class PlantedBugsTest {
    private static final int WIRE_LINES_MAX = 5;

    static Stream<Arguments> bugs() {
        return Stream.of(
                Arguments.of("terminal-once", "simple", "append ReadyForQuery I", Bugs.shutdownTwice(), true),
                Arguments.of("completed-once", "simple", "reset", Bugs.operationForgotten(), true),
                Arguments.of("own-answers", "extended", "insert NoticeResponse", Bugs.anothersAnswer(), true),
                Arguments.of("nothing-after-shutdown", "copy-out", "reset", Bugs.dataBehindTheEnd(), true),
                Arguments.of("ends-in-time", "simple", "stall", Bugs.noTimeLimit(), true),
                Arguments.of("fold-of-journal", "simple", "insert NoticeResponse", Bugs.noticeSwallowed(), true),
                Arguments.of("nothing-left", "simple", "append ErrorResponse FATAL", Bugs.timerLeft(), false),
                Arguments.of("little-held", "simple", "bytes", Bugs.bytesHoarded(), false));
    }

    private static Sweep.Result sweep(String session, String effect, Plant plant) {
        var options = new Sweep.Options(
                tamper -> tamper.word().startsWith(effect), way -> way == Direction.BACKEND, false, 1);
        return new Sweep(new Subject(Golden.named(session)), options, plant).run();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void aBugIsFoundByItsInvariant(String invariant, String session, String effect, Plant bug, boolean overTcp) {
        assertThat(sweep(session, effect, Plant.NONE).broken()).isEmpty();

        assertThat(sweep(session, effect, bug).broken())
                .anyMatch(broken ->
                        broken.invariant() != null && broken.invariant().name().equals(invariant));
    }

    static Stream<Arguments> overTcp() {
        return bugs().filter(bug -> (boolean) bug.get()[4]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overTcp")
    void itIsShrunkToAScenarioThatBringsItAboutOverTcp(
            String invariant, String session, String effect, Plant bug, boolean overTcp) {
        Shrinker.Shrunk smallest = shrunk(invariant, session, effect, bug);
        Invariant violated = named(invariant);

        assertThat(smallest.test())
                .contains("@Test", smallest.subject().scenario().name() + ".pgreel.yaml");
        try (var sockets = new SocketPlay()) {
            Subject subject = smallest.subject();
            assertThat(violated.broken(subject, sockets.of(subject, null, bug)))
                    .as(smallest.text())
                    .isPresent();
            assertThat(violated.broken(subject, sockets.of(subject, null, Plant.NONE)))
                    .as(smallest.text())
                    .isEmpty();
        }
        passesOverTcp(smallest);
    }

    static Stream<Arguments> inside() {
        return bugs().filter(bug -> !(boolean) bug.get()[4]);
    }

    /** What timers are armed and how much is held shows in the simulation alone; the scenario is played over TCP too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("inside")
    void whatShowsInsideOnlyIsShrunkToAScenarioThatBringsItAboutInTheSimulation(
            String invariant, String session, String effect, Plant bug, boolean overTcp) {
        Shrinker.Shrunk smallest = shrunk(invariant, session, effect, bug);
        Subject subject = smallest.subject();

        assertThat(named(invariant).broken(subject, Play.of(subject, null, bug)))
                .as(smallest.text())
                .isPresent();
        assertThat(subject.broken()).as(smallest.text()).isEmpty();
        passesOverTcp(smallest);
    }

    private static Invariant named(String invariant) {
        return Invariant.ALL.stream()
                .filter(each -> each.name().equals(invariant))
                .findFirst()
                .orElseThrow();
    }

    private static void passesOverTcp(Shrinker.Shrunk smallest) {
        try (var sockets = new SocketRuns()) {
            Verdict verdict = new ScenarioRun(
                            ScenarioReader.parse(smallest.text(), "shrunk.pgreel.yaml"), new Coverage(), sockets)
                    .run(List.of("whole"));
            assertThat(verdict).as(smallest.text()).isInstanceOf(Verdict.Passed.class);
        }
    }

    /** Returns the first of what a sweep finds that is shrunk to so few lines. */
    private static Shrinker.Shrunk shrunk(String invariant, String session, String effect, Plant bug) {
        List<Sweep.Broken> all = sweep(session, effect, bug).broken().stream()
                .filter(broken ->
                        broken.invariant() != null && broken.invariant().name().equals(invariant))
                .toList();
        return all.stream()
                .flatMap(broken -> new Shrinker(broken, bug).shrink().stream())
                .filter(shrunk -> shrunk.lines() <= WIRE_LINES_MAX)
                .findFirst()
                .orElseThrow(() -> new AssertionError("none of " + all + " is shrunk"));
    }

    /** The bug needs two notices, and the session has none of itself. */
    @Test
    void whatTakesTwoFaultsIsShrunkToBoth() {
        Plant bug = Bugs.secondNoticeSwallowed();
        var invariant = new FoldOfJournal();
        var subject = new Subject(Golden.named("simple"));
        SweptStream stream = subject.streams().stream()
                .filter(each -> each.direction() == Direction.BACKEND)
                .findFirst()
                .orElseThrow();
        Tamper notice = Tampers.all(Direction.BACKEND).stream()
                .filter(tamper -> tamper.word().startsWith("insert NoticeResponse"))
                .findFirst()
                .orElseThrow();
        int last = stream.boundaries().size() - 2;
        List<Fault> both = List.of(new Fault(stream, notice, true, last), new Fault(stream, notice, true, last - 4));
        for (Fault fault : both) {
            assertThat(invariant.broken(subject, Play.of(subject, fault, bug))).isEmpty();
        }
        assertThat(invariant.broken(subject, Play.of(subject, both, Play.plain(), bug)))
                .isPresent();

        Shrinker.Shrunk smallest =
                new Shrinker(subject, both, invariant, bug).shrink().orElseThrow();

        assertThat(smallest.lines()).as(smallest.text()).isLessThanOrEqualTo(WIRE_LINES_MAX);
        assertThat(smallest.text().lines().filter(line -> line.strip().startsWith("!")))
                .hasSize(2);
        try (var sockets = new SocketPlay()) {
            assertThat(invariant.broken(smallest.subject(), sockets.of(smallest.subject(), null, bug)))
                    .as(smallest.text())
                    .isPresent();
        }
        passesOverTcp(smallest);
    }

    static Stream<Arguments> inWhatTheClientSays() {
        return Stream.of(
                Arguments.of("completed-once", "simple", "reset", Bugs.operationForgotten()),
                Arguments.of("completed-once", "simple", "corrupt-0", Bugs.operationForgotten()),
                Arguments.of("completed-once", "extended", "omit", Bugs.operationForgotten()),
                Arguments.of("ends-in-time", "simple", "stall", Bugs.noTimeLimit()));
    }

    /** What is done to the client's bytes has no words; what the client sees of it has. */
    @ParameterizedTest(name = "{0}, {2} in {1}")
    @MethodSource("inWhatTheClientSays")
    void aFaultInWhatTheClientSaysIsShrunkToWhatTheClientSees(
            String invariant, String session, String effect, Plant bug) {
        Invariant violated = named(invariant);
        var options =
                new Sweep.Options(tamper -> tamper.word().equals(effect), way -> way == Direction.FRONTEND, false, 1);
        List<Sweep.Broken> all = new Sweep(new Subject(Golden.named(session)), options, bug)
                .run().broken().stream()
                        .filter(broken -> violated.equals(broken.invariant()))
                        .toList();
        assertThat(all).isNotEmpty();

        Shrinker.Shrunk smallest = all.stream()
                .flatMap(broken -> new Shrinker(broken, bug).shrink().stream())
                .filter(shrunk -> shrunk.lines() <= WIRE_LINES_MAX)
                .findFirst()
                .orElseThrow(() -> new AssertionError("none of " + all + " is shrunk"));

        assertThat(violated.broken(smallest.subject(), Play.of(smallest.subject(), null, bug)))
                .as(smallest.text())
                .isPresent();
        passesOverTcp(smallest);
    }

    @Test
    void aBugIsPlantedForEachInvariant() {
        assertThat(bugs().map(bug -> bug.get()[0]))
                .containsExactlyInAnyOrderElementsOf(
                        Invariant.ALL.stream().map(Invariant::name).toList());
    }
}
