package org.pgreel.replay.server;

import java.util.Map;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordingSource;

/**
 * A client that was recorded against a real PostgreSQL, which is gone.
 *
 * @param <R> what the client came to
 * @param result what the client came to
 * @param user as whom it logged in
 * @param password the recorded server's password
 * @param recording what was recorded
 */
record RecordedRun<R>(R result, String user, String password, PlayableRecording recording) {

    /** A client: connects to where it is told and returns what it saw. */
    @FunctionalInterface
    interface Client<R> {
        R run(Target target) throws Exception;
    }

    /**
     * Where a client connects.
     *
     * @param port on 127.0.0.1, the relay's or the replay's
     * @param server the real server, to look behind the relay; absent in a replay
     */
    record Target(int port, String user, String password, java.util.Optional<PostgresServer> server) {

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
        try (PostgresServer server = PostgresServer.start(PostgresOptions.defaults())) {
            preparation.prepare(server);
            try (RecordingRelay relay = new RecordingRelay(server.host(), server.port())) {
                var target = new Target(relay.port(), server.user(), server.password(), java.util.Optional.of(server));
                R result = client.run(target);
                Recording recording = relay.stop();
                return new RecordedRun<>(result, server.user(), server.password(), RecordingSource.read(recording));
            }
        }
    }

    /** Something done to a server. */
    @FunctionalInterface
    interface Preparation {
        void prepare(PostgresServer server) throws Exception;
    }

    /** Returns where a replay of this run is reached, with a password of its own. */
    Target target(ReplayServer server, String newPassword) {
        return new Target(server.port(), user, newPassword, java.util.Optional.empty());
    }
}
