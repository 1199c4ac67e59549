package org.pgreel.recorder.tape;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.pgreel.recorder.event.EventFormat;

/** Reads a binary tape from end to end without unpacking it, and compares it with its hash. */
final class BinaryTapeCheck {

    private static final int COPIED_BYTES = 64 * 1024;

    private final TapeFile file;
    private final DataInputStream in;
    private final MessageDigest digest = HashingOutput.sha256();
    private long at;

    private BinaryTapeCheck(TapeFile file, DataInputStream in) {
        this.file = file;
        this.in = in;
    }

    static void check(TapeFile file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(file.read(0)))) {
            new BinaryTapeCheck(file, in).run();
        }
    }

    private void run() throws IOException {
        int version = version(ByteBuffer.wrap(read(BinaryTape.HEADER_BYTES)));
        int kind = read(1)[0];
        while (kind == BinaryTape.BLOCK) {
            var header = BlockHeader.of(version, ByteBuffer.wrap(read(BlockHeader.bytes(version))));
            String problem = header.problem();
            if (problem != null) {
                throw damaged(problem);
            }
            pass(header.packed());
            kind = read(1)[0];
        }
        if (kind != BinaryTape.END) {
            throw damaged("neither a block nor the end of the tape stands here");
        }
        read(BinaryTape.END_BYTES - BinaryTape.HASH_BYTES - 1);
        byte[] computed = ((MessageDigest) cloned()).digest();
        if (!MessageDigest.isEqual(computed, read(BinaryTape.HASH_BYTES))) {
            throw damaged("the tape is not as it was written: its hash does not fit; restore it from a copy");
        }
        if (in.read() >= 0) {
            throw damaged("something follows the end of the tape");
        }
    }

    private int version(ByteBuffer header) {
        int version = header.getInt(BinaryTape.MAGIC.length);
        int schema = header.getInt(BinaryTape.MAGIC.length + 4);
        if (version < BinaryTape.FIRST_VERSION
                || version > BinaryTape.VERSION
                || schema != EventFormat.SCHEMA_VERSION) {
            throw damaged("the tape is of version " + version + "." + schema + "; this program knows versions "
                    + BinaryTape.FIRST_VERSION + " to " + BinaryTape.VERSION + ", each ." + EventFormat.SCHEMA_VERSION);
        }
        return version;
    }

    private Object cloned() {
        try {
            return digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this Java cannot be taken in between.", e);
        }
    }

    private void pass(int count) throws IOException {
        int left = count;
        while (left > 0) {
            left -= read(Math.min(left, COPIED_BYTES)).length;
        }
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        try {
            in.readFully(bytes);
        } catch (EOFException e) {
            throw damaged("the tape ends before its end was due; it was not written to its end, or is cut");
        }
        digest.update(bytes);
        at += count;
        return bytes;
    }

    private RuntimeException damaged(String what) {
        return file.damaged("byte " + at, what);
    }
}
