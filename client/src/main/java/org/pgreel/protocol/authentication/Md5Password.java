package org.pgreel.protocol.authentication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * PostgreSQL's MD5 login: {@code md5} and the digest of the digest of password and user, salted.
 *
 * <p>Weak and deprecated by PostgreSQL 18; kept because servers still ask for it.
 */
public final class Md5Password {

    private Md5Password() {}

    /**
     * Returns the answer to AuthenticationMD5Password.
     *
     * @param user the user's name, as in the StartupMessage
     * @param password the password in UTF-8; not changed
     * @param salt the four bytes that the server sent
     * @return {@code md5} and 32 hexadecimal digits
     */
    public static String answer(String user, byte[] password, byte[] salt) {
        MessageDigest md5 = Hashes.md5();
        md5.update(password);
        md5.update(user.getBytes(StandardCharsets.UTF_8));
        md5.update(hex(md5.digest()));
        md5.update(salt);
        return "md5" + HexFormat.of().formatHex(md5.digest());
    }

    /**
     * Tells whether an answer is right, in a time that does not depend on where it differs.
     *
     * @param answer what the client sent
     * @param user the user's name
     * @param password the password in UTF-8
     * @param salt the salt that it was asked with
     */
    public static boolean matches(String answer, String user, byte[] password, byte[] salt) {
        return MessageDigest.isEqual(
                answer.getBytes(StandardCharsets.UTF_8),
                answer(user, password, salt).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hex(byte[] digest) {
        return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
    }
}
