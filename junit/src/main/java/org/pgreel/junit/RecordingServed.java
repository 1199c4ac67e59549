package org.pgreel.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.scenarios.file.ScenarioClient;

/** PostgreSQL itself, behind a proxy that records in memory what the tests and it say to each other. */
final class RecordingServed implements Served {
    private final String name;
    private final InMemoryJournal journal =
            new InMemoryJournal(UUID.randomUUID().toString());
    private final Recorder recorder = new Recorder(journal);
    private final Set<String> recorded = new LinkedHashSet<>();
    private final Set<String> failed = new TreeSet<>();
    private @Nullable Upstream upstream;
    private @Nullable RecordingProxy proxy;
    private boolean stopped;

    RecordingServed(String name) {
        this.name = name;
        recorder.chapter(TestChapter.STARTUP.name());
    }

    @Override
    public synchronized int port() {
        return started().address().getPort();
    }

    private RecordingProxy started() {
        if (stopped) {
            throw new IllegalStateException("The server that recorded " + name + " was stopped with its tests");
        }
        if (proxy == null) {
            Upstream server = Upstream.start(name);
            upstream = server;
            try {
                proxy = RecordingProxy.builder(recorder, server.host(), server.port())
                        .upstreamSslMode(server.sslMode())
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return proxy;
    }

    @Override
    public synchronized Login login() {
        started();
        Upstream server = upstream;
        if (server == null) {
            throw new AssertionError("A proxy that was started has its server, please report this");
        }
        return new Login(server.user(), server.password(), server.database(), SslMode.DISABLE);
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
        return PlayReport.NOTHING;
    }

    @Override
    public void signal(String label) {
        throw new ExtensionConfigurationException(
                "nothing awaits \"" + label + "\" while " + name + " is being recorded");
    }

    /** No fault is laid while the recording is made. */
    @Override
    public void await(String label) {}

    @Override
    public synchronized void begin(Chunking chunking, TestChapter chapter) {
        recorder.chapter(chapter.name());
        if (!chapter.equals(TestChapter.STARTUP)) {
            recorded.add(chapter.name());
        }
    }

    @Override
    public void rewind() {}

    @Override
    public Verdict soFar() {
        return new Verdict("PostgreSQL, while " + name + " is recorded", List.of(), report(), Chunking.WHOLE, 0);
    }

    @Override
    public Verdict judge(boolean settled) {
        return soFar();
    }

    /** A test has failed: what was recorded of it is worth nothing. */
    synchronized void failed(String chapter) {
        failed.add(chapter);
    }

    /** Returns the chapters of the tests that have failed. */
    synchronized Set<String> failed() {
        return Set.copyOf(failed);
    }

    /** Returns the chapters of the tests that were recorded. */
    synchronized Set<String> recorded() {
        return Set.copyOf(recorded);
    }

    /** Returns the recording's name. */
    String name() {
        return name;
    }

    /** Writes what was recorded so far; returns where, or null if nobody has spoken to the server. */
    synchronized @Nullable Path write() throws IOException {
        var recording = Recordings.of(journal);
        return recording.sessions().isEmpty() ? null : TapeFiles.write(name, recording);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (proxy != null) {
            proxy.close();
        }
        if (upstream != null) {
            upstream.close();
        }
    }
}
