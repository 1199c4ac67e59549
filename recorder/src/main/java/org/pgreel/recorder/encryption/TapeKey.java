package org.pgreel.recorder.encryption;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The key of encrypted tapes: 32 bytes, as 64 hexadecimal digits or in base64. Whoever has it can read them. Never
 * printed, and in no message. Immutable.
 */
public final class TapeKey {

    /** The variable of the environment that holds a key where none is named. */
    public static final String VARIABLE = "PGREEL_TAPE_KEY";

    private static final int BYTES = 32;
    private static final int FILE_BYTES_MAX = 4096;

    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final byte[] bytes;

    private TapeKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the key that a text is, blanks at its ends taken away.
     *
     * @param text the key's digits
     * @param where where the text comes from, to be named in a message
     * @throws TapeKeyException if it is no key
     */
    public static TapeKey of(String text, String where) {
        String digits = text.strip();
        byte[] bytes = null;
        try {
            if (digits.length() == 2 * BYTES) {
                bytes = HexFormat.of().parseHex(digits);
            } else if (digits.length() == 43 || digits.length() == 44) {
                bytes = Base64.getDecoder().decode(digits);
            }
        } catch (IllegalArgumentException e) {
            // Neither the digits nor what is wrong with them may be told.
            bytes = null;
        }
        if (bytes == null || bytes.length != BYTES) {
            throw new TapeKeyException("What " + where + " holds is no key: a key of tapes is " + BYTES
                    + " bytes, as 64 hexadecimal digits or in base64; make one with 'openssl rand -hex 32'.");
        }
        return new TapeKey(bytes);
    }

    /**
     * Reads a file that holds a key and nothing else.
     *
     * @throws TapeKeyException if it cannot be read, others than its owner may use it, or it holds no key
     */
    public static TapeKey read(Path file) {
        String where = "the key file " + file;
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(FOR_OTHERS::contains)) {
                throw new TapeKeyException(
                        "The key file " + file + " is open to others than its owner; run chmod 0600 on it.");
            }
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new TapeKeyException("The key file " + file + " is longer than " + FILE_BYTES_MAX + " bytes.");
            }
            return of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), where);
        } catch (IOException e) {
            throw new TapeKeyException("The key file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + "); name one that is there.");
        }
    }

    /**
     * Returns the key in a variable of the environment.
     *
     * @throws TapeKeyException if the variable is not set or holds no key
     */
    public static TapeKey ofVariable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new TapeKeyException("There is no key: the variable " + name
                    + " is not set, and no file was named; a key is made by 'openssl rand -hex 32'.");
        }
        return of(value, "the variable " + name);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "a key of tapes";
    }
}
