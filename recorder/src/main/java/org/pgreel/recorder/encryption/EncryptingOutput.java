package org.pgreel.recorder.encryption;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Encrypts what is written, segment by segment. It is complete when it is closed; what was not closed reads as cut.
 * Confined to one thread.
 */
public final class EncryptingOutput extends OutputStream {

    private final OutputStream out;
    private final SegmentCipher cipher;
    private final byte[] plain = new byte[SegmentCipher.SEGMENT_BYTES];
    private final byte[] sealed = new byte[SegmentCipher.SEALED_BYTES];
    private long number;
    private int held;
    private boolean closed;

    /**
     * Begins a file.
     *
     * @param out where it goes; closed with this
     * @param key whoever has it can read it
     * @throws IOException if it cannot be written
     */
    public EncryptingOutput(OutputStream out, TapeKey key) throws IOException {
        this.out = out;
        this.cipher = SegmentCipher.ofSalt(key, SaltChance.bytes(SegmentCipher.SALT_BYTES));
        out.write(cipher.header());
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            // A full segment waits: it may be the last.
            if (held == plain.length) {
                segment(false);
            }
            int count = Math.min(left, plain.length - held);
            System.arraycopy(buffer, at, plain, held, count);
            held += count;
            at += count;
            left -= count;
        }
    }

    private void segment(boolean last) throws IOException {
        out.write(sealed, 0, cipher.seal(number++, last, plain, held, sealed));
        held = 0;
    }

    /** Ends the file; what is written afterwards would not belong to it. */
    public void finish() throws IOException {
        if (!closed) {
            closed = true;
            segment(true);
            out.flush();
        }
    }

    /** Closes the file. Without {@link #finish()} it is cut, so that half a file is never taken for a whole one. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
