package org.pgreel.junit;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.replay.source.UnplayableException;

/**
 * The servers of all recordings that this JVM's tests use. Each has one address until the run of all tests is over, so that
 * an application context which is kept for several classes never holds a dead one.
 */
final class RecordedServers implements AutoCloseable {
    private static final Map<String, ReplayServer> SERVERS = new ConcurrentHashMap<>();

    private RecordedServers() {}

    /** Returns what ends them all. */
    static AutoCloseable all() {
        return new RecordedServers();
    }

    /**
     * Returns the server of a recording.
     *
     * @param place the class that asks for it, for the command that records it
     */
    static ReplayServer of(Replay replay, Class<?> place) {
        return SERVERS.computeIfAbsent(replay.value(), name -> new ReplayServer(served(name, replay, place)));
    }

    private static Served served(String name, Replay replay, Class<?> place) {
        ReplayMode mode = mode(replay);
        Path tape = TapeFiles.find(name);
        String record = TapeFiles.command(place);
        if (mode == ReplayMode.RECORD || (tape == null && mode == ReplayMode.RECORD_MISSING)) {
            return new RecordingServed(name);
        }
        if (tape == null) {
            throw new ExtensionConfigurationException("there is no tape " + TapeFiles.text(name)
                    + ", and nothing is recorded in mode replay; record it: " + record);
        }
        try {
            return new TapeServed(tape, record, RunSettings.seed());
        } catch (UnplayableException | JournalException unusable) {
            throw new ExtensionConfigurationException(
                    "the tape " + tape + " cannot be played: " + unusable.getMessage() + " Record it anew: " + record,
                    unusable);
        }
    }

    private static ReplayMode mode(Replay replay) {
        return setting("PGREEL_MODE")
                .map(word -> ReplayMode.of("PGREEL_MODE", word))
                .or(() -> Optional.ofNullable(System.getProperty("pgreel.mode"))
                        .map(word -> ReplayMode.of("pgreel.mode", word)))
                .orElseGet(() -> onContinuousIntegration() ? ReplayMode.REPLAY : replay.replayMode());
    }

    private static boolean onContinuousIntegration() {
        return setting("CI")
                .map(word -> word.toLowerCase(Locale.ROOT).equals("true"))
                .orElse(false);
    }

    private static Optional<String> setting(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(word -> !word.isBlank());
    }

    /** Returns what is recorded under that name; null if it is replayed, or nobody has asked for it. */
    static @Nullable RecordingServed recording(String name) {
        ReplayServer server = SERVERS.get(name);
        return server != null && server.served() instanceof RecordingServed recording ? recording : null;
    }

    @Override
    public void close() {
        SERVERS.values().forEach(ReplayServer::stop);
        SERVERS.clear();
    }
}
