package org.pgreel.recorder.encryption;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads an encrypted file from any place on, a segment at a time. Nothing is given out before its segment was found to be
 * the one that was written there. Safe for use by many threads; its streams are not.
 */
public final class EncryptedFile {

    private final Path path;
    private final TapeKey key;
    private final byte[] header;
    private final long bodyBytes;

    private EncryptedFile(Path path, TapeKey key, byte[] header, long bodyBytes) {
        this.path = path;
        this.key = key;
        this.header = header;
        this.bodyBytes = bodyBytes;
    }

    /** Returns whether a file says that it is encrypted. */
    public static boolean is(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(SegmentCipher.MAGIC.length), SegmentCipher.MAGIC);
        }
    }

    /**
     * Opens a file that {@link #is} encrypted.
     *
     * @param path the file
     * @param keys who gives its key
     * @throws TapeKeyException if there is no key, or it is another
     * @throws EncryptedFileException if it is cut, or of a version that is not known
     * @throws IOException if it cannot be read
     */
    public static EncryptedFile open(Path path, TapeKeys keys) throws IOException {
        byte[] header;
        try (InputStream in = Files.newInputStream(path)) {
            header = in.readNBytes(SegmentCipher.HEADER_BYTES);
        }
        if (header.length < SegmentCipher.HEADER_BYTES) {
            throw new EncryptedFileException("its header is cut");
        }
        int version = ByteBuffer.wrap(header).getInt(SegmentCipher.MAGIC.length);
        if (version != SegmentCipher.VERSION) {
            throw new EncryptedFileException(
                    "it is encrypted in version " + version + "; this program knows version " + SegmentCipher.VERSION);
        }
        TapeKey key;
        try {
            key = keys.key();
        } catch (TapeKeyException e) {
            throw new TapeKeyException("The tape " + path + " is encrypted. " + e.getMessage());
        }
        if (!SegmentCipher.ofHeader(key, header).fits(header)) {
            throw new TapeKeyException("The tape " + path + " is encrypted with another key than the one that was given"
                    + " (or its first " + SegmentCipher.HEADER_BYTES
                    + " bytes were changed); give the key it was made with.");
        }
        return new EncryptedFile(path, key, header, Files.size(path) - SegmentCipher.HEADER_BYTES);
    }

    /**
     * Begins to read.
     *
     * @param offset where, in what was encrypted
     * @return what was encrypted; reading fails with an {@link EncryptedFileException} where the file was changed or cut
     * @throws IOException if it cannot be read
     */
    public InputStream read(long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path);
        try {
            // The end of what was encrypted lies in the last segment, though that is full.
            long last = Math.max(0, (bodyBytes - 1) / SegmentCipher.SEALED_BYTES);
            long segment = Math.min(offset / SegmentCipher.SEGMENT_BYTES, last);
            channel.position(SegmentCipher.HEADER_BYTES + segment * SegmentCipher.SEALED_BYTES);
            InputStream in = new Decrypting(
                    new BufferedInputStream(Channels.newInputStream(channel), SegmentCipher.SEALED_BYTES), segment);
            in.skipNBytes(offset - segment * SegmentCipher.SEGMENT_BYTES);
            return in;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** One reading. */
    private final class Decrypting extends InputStream {

        private final InputStream in;
        private final SegmentCipher cipher = SegmentCipher.ofHeader(key, header);
        private final byte[] sealed = new byte[SegmentCipher.SEALED_BYTES];
        private final byte[] plain = new byte[SegmentCipher.SEALED_BYTES];
        private long number;
        private int at;
        private int held;
        private boolean atEnd;

        Decrypting(InputStream in, long segment) {
            this.in = in;
            this.number = segment;
        }

        @Override
        public int read() throws IOException {
            return more() ? plain[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int count = Math.min(length, held - at);
            System.arraycopy(plain, at, buffer, from, count);
            at += count;
            return count;
        }

        private boolean more() throws IOException {
            while (at == held && !atEnd) {
                segment();
            }
            return at < held;
        }

        private void segment() throws IOException {
            int length = in.readNBytes(sealed, 0, sealed.length);
            // As long as the file was when it was opened: each reading sees the same last segment.
            boolean last = (number + 1) * SegmentCipher.SEALED_BYTES >= bodyBytes;
            at = 0;
            held = length < SegmentCipher.TAG_BYTES ? -1 : cipher.open(number, last, sealed, length, plain);
            if (held < 0) {
                held = 0;
                atEnd = true;
                throw new EncryptedFileException("segment " + (number + 1) + ", at byte "
                        + (SegmentCipher.HEADER_BYTES + number * SegmentCipher.SEALED_BYTES)
                        + ", is not as it was written: the file was changed or cut; restore it from a copy");
            }
            atEnd = last;
            number++;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
