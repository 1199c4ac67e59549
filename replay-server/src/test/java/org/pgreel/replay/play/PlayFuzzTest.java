package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.replay.engine.ReplayTimer;
import org.pgreel.replay.script.ScriptSamples;

/** Whatever clients do, a scripted server judges them and never fails itself, and leaves no timer behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlayFuzzTest {
    private static final List<String> MESSAGES = List.of(
            "F SSLRequest",
            "F StartupMessage 3.0 user=\"ada\"",
            "F StartupMessage 3.2 user=\"postgres\" database=\"engine\"",
            "F CancelRequest 1 x\"00000000\"",
            "F Query \"select 1\"",
            "F Query \"select n from numbers\"",
            "F Query \"copy t to stdout\"",
            "F Query \"begin\"",
            "F Parse \"\" \"select 1\"",
            "F Parse \"\" \"select 2\"",
            "F Bind",
            "F Bind \"\" \"x\"",
            "F Describe P",
            "F Describe S",
            "F Execute",
            "F Execute \"\" 1",
            "F Close S",
            "F Flush",
            "F Sync",
            "F CopyDone",
            "F Terminate");

    static List<String> samples() {
        return ScriptSamples.NAMES.stream()
                .filter(name -> !name.equals("samples"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anyBehaviourIsJudged(String name) {
        var random = new Random(name.hashCode());
        for (int i = 0; i < 150; i++) {
            var run = new TestRun(
                    ScriptSamples.text(name), ServerSettings.DEFAULTS, new Chunking.Seeded(random.nextLong()));
            var clients = new ArrayList<TestConnection>();
            for (int act = 0; act < 40; act++) {
                if (clients.size() < 4 && random.nextInt(8) == 0 || clients.isEmpty()) {
                    clients.add(run.connect());
                }
                acts(clients.get(random.nextInt(clients.size())), random);
            }
            clients.forEach(client -> client.full(false));
            clients.forEach(client -> client.ends().waits(Duration.ofMinutes(2)));

            assertThat(run.engine.report().connections()).hasSameSizeAs(clients);
            assertThat(clients)
                    .allMatch(client -> client.closed || client.aborted || client.paused)
                    .noneMatch(client -> client.armed(ReplayTimer.PATIENCE));
        }
    }

    private static void acts(TestConnection client, Random random) {
        switch (random.nextInt(12)) {
            case 0 -> client.waits(Duration.ofMillis(random.nextInt(4000)));
            case 1 ->
                client.input().received(new byte[] {(byte) random.nextInt(), 0, 0, 0, 9, 1}, 0, random.nextInt(7));
            case 2 -> client.ends();
            case 3 -> client.full(random.nextBoolean());
            case 4 -> client.says(MESSAGES.get(1));
            default -> client.says(MESSAGES.get(random.nextInt(MESSAGES.size())));
        }
    }
}
