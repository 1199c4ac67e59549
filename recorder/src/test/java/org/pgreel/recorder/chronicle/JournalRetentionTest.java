package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;

/** Whole runs go, oldest first, and never one that is still written. */
@Timeout(60)
class JournalRetentionTest {

    @TempDir
    Path directory;

    private void run(int sessions) {
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            for (int i = 0; i < sessions; i++) {
                Conversations.happen(new Recorder(journal), 3);
            }
        }
    }

    private int sessions() {
        Recording recording = Recordings.open(directory);
        assertThat(recording.verification().complete()).isTrue();
        return recording.sessions().size();
    }

    @Test
    void theOldestRunsGoUntilTheOthersFit() throws IOException {
        run(1);
        run(2);
        run(3);
        long last;
        try (var paths = Files.walk(directory.resolve("run-000003"))) {
            last = paths.filter(Files::isRegularFile)
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
        assertThat(JournalRetention.toSize(directory, Long.MAX_VALUE)).isZero();
        assertThat(sessions()).isEqualTo(6);
        assertThat(JournalRetention.toSize(directory, last)).isEqualTo(2);
        assertThat(sessions()).isEqualTo(3);
        run(1);
        assertThat(directory.resolve("run-000004")).exists();
        assertThat(sessions()).isEqualTo(4);
        assertThat(JournalRetention.toSize(directory, 0)).isEqualTo(2);
        assertThat(sessions()).isZero();
    }

    @Test
    void whatEndedLongAgoGoesAndWhatIsWrittenStays() {
        run(1);
        Instant later = Instant.now().plus(1, ChronoUnit.HOURS);
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Conversations.happen(new Recorder(journal), 1);
            assertThat(JournalRetention.endedBefore(directory, later.minus(1, ChronoUnit.DAYS)))
                    .isZero();
            assertThat(JournalRetention.endedBefore(directory, later)).isEqualTo(1);
            assertThat(JournalRetention.toSize(directory, 0)).isZero();
            assertThat(Recordings.open(directory).sessions()).hasSize(1);
            Conversations.happen(new Recorder(journal), 1);
        }
        assertThat(sessions()).isEqualTo(2);
        assertThat(JournalRetention.endedBefore(directory.resolve("none"), later))
                .isZero();
    }
}
