package org.pgreel.replay.server;

import java.util.Map;
import java.util.Optional;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordingSource;

/**
 * A client that was recorded against a real PostgreSQL, which is gone.
 *
 * @param <R> what the client came to
 * @param result what the client came to
 * @param user as whom it logged in
 * @param recording what was recorded
 */
record RecordedRun<R>(R result, String user, PlayableRecording recording) {

    /** A client: connects to where it is told and returns what it saw. */
    @FunctionalInterface
    interface Client<R> {
        R run(Target target) throws Exception;
    }

    /**
     * Where a client connects.
     *
     * @param port on 127.0.0.1, the proxy's or the replay's
     * @param server the real server, to look behind the proxy; absent in a replay
     */
    record Target(int port, String user, String password, Optional<PostgresServer> server) {

        Map<String, String> environment() {
            return Map.of(
                    "PGHOST",
                    "127.0.0.1",
                    "PGPORT",
                    String.valueOf(port),
                    "PGUSER",
                    user,
                    "PGDATABASE",
                    "postgres",
                    "PGPASSWORD",
                    password);
        }

        String jdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        }
    }

    /** Starts a PostgreSQL, records the client against it and stops both. */
    static <R> RecordedRun<R> of(Client<R> client) throws Exception {
        return of(server -> {}, client);
    }

    /** The same, with something done to the server before, unrecorded. */
    static <R> RecordedRun<R> of(Preparation preparation, Client<R> client) throws Exception {
        var journal = new InMemoryJournal("test");
        try (PostgresServer server =
                PostgresServer.start(PostgresOptions.defaults().tls())) {
            preparation.prepare(server);
            R result = throughProxy(server, journal, client);
            Recording recording = Recordings.of(journal);
            return new RecordedRun<>(result, server.user(), RecordingSource.read(recording));
        }
    }

    private static <R> R throughProxy(PostgresServer server, InMemoryJournal journal, Client<R> client)
            throws Exception {
        var recorder = new Recorder(journal);
        try (RecordingProxy proxy =
                RecordingProxy.builder(recorder, server.host(), server.port()).start()) {
            int port = proxy.address().getPort();
            return client.run(new Target(port, server.user(), server.password(), Optional.of(server)));
        }
    }

    /** Something done to a server. */
    @FunctionalInterface
    interface Preparation {
        void prepare(PostgresServer server) throws Exception;
    }

    /** Returns where a replay of this run is reached, with a password of its own. */
    Target target(ReplayServer server, String newPassword) {
        return new Target(server.port(), user, newPassword, Optional.empty());
    }
}
