package org.pgreel.benchmarks.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.server.ReplayServer;
import org.pgreel.replay.source.RecordingSource;

/** A replay server in a process of its own, until it is killed: journal, port to listen on. */
final class ReplayProgram {

    private ReplayProgram() {}

    /** Answers by exchanges until the process is ended. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var recording = RecordingSource.read(Recordings.open(Path.of(arguments[0])));
        ReplayServer.builder(recording)
                .listen("127.0.0.1", Integer.parseInt(arguments[1]))
                .settings(ReplaySettings.DEFAULTS.withMatching(Matching.EXCHANGE))
                .start();
        new CountDownLatch(1).await();
    }
}
