package org.pgreel.recorder.proxy;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.chronicle.JournalLimits;

/** A proxy in a JVM of its own: prints its port and forwards until it is killed. */
final class ProxyProgram {

    private ProxyProgram() {}

    /** Takes the journal's directory, the server's port and the number of stripes. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Recorder recorder = new Recorder(ChronicleJournal.open(
                Path.of(arguments[0]), JournalLimits.NONE.stripes(Integer.parseInt(arguments[2]))));
        RecordingProxy proxy = RecordingProxy.builder(recorder, "127.0.0.1", Integer.parseInt(arguments[1]))
                .clientTls(ProxyCertificate.made())
                .start();
        out.println(proxy.address().getPort());
        new CountDownLatch(1).await();
    }
}
