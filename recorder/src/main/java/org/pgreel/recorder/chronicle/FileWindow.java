package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.pgreel.recorder.journal.JournalReadException;

/**
 * A stretch of a file held in memory. It reads with plain reads, never by mapping, so that a file that is cut while it is
 * read is no fault of memory; and it keeps no file open, so that readers need no closing. Confined to one thread.
 */
final class FileWindow {

    /** Who waits for the next record reads little; who goes on reading gets more and more at a time. */
    private static final int READ_BYTES_MIN = 1 << 16;

    private static final int READ_BYTES_MAX = 1 << 20;

    private final Path file;
    private byte[] buffer = new byte[READ_BYTES_MIN];
    private int ahead = READ_BYTES_MIN;
    private long start;
    private int length;
    private long fileSize;

    FileWindow(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Forgets what was read, so that the next access reads the file as it is then. */
    void forget() {
        length = 0;
        ahead = READ_BYTES_MIN;
    }

    /** Forgets what was read, but goes on reading as much at a time. */
    void readAgain() {
        length = 0;
    }

    /** Tells whether a stretch of the file is available without being read. */
    boolean isThere(long position, int bytes) {
        return position >= start && position + bytes <= start + length;
    }

    /**
     * Reads the little-endian number of four bytes as it stands in the file now, whatever was made available.
     *
     * @return 0 if the file ends before it does
     */
    int wordNow(long position) {
        ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (word.hasRemaining()) {
                if (channel.read(word, position + word.position()) < 0) {
                    return 0;
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return word.getInt(0);
    }

    private JournalReadException unreadable(IOException e) {
        return new JournalReadException("The journal's file " + file + " cannot be read: " + e.getMessage() + ".", e);
    }

    /** Returns the size of the file as it was when it was last read. */
    long fileSize() {
        return fileSize;
    }

    /**
     * Makes a stretch of the file available in {@link #buffer()}.
     *
     * @return false if the file ends before it does
     */
    boolean holds(long position, int bytes) {
        if (isThere(position, bytes)) {
            return true;
        }
        read(position, bytes);
        return bytes <= length;
    }

    /** Returns the array that holds what was made available. */
    byte[] buffer() {
        return buffer;
    }

    /** Returns the index in {@link #buffer()} of a position in the file. */
    int index(long position) {
        return (int) (position - start);
    }

    /** Returns the little-endian number of four bytes at a position that was made available. */
    int word(long position) {
        int at = index(position);
        return (buffer[at] & 0xff)
                | ((buffer[at + 1] & 0xff) << 8)
                | ((buffer[at + 2] & 0xff) << 16)
                | ((buffer[at + 3] & 0xff) << 24);
    }

    private void read(long position, int bytes) {
        int wanted = Math.max(bytes, ahead);
        if (wanted > buffer.length) {
            buffer = new byte[wanted];
        }
        ahead = Math.min(READ_BYTES_MAX, 2 * ahead);
        start = position;
        length = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            fileSize = channel.size();
            ByteBuffer target = ByteBuffer.wrap(buffer, 0, wanted);
            while (target.hasRemaining()) {
                int count = channel.read(target, position + target.position());
                if (count < 0) {
                    break;
                }
            }
            length = target.position();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
