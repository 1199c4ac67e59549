package org.pgreel.recorder.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An encrypted file: its header and the encryption of its segments.
 *
 * <pre>
 *  magic(8) version(4) salt(32) check(16)
 *  segment …    up to 64 KiB, encrypted, tag(16)
 * </pre>
 *
 * <p>Each file has a key of its own, derived from the user's key and the file's random salt by HKDF with SHA-256 (RFC
 * 5869). A segment is encrypted by AES-256-GCM; its nonce is seven derived bytes, its number and whether it is the last,
 * and the header is authenticated with it. So no segment can be changed, moved, left out or cut off, nor come from another
 * file: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015). Each segment but the last is full, and
 * there is always a last one. The check is derived too and tells a wrong key from a damaged file. Confined to one thread.
 */
final class SegmentCipher {

    static final byte[] MAGIC = "PgReel\r!".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int SALT_BYTES = 32;
    static final int CHECK_BYTES = 16;
    static final int HEADER_BYTES = MAGIC.length + Integer.BYTES + SALT_BYTES + CHECK_BYTES;

    static final int SEGMENT_BYTES = 64 * 1024;
    static final int TAG_BYTES = 16;
    static final int SEALED_BYTES = SEGMENT_BYTES + TAG_BYTES;

    private static final byte[] PURPOSE = "PgReel encrypted tape 1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;
    private static final int PREFIX_BYTES = 7;
    private static final int NONCE_BYTES = 12;

    private final byte[] header;
    private final SecretKeySpec key;
    private final byte[] prefix;
    private final Cipher cipher;

    private SegmentCipher(TapeKey key, byte[] salt) {
        try {
            byte[] okm = derived(key, salt);
            this.key = new SecretKeySpec(okm, 0, KEY_BYTES, "AES");
            this.prefix = Arrays.copyOfRange(okm, KEY_BYTES, KEY_BYTES + PREFIX_BYTES);
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            this.header = ByteBuffer.allocate(HEADER_BYTES)
                    .put(MAGIC)
                    .putInt(VERSION)
                    .put(salt)
                    .put(okm, okm.length - CHECK_BYTES, CHECK_BYTES)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "This Java has no AES-GCM or HMAC-SHA-256, which every Java has to have.", e);
        }
    }

    /** Begins a file. */
    static SegmentCipher ofSalt(TapeKey key, byte[] salt) {
        return new SegmentCipher(key, salt);
    }

    /** Returns the cipher of a file's header; its {@link #header} is another if the key is not the one. */
    static SegmentCipher ofHeader(TapeKey key, byte[] header) {
        int salt = MAGIC.length + Integer.BYTES;
        return new SegmentCipher(key, Arrays.copyOfRange(header, salt, salt + SALT_BYTES));
    }

    /** HKDF: three blocks of 32 bytes, for key, prefix and check. */
    private static byte[] derived(TapeKey key, byte[] salt) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salt, "HmacSHA256"));
        byte[] extracted = mac.doFinal(key.bytes());
        mac.init(new SecretKeySpec(extracted, "HmacSHA256"));
        int blocks = 3;
        byte[] okm = new byte[blocks * KEY_BYTES];
        for (int block = 1; block <= blocks; block++) {
            if (block > 1) {
                mac.update(okm, (block - 2) * KEY_BYTES, KEY_BYTES);
            }
            mac.update(PURPOSE);
            mac.update((byte) block);
            mac.doFinal(okm, (block - 1) * KEY_BYTES);
        }
        return okm;
    }

    byte[] header() {
        return header.clone();
    }

    boolean fits(byte[] found) {
        return MessageDigest.isEqual(header, found);
    }

    /** Encrypts a segment and returns how long it has become. */
    int seal(long number, boolean last, byte[] plain, int length, byte[] sealed) {
        try {
            init(Cipher.ENCRYPT_MODE, number, last);
            return cipher.doFinal(plain, 0, length, sealed, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A segment cannot be encrypted.", e);
        }
    }

    /** Decrypts a segment and returns how long it is; -1 if it is not the one that was written there. */
    int open(long number, boolean last, byte[] sealed, int length, byte[] plain) {
        try {
            init(Cipher.DECRYPT_MODE, number, last);
            return cipher.doFinal(sealed, 0, length, plain, 0);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A segment cannot be decrypted.", e);
        }
    }

    private void init(int mode, long number, boolean last) throws GeneralSecurityException {
        if (number != (int) number) {
            throw new IllegalStateException("A file has no more than 2,147,483,648 segments of 64 KiB.");
        }
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .put(prefix)
                .putInt((int) number)
                .put((byte) (last ? 1 : 0))
                .array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(header);
    }
}
