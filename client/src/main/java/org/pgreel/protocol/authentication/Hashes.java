package org.pgreel.protocol.authentication;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The digests that every Java platform must have, without their checked exceptions.
 *
 * <p>Each is a copy of one that is never used itself: to look for an algorithm's provider costs more than to hash what a
 * login hashes, a dozen times. Safe for use by many threads.
 */
final class Hashes {

    private static final String HMAC = "HmacSHA256";

    private static final Mac BLANK_HMAC = blankHmac();
    private static final MessageDigest BLANK_SHA_256 = blank("SHA-256");

    private Hashes() {}

    static byte[] sha256(byte[] data) {
        try {
            return ((MessageDigest) BLANK_SHA_256.clone()).digest(data);
        } catch (CloneNotSupportedException e) {
            // So may the provider of a hardware module answer.
            return blank("SHA-256").digest(data);
        }
    }

    static MessageDigest md5() {
        return blank("MD5");
    }

    static byte[] hmac(byte[] key, byte[] data) {
        return hmacWith(key).doFinal(data);
    }

    static Mac hmacWith(byte[] key) {
        Mac mac = freshHmac();
        try {
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw missing(HMAC, e);
        }
    }

    private static Mac freshHmac() {
        try {
            return (Mac) BLANK_HMAC.clone();
        } catch (CloneNotSupportedException e) {
            return blankHmac();
        }
    }

    private static Mac blankHmac() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            // With any key: only now is its provider chosen, which copying by many threads must not do.
            mac.init(new SecretKeySpec(new byte[1], HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw missing(HMAC, e);
        }
    }

    private static MessageDigest blank(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw missing(algorithm, e);
        }
    }

    private static IllegalStateException missing(String algorithm, GeneralSecurityException e) {
        return new IllegalStateException("this Java's security policy has no " + algorithm, e);
    }
}
