package org.pgreel.protocol.authentication;

import java.nio.charset.StandardCharsets;

/** The keys and signatures that RFC 5802 derives of a salted password. */
final class ScramKeys {

    private ScramKeys() {}

    static byte[] clientKey(byte[] saltedPassword) {
        return Hashes.hmac(saltedPassword, ascii("Client Key"));
    }

    static byte[] serverKey(byte[] saltedPassword) {
        return Hashes.hmac(saltedPassword, ascii("Server Key"));
    }

    static byte[] storedKey(byte[] clientKey) {
        return Hashes.sha256(clientKey);
    }

    static byte[] signature(byte[] key, String authMessage) {
        return Hashes.hmac(key, authMessage.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] xor(byte[] left, byte[] right) {
        byte[] both = left.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] ^= right[i];
        }
        return both;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
