package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.script.Script;

/** One port, many runs: each with a verdict of its own. */
@Timeout(60)
@SuppressWarnings("try") // What a close does, also the second time, is what is tested.
final class ScriptServiceTest {
    private static final Bytes STARTUP = StartupMessage.of(StartupMessage.VERSION_3_0, TestRecording.user("alice"))
            .toBytes();
    private static final Bytes PING = new Query("select 1").toBytes();
    private static final Bytes DEPARTURE = new Query("select 2").toBytes();
    private static final Bytes TERMINATE = new Terminate().toBytes();

    private static final String LOGIN = "use login\nuse housekeeping\nF end\n";
    private static final String TWO = """
            connection 1 {
              use login
              F end
            }
            connection 2 {
              use login
              F end
            }
            """;

    private final BlockingQueue<PlayedRun> ended = new LinkedBlockingQueue<>();

    private ScriptService.Builder service(String script) {
        return ScriptService.builder(Script.parse(script)).listener(new RunListener() {
            @Override
            public void ended(PlayedRun run) {
                ended.add(run);
            }
        });
    }

    private @Nullable PlayedRun next() throws InterruptedException {
        return ended.poll(10, TimeUnit.SECONDS);
    }

    /** Sends all at once and reads to the end of the server's stream. */
    private static String talk(ScriptService service, Bytes... messages) throws IOException {
        try (var client = new Socket(service.host(), service.port())) {
            client.setSoTimeout(10_000);
            for (Bytes message : messages) {
                client.getOutputStream().write(message.toArray());
            }
            client.shutdownOutput();
            return Bytes.wrap(client.getInputStream().readAllBytes()).text();
        }
    }

    @Test
    void eachConnectionBehindARunThatIsOverBeginsANewOne() throws Exception {
        try (ScriptService service = service(LOGIN).start()) {
            talk(service, STARTUP, PING, TERMINATE);
            assertThat(next()).isNotNull().satisfies(run -> {
                assertThat(run.number()).isEqualTo(1);
                assertThat(run.report().passed()).isTrue();
                assertThat(run.sentence()).isEqualTo("played to the end");
            });

            assertThat(talk(service, STARTUP, DEPARTURE)).contains("RP002");
            assertThat(next()).isNotNull().satisfies(run -> {
                assertThat(run.number()).isEqualTo(2);
                assertThat(run.sentence()).contains("expected F end", "got F Query \"select 2\"");
            });

            talk(service, STARTUP, TERMINATE);
            assertThat(next()).isNotNull().satisfies(run -> {
                assertThat(run.number()).isEqualTo(3);
                assertThat(run.report().passed()).isTrue();
                assertThat(run.report().connections()).hasSize(1);
            });
        }
    }

    @Test
    void aRunWaitsForAConnectionThatTheScriptAwaits() throws Exception {
        try (ScriptService service = service(TWO).start()) {
            talk(service, STARTUP, TERMINATE);
            assertThat(service.quiet()).isTrue();
            assertThat(ended).isEmpty();
            assertThat(service.run().sentence()).isEqualTo("connection 2 never came");

            talk(service, STARTUP, TERMINATE);

            assertThat(next()).isNotNull().satisfies(run -> {
                assertThat(run.number()).isEqualTo(1);
                assertThat(run.report().passed()).isTrue();
            });
        }
    }

    @Test
    void aRunThatIsNotOverEndsWithTheService() throws Exception {
        try (ScriptService service = service(TWO).start()) {
            talk(service, STARTUP, TERMINATE);
            service.close();

            assertThat(next())
                    .isNotNull()
                    .satisfies(run -> assertThat(run.sentence()).isEqualTo("connection 2 never came"));
            assertThat(service.run().number()).isEqualTo(1);
        }
    }

    @Test
    void aServiceToWhichNobodyCameHasNoRun() throws Exception {
        try (ScriptService service = service(LOGIN).start()) {
            service.close();
        }

        assertThat(ended).isEmpty();
    }

    @Test
    void manyServicesShareOneThread() throws Exception {
        int threads = threads();
        try (ServerLoop loop = ServerLoop.start();
                ScriptService first = service(LOGIN).loop(loop).start();
                ScriptService second = service(LOGIN).loop(loop).start();
                ScriptService third = service("use tls\nF end\n").loop(loop).start()) {
            talk(first, STARTUP, TERMINATE);
            talk(second, STARTUP, TERMINATE);

            assertThat(next()).isNotNull();
            assertThat(next()).isNotNull();
            assertThat(threads()).isLessThanOrEqualTo(threads + 1);
            assertThat(third.certificate()).isPresent();
            first.close();
            talk(second, STARTUP, TERMINATE);
            assertThat(next()).isNotNull();
        }
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pgreel-replay"))
                .count();
    }
}
