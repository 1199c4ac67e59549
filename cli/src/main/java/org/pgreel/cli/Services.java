package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.server.PlayedRun;
import org.pgreel.replay.server.RunListener;
import org.pgreel.replay.server.ScriptService;
import org.pgreel.replay.server.ServerLoop;
import org.pgreel.scenarios.file.Scenario;

/** Scripts that are served, one port each, all by one thread. */
final class Services {

    private static final int SETTLE_TICKS = 20;
    private static final long TICK_MILLIS = 50;

    private final Semaphore news = new Semaphore(0);
    private final ServerLoop loop = ServerLoop.start();
    private final Map<String, ScriptService> byName = new LinkedHashMap<>();

    /**
     * How scripts are served.
     *
     * @param address where; port 0 lets the system choose
     * @param unix a directory for Unix domain sockets beside the ports; null for none
     * @param chunking how writes are cut
     * @param tls the certificate, if one is given
     * @param around puts something between each script and its clients
     * @param one whether all connections belong to one run, whose verdict comes when the services stop
     * @param ended hears of each run that is over, on the thread of the servers
     */
    record Service(
            HostAndPort address,
            @Nullable Path unix,
            Chunking chunking,
            TlsOptions tls,
            boolean one,
            UnaryOperator<PlayedServer> around,
            BiConsumer<String, PlayedRun> ended) {}

    /**
     * Starts to serve the scripts.
     *
     * @throws CommandFailedException if one cannot listen, or cannot be played at all
     */
    void start(List<ServedScript> scripts, Service service) {
        String host = service.address().resolve().getAddress().getHostAddress();
        for (ServedScript script : scripts) {
            if (byName.containsKey(script.name())) {
                throw CommandFailedException.usage("two of what is to be served are named '" + script.name() + "'");
            }
            ScriptService.Builder builder = ScriptService.builder(script.script())
                    .loop(loop)
                    .listen(host, service.address().port())
                    .settings(script.settings())
                    .chunking(service.chunking())
                    .around(service.around())
                    .listener(new RunListener() {
                        @Override
                        public void ended(PlayedRun run) {
                            service.ended().accept(script.name(), run);
                        }

                        @Override
                        public void changed() {
                            if (news.availablePermits() == 0) {
                                news.release();
                            }
                        }
                    });
            if (service.one()) {
                builder.singleRun();
            }
            if (service.unix() != null) {
                builder.unix(service.unix());
            }
            Scenario scenario = script.scenario();
            if (scenario != null) {
                builder.certificate(scenario.server().certificate().shown());
            }
            if (service.tls().certificate != null && service.tls().key != null) {
                builder.certificate(service.tls().certificate, service.tls().key);
            }
            byName.put(script.name(), started(script.name(), builder));
        }
    }

    private static ScriptService started(String name, ScriptService.Builder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (NotationException e) {
            throw CommandFailedException.inputOutput(name + ": " + Failures.what(e), e);
        }
    }

    /** Returns where each listens, by name. */
    Map<String, HostAndPort> addresses() {
        var addresses = new LinkedHashMap<String, HostAndPort>();
        byName.forEach((name, service) -> addresses.put(name, new HostAndPort(service.host(), service.port())));
        return addresses;
    }

    /** The clients are gone; the servers see the ends of their connections a moment later, if they come at all. */
    void settle() throws InterruptedException {
        for (int i = 0; i < SETTLE_TICKS && !byName.values().stream().allMatch(ScriptService::quiet); i++) {
            boolean unused = news.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the runs that are going on, whose verdicts are told, and then the thread. Harmless the second time. */
    void stop() {
        var left = new ArrayList<>(byName.values());
        left.forEach(ScriptService::close);
        loop.close();
    }
}
