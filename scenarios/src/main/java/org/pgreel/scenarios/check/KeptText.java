package org.pgreel.scenarios.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a program writes: read to its end so that the program is never held up, and kept up to a bound. A thread of its
 * own reads.
 */
final class KeptText {
    private static final int KEPT_BYTES = 256 << 10;
    private static final int CHUNK_BYTES = 8192;
    /** How long the end of the stream is awaited behind the end of the program: another may hold it open. */
    private static final long END_MILLIS = 1_000;

    private final InputStream stream;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);

    private long written;

    private KeptText(InputStream stream) {
        this.stream = stream;
    }

    /** Begins to read. */
    static KeptText of(InputStream stream, String threadName) {
        var text = new KeptText(stream);
        var reader = new Thread(text::read, threadName);
        reader.setDaemon(true);
        reader.start();
        return text;
    }

    private void read() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (stream) {
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                keep(chunk, count);
            }
        } catch (IOException closed) {
            // The program was killed, or its stream closed on it: what came is what there is.
        } finally {
            ended.countDown();
        }
    }

    private synchronized void keep(byte[] chunk, int count) {
        written += count;
        kept.write(chunk, 0, Math.min(count, KEPT_BYTES - kept.size()));
    }

    /** Returns what has come; once the program has ended, after a little while for the rest of it. */
    String text() throws InterruptedException {
        boolean whole = ended.await(END_MILLIS, TimeUnit.MILLISECONDS);
        synchronized (this) {
            String text = kept.toString(StandardCharsets.UTF_8);
            return whole || kept.size() < KEPT_BYTES ? text : text + "\n…\n";
        }
    }

    /** Returns how many bytes have come so far, kept or not. */
    synchronized long written() {
        return written;
    }

    /** Returns how many bytes are kept so far. */
    synchronized int length() {
        return kept.size();
    }

    /** Returns what has come behind that many bytes, so far. */
    synchronized String since(int length) {
        byte[] all = kept.toByteArray();
        return new String(all, length, all.length - length, StandardCharsets.UTF_8);
    }
}
