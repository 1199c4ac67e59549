package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.Recordings;

/** A program that was started without the JVM's flags is told which, and can read recordings all the same. */
@Timeout(60)
class MissingFlagsTest {

    @TempDir
    Path temporary;

    @Test
    void openingAJournalNamesTheThreeFlagsAndTouchesNothing() throws Exception {
        Path directory = temporary.resolve("journal");
        String output = run(Opens.class, directory);
        assertThat(output)
                .startsWith("JournalFlagsMissingException: ")
                .contains(ForkedJvm.FLAGS)
                .hasLineCount(1);
        assertThat(Files.exists(directory)).isFalse();
    }

    @Test
    void aJournalCanBeReadWithoutTheFlags() throws Exception {
        Path directory = temporary.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(directory)) {
            Conversations.happen(new Recorder(journal), 3);
        }
        assertThat(run(Reads.class, directory).strip()).isEqualTo("[session 1]");
    }

    private static String run(Class<?> main, Path directory) throws Exception {
        Process process = ForkedJvm.start(List.of(), main, directory.toString());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Opens a journal for appending and says how that went. */
    static final class Opens {

        private Opens() {}

        public static void main(String[] arguments) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            try (ChronicleJournal journal = ChronicleJournal.open(Path.of(arguments[0]))) {
                out.println("opened " + journal.run());
            } catch (JournalException e) {
                out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    /** Reads a journal and says which sessions it holds. */
    static final class Reads {

        private Reads() {}

        public static void main(String[] arguments) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            out.println(Recordings.open(Path.of(arguments[0])).sessions());
        }
    }
}
