package org.pgreel.recorder.tape;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The digest of the lines of one session of a text tape, by which is found whether they were changed since they were
 * written. Blanks at the ends of lines, empty lines and comments do not count. Confined to one thread.
 */
final class LineDigest {

    private final MessageDigest digest = HashingOutput.sha256();

    void add(String line) {
        String words = line.strip();
        if (!words.isEmpty() && !words.startsWith("#")) {
            digest.update(words.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
    }

    /** Returns the digest in hexadecimal digits, and begins again. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
