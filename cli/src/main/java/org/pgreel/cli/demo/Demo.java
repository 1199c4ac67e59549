package org.pgreel.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.pgreel.PgClient;
import org.pgreel.cli.demo.DemoResult.Replayed;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.AuthMethod;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.postgres.PostgresSource;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.server.ReplayServer;
import org.pgreel.replay.source.RecordingSource;

/**
 * The main job on a real PostgreSQL: record a session of our client and one of a foreign client, stop the database, play
 * both back to fresh clients, compare what they saw, and provoke three failures.
 */
public final class Demo {

    private static final String OUR_USER = "pilot";
    private static final String THEIR_USER = "passenger";
    private static final String DATABASE = "postgres";

    /** Of a server that lives for seconds, and of the replay; it appears in no recording. */
    private static final String PASSWORD = "demo-password";

    private final Path directory;
    private final Path journal;
    private final Consumer<String> progress;
    private final ForeignProgram foreign = ForeignProgram.ofThisMachine();

    private Demo(Path directory, Consumer<String> progress) {
        this.directory = directory;
        this.journal = directory.resolve("journal");
        this.progress = progress;
    }

    /**
     * Runs the demo.
     *
     * @param source which PostgreSQL to record
     * @param directory where to put the journal and what the clients saw; it must exist
     * @param progress told in a sentence what goes on
     * @return what it showed
     * @throws DemoFailedException if a step could not be taken
     */
    public static DemoResult run(PostgresSource source, Path directory, Consumer<String> progress)
            throws DemoFailedException, InterruptedException {
        try (PgClient client = PgClient.create()) {
            return new Demo(directory, progress).show(source, client);
        } catch (IOException | ForeignProgramException | TimeoutException e) {
            throw new DemoFailedException(String.valueOf(e.getMessage()), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new DemoFailedException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private DemoResult show(PostgresSource source, PgClient client)
            throws DemoFailedException, ExecutionException, ForeignProgramException, IOException, TimeoutException,
                    InterruptedException {
        List<String> ours;
        String theirs;
        String postgres;
        try (PostgresServer server = PostgresServer.start(options(source))) {
            postgres = server.describe();
            progress.accept("started " + postgres);
            try (ChronicleJournal opened = ChronicleJournal.open(journal)) {
                var recorder = new Recorder(opened);
                ours = DemoConversation.run(client, live(server).tap(recorder).build());
                progress.accept("recorded our client: SCRAM-SHA-256-PLUS over TLS, " + ours.size() + " lines told");
                theirs = recordForeign(server, recorder);
                progress.accept(
                        "recorded " + foreign.name() + " through the proxy: " + lines(theirs) + " lines printed");
            }
        }
        progress.accept("stopped the database");
        List<Replayed> replays = replay(client, ours, theirs);
        List<DemoResult.ProvokedFailure> failures = FailureShow.run(client);
        return new DemoResult(postgres, replays, failures, directory, journal);
    }

    private static PostgresOptions options(PostgresSource source) {
        return PostgresOptions.defaults()
                .source(source)
                .tls()
                .role(OUR_USER, PASSWORD, AuthMethod.SCRAM_SHA_256)
                .role(THEIR_USER, PASSWORD, AuthMethod.SCRAM_SHA_256);
    }

    private static ConnectOptionsBuilder live(PostgresServer server) {
        return ours(server.host(), server.port());
    }

    private String recordForeign(PostgresServer server, Recorder recorder)
            throws DemoFailedException, ForeignProgramException, IOException, InterruptedException {
        var problems = new CopyOnWriteArrayList<String>();
        String printed;
        try (RecordingProxy proxy = RecordingProxy.builder(recorder, server.host(), server.port())
                .onProblem(problems::add)
                .start()) {
            var address = proxy.address();
            printed = foreign.run(new ForeignProgram.Login(
                    address.getAddress().getHostAddress(), address.getPort(), THEIR_USER, PASSWORD, DATABASE));
        }
        if (!problems.isEmpty()) {
            throw new DemoFailedException("the proxy reported: " + problems.get(0), null);
        }
        return printed;
    }

    private static ConnectOptionsBuilder ours(String host, int port) {
        return ConnectOptions.builder()
                .host(host)
                .port(port)
                .user(OUR_USER)
                .password(PASSWORD)
                .database(DATABASE)
                .sslMode(SslMode.REQUIRE)
                .channelBinding(ChannelBinding.REQUIRE);
    }

    private List<Replayed> replay(PgClient client, List<String> ours, String theirs)
            throws ExecutionException, ForeignProgramException, IOException, TimeoutException, InterruptedException {
        Recording recording = Recordings.open(journal);
        var settings = ReplaySettings.DEFAULTS.withAuthentication(AuthenticationMethod.SCRAM_SHA_256, null, PASSWORD);
        try (ReplayServer server = ReplayServer.builder(RecordingSource.read(recording))
                .settings(settings)
                .tls()
                .start()) {
            progress.accept("replaying on " + server.host() + ":" + server.port() + ", with real SCRAM over TLS");
            List<String> oursAgain = DemoConversation.run(
                    client, ours(server.host(), server.port()).build());
            String theirsAgain =
                    foreign.run(new ForeignProgram.Login(server.host(), server.port(), THEIR_USER, PASSWORD, DATABASE));
            return List.of(
                    compared(
                            "PgReel's client",
                            "client",
                            String.join("\n", ours) + "\n",
                            String.join("\n", oursAgain) + "\n"),
                    compared(foreign.name(), foreign.name(), theirs, theirsAgain));
        }
    }

    private Replayed compared(String client, String file, String fromDatabase, String fromReplay) throws IOException {
        Files.writeString(directory.resolve(file + "-database.txt"), fromDatabase);
        Files.writeString(directory.resolve(file + "-replay.txt"), fromReplay);
        return new Replayed(client, lines(fromDatabase), fromDatabase.equals(fromReplay));
    }

    private static int lines(String text) {
        return (int) text.lines().count();
    }
}
