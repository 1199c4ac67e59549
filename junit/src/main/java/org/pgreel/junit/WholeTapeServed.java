package org.pgreel.junit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.scenarios.file.ScenarioClient;

/** Answers from a tape as a whole, whatever chapters it has: each run has all of it, with the same faults laid over it. */
final class WholeTapeServed implements Served {
    private final List<String> overlay;
    private final TapeServed tape;

    WholeTapeServed(Path file, List<String> overlay, long seed) {
        this.overlay = List.copyOf(overlay);
        this.tape = new TapeServed(
                file, recording(file), "pgreel record --upstream HOST:PORT --tape " + file + " -- COMMAND", seed);
        begin(Chunking.WHOLE, TestChapter.STARTUP);
    }

    /** Reads the recording without its chapters. */
    static PlayableRecording recording(Path file) {
        var connections = new ArrayList<PlayableConnection>();
        for (PlayableConnection one :
                RecordingSource.read(Recordings.open(file)).connections()) {
            connections.add(new PlayableConnection(
                    one.id(),
                    one.startup(),
                    one.greeting(),
                    one.ready(),
                    one.processId(),
                    one.frontend(),
                    one.releases(),
                    one.ending(),
                    List.of()));
        }
        return new PlayableRecording(connections);
    }

    @Override
    public void begin(Chunking chunking, TestChapter chapter) {
        var lines = new ArrayList<>(overlay);
        lines.addAll(chapter.overlay());
        tape.begin(chunking, new TestChapter("", lines));
    }

    @Override
    public int port() {
        return tape.port();
    }

    @Override
    public Login login() {
        return tape.login();
    }

    @Override
    public @Nullable Path authority() {
        return tape.authority();
    }

    @Override
    public ScenarioClient client() {
        return tape.client();
    }

    @Override
    public PlayReport report() {
        return tape.report();
    }

    @Override
    public void signal(String label) {
        tape.signal(label);
    }

    @Override
    public void await(String label) {
        tape.await(label);
    }

    @Override
    public void rewind() {
        tape.rewind();
    }

    @Override
    public Verdict soFar() {
        return tape.soFar();
    }

    @Override
    public Verdict judge(boolean settled) {
        return tape.judge(settled);
    }

    @Override
    public void stop() {
        tape.stop();
    }
}
