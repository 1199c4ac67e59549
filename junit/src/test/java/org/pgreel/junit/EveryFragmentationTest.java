package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A test runs under every way to cut what the server says, and a failure says which one it was. */
@Timeout(120)
class EveryFragmentationTest {

    @EveryFragmentation
    @Script(Database.ONE_ANSWER)
    void theAnswerIsTheSame(ReplayServer server) throws Exception {
        assertThat(Database.ask(server.jdbcUrl(), "select 42")).containsExactly("42");
    }

    /** One server for all of them. */
    @Script(Database.ONE_ANSWER)
    static class Sharing {
        @EveryFragmentation
        void theAnswerIsTheSame(ReplayServer server) throws Exception {
            assertThat(Database.ask(server.jdbcUrl(), "select 42")).containsExactly("42");
        }
    }

    /** A client that asks for something else. */
    static class Failing {
        @EveryFragmentation
        @Script(Database.ONE_ANSWER)
        void asksForSomethingElse(ReplayServer server) throws Exception {
            Database.ask(server.jdbcUrl(), "select 43");
        }
    }

    private static EngineExecutionResults run(Class<?> tests, Map<String, String> parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameters(parameters)
                .execute();
    }

    private static List<String> names(EngineExecutionResults results) {
        return results.testEvents()
                .started()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    @Test
    void theDisplayNameSaysHowTheStreamIsCut() {
        EngineExecutionResults results = run(Sharing.class, Map.of());

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(8).failed(0));
        assertThat(names(results))
                .containsExactly(
                        "[1] whole",
                        "[2] bytes",
                        "[3] frame-1",
                        "[4] frame+0",
                        "[5] frame+1",
                        "[6] seed:1",
                        "[7] seed:2",
                        "[8] seed:3");
    }

    @Test
    void oneWordRunsOneOfThem() {
        EngineExecutionResults results = run(Sharing.class, Map.of("pgreel.chunking", "bytes:3"));

        results.testEvents()
                .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
        assertThat(names(results)).containsExactly("[1] bytes:3");
    }

    @Test
    void aWordThatIsNoneIsRefused() {
        Event failure = run(Sharing.class, Map.of("pgreel.chunking", "byte")).allEvents().failed().stream()
                .findFirst()
                .orElseThrow();

        assertThat(failure.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .hasMessageContaining("pgreel.chunking: \"byte\" is none of whole, bytes");
    }

    @Test
    void aFailureSaysWhichOneItWasAndHowToRepeatIt() {
        List<String> messages = run(Failing.class, Map.of("pgreel.seed", "7"))
                .testEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .collect(Collectors.toList());

        assertThat(messages).hasSize(8);
        assertThat(messages.get(1))
                .contains("chunking bytes, seed 7", "asksForSomethingElse-2.txt")
                .endsWith("-Dpgreel.chunking=bytes -Dpgreel.seed=7");
    }
}
