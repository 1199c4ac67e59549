package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of a run whose stripes are written side by side: it counts the records of all of them. A record gets its time
 * under the lock of its stripe, so within a stripe times rise, and what was passed on before a record of another stripe
 * was written has the lesser time.
 *
 * <p>Beside the stripes lies a small file with the lowest of their clocks: all records before it can be read. It is written
 * anew only if something was recorded meanwhile, so a journal that is silent writes nothing.
 *
 * <pre>
 *  0        8
 *  | clock  | CRC32C |
 * </pre>
 *
 * <p>{@link #tick} is safe for use by many threads, the rest is used by one at a time.
 */
final class RunClock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunClock.class);

    private static final String FILE = "clock";
    private static final int BYTES = Long.BYTES + Integer.BYTES;

    private final AtomicLong time = new AtomicLong();
    private final FileChannel channel;
    private long told;

    private RunClock(FileChannel channel) {
        this.channel = channel;
    }

    /** Begins the clock of a new run. */
    static RunClock begin(RunDirectory run) throws IOException {
        Path file = run.path().resolve(FILE);
        Files.createFile(file);
        PrivateFiles.makePrivate(file);
        RunClock clock = new RunClock(FileChannel.open(file, StandardOpenOption.WRITE));
        clock.write(0);
        return clock;
    }

    /** Returns the time of the next record. */
    long tick() {
        return time.getAndIncrement();
    }

    /** Returns the present time, before which lie all records that have one. */
    long now() {
        return time.get();
    }

    /** Tells readers that all records before a moment are there. */
    void tell(long moment) {
        if (moment <= told) {
            return;
        }
        try {
            write(moment);
            told = moment;
        } catch (IOException e) {
            // Who follows waits longer where a record is missing; the next attempt is a moment away.
            LOG.debug("The clock of the run cannot be written: {}", e.toString());
        }
    }

    private void write(long moment) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(moment);
        bytes.putInt(checksum(bytes.array())).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, Long.BYTES);
        return (int) checksum.getValue();
    }

    /** Returns the lowest of the clocks of a run's stripes as it was last told; 0 if that cannot be read just now. */
    static long read(RunDirectory run) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(run.path().resolve(FILE)));
            if (bytes.remaining() != BYTES) {
                return 0;
            }
            long moment = bytes.getLong();
            return bytes.getInt() == checksum(bytes.array()) ? moment : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
