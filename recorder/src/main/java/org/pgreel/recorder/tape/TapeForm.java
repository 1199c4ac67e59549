package org.pgreel.recorder.tape;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How a tape is spelled; which of the two it is shows in its first bytes, whatever it is named. */
public enum TapeForm {
    /** The notation: a transcript a session. It diffs well. Usually named {@code .pgreel}. */
    TEXT,
    /** Compressed, with a hash over all of it. Usually named {@code .tape}. */
    BINARY;

    private static final int LOOKED_AT_BYTES = 4096;

    /**
     * Tells in which form a file is, unless it is encrypted.
     *
     * @param file the file
     * @return null if it is no tape, or encrypted
     * @throws IOException if it cannot be read
     */
    public static @Nullable TapeForm of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /** Tells in which form a tape is by its first bytes. */
    static @Nullable TapeForm of(InputStream in) throws IOException {
        byte[] head = in.readNBytes(LOOKED_AT_BYTES);
        if (head.length >= BinaryTape.MAGIC.length
                && Arrays.equals(Arrays.copyOf(head, BinaryTape.MAGIC.length), BinaryTape.MAGIC)) {
            return BINARY;
        }
        String text = new String(head, StandardCharsets.UTF_8);
        for (String line : text.split("\n", -1)) {
            String words = line.strip();
            if (!words.isEmpty() && !words.startsWith("#")) {
                return words.equals("tape") || words.startsWith("tape ") ? TEXT : null;
            }
        }
        return null;
    }
}
