package org.pgreel.scenarios.check;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.server.ScriptService;
import org.pgreel.replay.server.ServerCertificate;
import org.pgreel.replay.server.ServerLoop;

/** Runs the client once against a script on a port of its own. Safe for use by several threads. */
final class PlayedClient {
    private static final String NAME = "app";
    private static final Duration PATIENCE_MORE = Duration.ofSeconds(5);
    /** How long the server may take to see that the client is gone. */
    private static final long SETTLE_MILLIS = 2_000;

    private static final long TICK_MILLIS = 20;

    private final ClientUnderTest client;
    private final ServerLoop loop;
    private final Duration timeout;
    private final UnaryOperator<PlayedServer> around;

    PlayedClient(ClientUnderTest client, ServerLoop loop, Duration timeout, UnaryOperator<PlayedServer> around) {
        this.client = client;
        this.loop = loop;
        this.timeout = timeout;
        this.around = around;
    }

    /**
     * What is played.
     *
     * @param name names the run
     * @param script the server's lines
     * @param settings what holds around the connections
     * @param asking what the client is told
     * @param certificate what the server shows in a handshake
     * @param password made for this run
     * @param seed makes keys and nonces
     */
    record Play(
            String name,
            Script script,
            ServerSettings settings,
            Honest.Asking asking,
            ServerCertificate certificate,
            String password,
            long seed) {}

    /** What the client did, and what the server saw. */
    record Played(CaseLogin login, ClientEnd end, PlayReport report) {}

    /**
     * Runs the client.
     *
     * @param within how long it may take when that is more than usual
     * @param waits is told when the client only waits
     * @throws IOException if the client or the server cannot be started
     */
    Played run(Play play, Duration within, Runnable waits) throws IOException, InterruptedException {
        return run(play, within, waits, UnaryOperator.identity());
    }

    /**
     * Runs the client.
     *
     * @param within how long it may take when that is more than usual
     * @param waits is told when the client only waits
     * @param between what stands between the client and the server of this run
     * @throws IOException if the client or the server cannot be started
     */
    Played run(Play play, Duration within, Runnable waits, UnaryOperator<PlayedServer> between)
            throws IOException, InterruptedException {
        var watch = new RunWatch();
        Duration limit = within.compareTo(timeout) > 0 ? within : timeout;
        AuthenticationMethod method = play.settings().authentication();
        ServerSettings settings =
                play.settings().withAuthentication(method, play.password()).withPatience(limit.plus(PATIENCE_MORE));
        try (ScriptService service = ScriptService.builder(play.script())
                .loop(loop)
                .settings(settings)
                .certificate(play.certificate())
                .seed(play.seed())
                .singleRun()
                .listener(watch)
                .around(server -> between.apply(around.apply(server)))
                .start()) {
            var login = new CaseLogin(
                    service.host(),
                    service.port(),
                    NAME,
                    play.password(),
                    NAME,
                    play.asking().sslmode(),
                    play.asking().channelBinding(),
                    play.asking().requireAuth(),
                    play.asking().statements());
            ClientEnd end = client.run(play.name(), login, watch, RunLimits.of(limit), waits);
            settle(service, watch);
            return new Played(login, end, service.run().report());
        }
    }

    /** The client is gone; the server sees the ends of its connections a moment later. */
    private static void settle(ScriptService service, RunWatch watch) throws InterruptedException {
        long over = CheckClock.nanos() + SETTLE_MILLIS * 1_000_000;
        while (!service.quiet() && !service.run().report().passed() && CheckClock.nanos() < over) {
            watch.await(TICK_MILLIS);
        }
    }
}
