package org.pgreel.junit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.RecordingBeside;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.source.Chapter;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.scenarios.file.Certificate;
import org.pgreel.scenarios.file.ScenarioClient;

/** Answers tests from a tape. Its connections go on from one test to the next, each in the chapter of the test that is on. */
final class TapeServed implements Served {
    /** A healthy server, whose statements the recording answers. */
    private static final String HEALTHY = "connection * {\n  use login\n  F end\n}\n";

    private static final int CONNECTIONS_MAX = 10_000;

    /** A pool may leave a connection alone for as long as it likes. */
    private static final Duration PATIENCE = Duration.ofDays(365);

    private final ScriptServed play;
    private final Path tape;
    private final String record;
    private final Login login;
    private final Set<String> chapters = new HashSet<>();
    private TestChapter open = TestChapter.STARTUP;
    private boolean opened;

    /**
     * Reads the tape.
     *
     * @param record the command that records it anew
     */
    TapeServed(Path tape, String record, long seed) {
        this(tape, RecordingSource.read(Recordings.open(tape)), record, seed);
    }

    /** Takes the recording as it was read from the tape. */
    TapeServed(Path tape, PlayableRecording recording, String record, long seed) {
        this.tape = tape;
        this.record = record;
        for (PlayableConnection connection : recording.connections()) {
            connection.chapters().forEach(chapter -> chapters.add(chapter.name()));
        }
        var beside = new RecordingBeside(recording, false, TapeFiles.volatility(tape));
        ServerSettings settings = ServerSettings.DEFAULTS
                .withAuthentication(AuthenticationMethod.SCRAM_SHA_256, ServerSettings.DEFAULTS.password())
                .withScramIterations(1)
                .withVersion(beside.version())
                .withConnections(CONNECTIONS_MAX, 0, 0)
                .withPatience(PATIENCE)
                .withRecording(beside);
        this.play = new ScriptServed(
                new ServerPlan(
                        "tape " + tape,
                        org.pgreel.replay.script.Script.parse(HEALTHY),
                        settings,
                        SslMode.DISABLE,
                        Certificate.VALID,
                        ScenarioClient.DEFAULTS),
                seed);
        Map<String, String> first = recording.connections().get(0).startup();
        String user = first.getOrDefault("user", "");
        this.login = new Login(user, play.login().password(), first.getOrDefault("database", user), SslMode.DISABLE);
    }

    @Override
    public synchronized int port() {
        int port = play.port();
        if (!opened) {
            opened = true;
            play.started().open(open.played());
        }
        return port;
    }

    @Override
    public Login login() {
        return login;
    }

    @Override
    public @Nullable Path authority() {
        return null;
    }

    @Override
    public ScenarioClient client() {
        return ScenarioClient.DEFAULTS;
    }

    @Override
    public PlayReport report() {
        return play.report();
    }

    @Override
    public void signal(String label) {
        play.signal(label);
    }

    @Override
    public void await(String label) {
        play.await(label);
    }

    /** Begins a test's chapter. Before the first, and between tests, it is that of the start-up. */
    @Override
    public synchronized void begin(Chunking chunking, TestChapter chapter) {
        play.cut(chunking);
        open = chapter;
        opened = play.running() != null;
        org.pgreel.replay.play.Chapter next = chapter.played();
        if (opened) {
            play.started().open(next);
        }
    }

    /** Tells whether the chapter of the start-up is open. */
    synchronized boolean startingUp() {
        return open.equals(TestChapter.STARTUP);
    }

    @Override
    public void rewind() {
        begin(Chunking.WHOLE, open);
    }

    @Override
    public Verdict soFar() {
        return verdict(play.soFar());
    }

    @Override
    public Verdict judge(boolean settled) {
        return verdict(play.judge(settled));
    }

    /** A test of a recording need not come to its server at all; what it missed can be recorded. */
    private synchronized Verdict verdict(Verdict played) {
        var problems = new ArrayList<>(played.report().problems());
        if (!played.report().misses().isEmpty()) {
            problems.add("  to record it: " + record);
        }
        boolean known = chapters.isEmpty() || chapters.contains(open.name());
        String chapter = open.name().isEmpty()
                ? ""
                : ", chapter " + open.name() + (known ? "" : ", of which nothing was recorded");
        return new Verdict("tape " + tape + chapter, problems, played.report(), played.chunking(), played.seed());
    }

    /** Returns the names of the chapters on the tape. */
    static Set<String> chapters(Path tape) {
        var names = new HashSet<String>();
        for (PlayableConnection connection :
                RecordingSource.read(Recordings.open(tape)).connections()) {
            connection.chapters().stream().map(Chapter::name).forEach(names::add);
        }
        return names;
    }

    @Override
    public void stop() {
        play.stop();
    }
}
