package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.pgreel.PgClient;
import org.pgreel.client.PgException;

/** What docs/junit.md shows is so. */
@Timeout(60)
class JunitPageTest {
    private static final Pattern TEXT_BLOCK = Pattern.compile("(?s)\"\"\"\\n(.*?)\"\"\"");

    /** A program that sends its order again when it does not hear that it was stored. */
    static class Orders {
        @Test
        @Script("""
                ! lost: swallow, reset @ B CommandComplete "COMMIT"
                never after lost statement <regex "insert into orders .*">
                connection * {
                  use login
                  use housekeeping
                  statement <regex "insert into orders .*"> {
                    B CommandComplete "INSERT 0 1"
                  }
                }
                """)
        void aLostAcknowledgementIsNotRetried(ReplayServer server) throws Exception {
            try (var client = PgClient.create()) {
                if (!isStored(client, server)) {
                    isStored(client, server);
                }
            }
        }

        private static boolean isStored(PgClient client, ReplayServer server) throws Exception {
            var session = client.connect(server.connectOptions().build());
            try {
                for (String sql : new String[] {"begin", "insert into orders values (1)", "commit"}) {
                    session.query(sql).get(20, TimeUnit.SECONDS);
                }
                return true;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(PgException.class);
                return false;
            } finally {
                session.close();
            }
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "junit.md"));
    }

    @Test
    void everyScriptOnThePageIsOne() throws Exception {
        var blocks = TEXT_BLOCK.matcher(page());
        int count = 0;
        while (blocks.find()) {
            org.pgreel.replay.script.Script.parse(blocks.group(1).stripIndent(), Set.of("go"));
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(2);
    }

    @Test
    void theFailureOnThePageIsOneOfARealRun() throws Exception {
        Throwable failure = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Orders.class))
                .configurationParameters(Map.of("pgreel.seed", "4711"))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();

        String shown = failure.getMessage()
                .replace("org.pgreel.junit.JunitPageTest$Orders", "org.example.OrdersTest")
                .replace("'-Dtest=JunitPageTest$Orders#", "-Dtest=OrdersTest#")
                .replace("Retried'", "Retried")
                .replace("Orders.", "OrdersTest.");
        assertThat(page()).contains("```\n" + shown + "\n```");
    }
}
