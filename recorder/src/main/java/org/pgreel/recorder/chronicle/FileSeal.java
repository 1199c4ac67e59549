package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The length and checksum of what Chronicle Queue put at the beginning of a file, before the first record. It stays as it
 * is when the run has ended, so a change can be found although no reader of ours uses it.
 */
final class FileSeal {

    private static final int BYTES_MAX = 1 << 20;

    private FileSeal() {}

    /** Seals the beginning of a file up to a position. */
    static String of(Path file, long to) throws IOException {
        if (to < 0 || to > BYTES_MAX) {
            throw new IOException("a file of the queue has its first record at " + to);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) to);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                // Reads on until all is read, or the file ends before.
            }
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.flip());
        return to + ":" + Long.toHexString(checksum.getValue());
    }

    /** Returns whether the beginning of a file is as it was sealed. */
    static boolean holds(Path file, String seal) throws IOException {
        String to = seal.substring(0, Math.max(0, seal.indexOf(':')));
        try {
            return of(file, Long.parseLong(to)).equals(seal);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
