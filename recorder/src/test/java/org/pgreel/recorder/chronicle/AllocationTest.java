package org.pgreel.recorder.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.Recorder;
import org.pgreel.tap.SessionTap;

/** Recording a chunk makes no garbage. */
@Timeout(60)
class AllocationTest {

    private static final int CHUNKS = 100_000;

    @TempDir
    Path temporary;

    @Test
    void aChunkIsRecordedWithoutAllocating() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] row = Conversations.oneRow("a value of some length");
        try (ChronicleJournal journal = ChronicleJournal.open(temporary.resolve("journal"))) {
            SessionTap session = Conversations.begin(new Recorder(journal));
            record(session, row);
            long before = threads.getCurrentThreadAllocatedBytes();
            record(session, row);
            long perChunk = (threads.getCurrentThreadAllocatedBytes() - before) / CHUNKS;
            // Chronicle Queue maps a new block now and then, which is nothing for each chunk.
            assertThat(perChunk).isZero();
        }
    }

    private static void record(SessionTap session, byte[] row) {
        for (int i = 0; i < CHUNKS; i++) {
            Conversations.read(session, row);
        }
    }
}
