package org.pgreel.recorder.redaction;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.Set;

/** The key of a redaction: whoever has it can compute pseudonyms, and values from them. Never printed. Immutable. */
public final class RedactionKey {

    /** What a key holds at least; less could be guessed. */
    private static final int SECRET_BYTES_MIN = 16;

    private static final int FILE_BYTES_MAX = 64 * 1024;

    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final byte[] hash;

    private RedactionKey(byte[] secret) {
        if (secret.length < SECRET_BYTES_MIN) {
            throw new RedactionException("A key of redaction has " + SECRET_BYTES_MIN
                    + " bytes at least, and this one has " + secret.length + "; make one with 'openssl rand -hex 32'.");
        }
        try {
            this.hash = MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java has to have.", e);
        }
    }

    /** Returns the key that a text is, blanks at its ends taken away. */
    public static RedactionKey of(String secret) {
        return new RedactionKey(secret.strip().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the key in a file, blanks and line ends at its ends taken away.
     *
     * @throws RedactionException if others than its owner may use it, or it holds no key
     */
    public static RedactionKey read(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(FOR_OTHERS::contains)) {
            throw new RedactionException(
                    "The key file " + file + " is open to others than its owner; run chmod 0600 on it.");
        }
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new RedactionException("The key file " + file + " is longer than " + FILE_BYTES_MAX + " bytes.");
        }
        return of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return hash.clone();
    }

    @Override
    public String toString() {
        return "a key of redaction";
    }
}
