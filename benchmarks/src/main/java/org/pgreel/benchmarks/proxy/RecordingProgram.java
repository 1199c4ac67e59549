package org.pgreel.benchmarks.proxy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.chronicle.JournalLimits;
import org.pgreel.recorder.proxy.RecordingProxy;

/** A recording proxy in a process of its own, until it is killed: journal, port to listen on, port of the server, stripes. */
final class RecordingProgram {

    private RecordingProgram() {}

    /** Forwards until the process is ended. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ChronicleJournal journal = ChronicleJournal.open(
                Path.of(arguments[0]), JournalLimits.NONE.stripes(Integer.parseInt(arguments[3])));
        RecordingProxy.builder(new Recorder(journal), "127.0.0.1", Integer.parseInt(arguments[2]))
                .listen("127.0.0.1", Integer.parseInt(arguments[1]))
                .upstreamSslMode(SslMode.DISABLE)
                .start();
        new CountDownLatch(1).await();
    }
}
