package org.pgreel.scenarios.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.Session;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.server.ScriptServer;
import org.pgreel.scenarios.drive.Application;

/**
 * Plays runs of a sweep over TCP on the loopback interface: our client in full, the same script and the same fault. Used
 * from one thread; {@link #close} ends the client.
 */
public final class SocketPlay implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(12);
    private static final int LOOK_MILLIS = 1;
    private static final long SEED = 1;

    private final PgClient client = PgClient.builder().eventLoops(1).build();

    /** Makes ready; nothing is opened yet. */
    public SocketPlay() {}

    /**
     * Plays a session.
     *
     * @param fault what goes wrong; null for nothing
     * @param plant a bug to put around the client
     * @throws UncheckedIOException if no port can be had
     */
    public Trace of(Subject subject, @Nullable Fault fault, Plant plant) {
        var journal = new RunJournal();
        var trace = new Trace(journal);
        var application = new Application(subject.asked(), trace);
        var between = new Between(fault);
        ScriptServer.Builder builder = ScriptServer.builder(subject.scenario().script())
                .settings(subject.script().settings())
                .seed(SEED)
                .around(between::around);
        try (ScriptServer server = builder.start()) {
            ConnectOptions options = plant.options(subject.asked()
                            .options(Subject.PASSWORD, new ServerAddress.Tcp(server.host(), server.port()))
                            .operationTimeout(Play.OPERATION_LIMIT)
                            .tap(journal))
                    .build();
            var first = new FirstCallback(application, plant);
            Session session = client.connect(options, first);
            trace.session(session);
            if (!await(application, first, between, journal, session)) {
                trace.endless("the session has not ended within " + END_LIMIT.toSeconds() + " s");
                session.close();
                first.over().await(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
            trace.left(between.fired(), 0, 0, application.outstanding(), Duration.ZERO);
            return trace;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            trace.endless("the run was interrupted");
            return trace;
        }
    }

    /** Waits until the session is over, and closes it when all is done and nothing is on its way. */
    private static boolean await(
            Application application, FirstCallback first, Between between, RunJournal journal, Session session)
            throws InterruptedException {
        long looks = END_LIMIT.toMillis() / LOOK_MILLIS;
        boolean quiet = false;
        for (long look = 0; look < looks; look++) {
            if (first.over().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // What the application had not asked for by then it asks for in vain, behind the last callback.
                return finished(application, looks - look);
            }
            boolean nothing =
                    application.finished() && journal.written() == between.taken() && journal.read() == between.sent();
            if (nothing && quiet) {
                session.close();
            }
            quiet = nothing;
        }
        return false;
    }

    private static boolean finished(Application application, long looks) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (long look = 0; look < looks && !application.finished(); look++) {
            boolean unused = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return application.finished();
    }

    /** What stands between the script and the client of one run. */
    private static final class Between {
        private final @Nullable Fault fault;
        private @Nullable Tampering tampering;
        private @Nullable Traffic traffic;

        Between(@Nullable Fault fault) {
            this.fault = fault;
        }

        PlayedServer around(PlayedServer server) {
            PlayedServer inner = server;
            if (fault != null) {
                var made = new Tampering(server, fault);
                tampering = made;
                inner = made;
            }
            var counted = new Traffic(inner);
            traffic = counted;
            return counted;
        }

        boolean fired() {
            return tampering == null || tampering.fired();
        }

        long taken() {
            return traffic == null ? 0 : traffic.taken();
        }

        long sent() {
            return traffic == null ? 0 : traffic.sent();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
