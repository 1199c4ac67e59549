package org.pgreel.transport;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Wraps the older private key forms into PKCS#8 (RFC 5208), the only one that {@link java.security.KeyFactory} reads:
 *
 * <pre>
 *   PrivateKeyInfo ::= SEQUENCE { version 0, SEQUENCE { algorithm OID, parameters }, OCTET STRING key }
 * </pre>
 */
final class Pkcs8 {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int CURVE_OF_SEC1 = 0xa0;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    /** rsaEncryption, 1.2.840.113549.1.1.1, with its NULL parameters. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    /** id-ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] ELLIPTIC_CURVE = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Pkcs8() {}

    static byte[] wrapRsa(byte[] pkcs1) {
        return wrapped(RSA, pkcs1);
    }

    /** Wraps {@code ECPrivateKey ::= SEQUENCE { 1, OCTET STRING, [0] curve, [1] public key }} (RFC 5915). */
    static byte[] wrapEllipticCurve(byte[] sec1) throws GeneralSecurityException {
        int[] sequence = element(sec1, 0, SEQUENCE);
        int at = sequence[0];
        while (at < sequence[1]) {
            int[] part = element(sec1, at, -1);
            if ((sec1[at] & 0xff) == CURVE_OF_SEC1) {
                return wrapped(concat(ELLIPTIC_CURVE, Arrays.copyOfRange(sec1, part[0], part[1])), sec1);
            }
            at = part[1];
        }
        throw new GeneralSecurityException("the elliptic curve private key does not name its curve");
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return tagged(SEQUENCE, concat(concat(VERSION_0, tagged(SEQUENCE, algorithm)), tagged(OCTET_STRING, key)));
    }

    /** Returns where the contents of the DER element at {@code at} begin and end. */
    private static int[] element(byte[] der, int at, int tag) throws GeneralSecurityException {
        if (at + 2 > der.length || (tag >= 0 && (der[at] & 0xff) != tag)) {
            throw new GeneralSecurityException("the elliptic curve private key is malformed");
        }
        int length = der[at + 1] & 0xff;
        int from = at + 2;
        if (length >= 0x80) {
            int digits = length & 0x7f;
            if (digits > 2 || from + digits > der.length) {
                throw new GeneralSecurityException("the elliptic curve private key is malformed");
            }
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = (length << 8) | (der[from++] & 0xff);
            }
        }
        if (from + length > der.length) {
            throw new GeneralSecurityException("the elliptic curve private key is malformed");
        }
        return new int[] {from, from + length};
    }

    private static byte[] tagged(int tag, byte[] contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(contents.length + 4);
        out.write(tag);
        if (contents.length < 0x80) {
            out.write(contents.length);
        } else if (contents.length < 0x100) {
            out.write(0x81);
            out.write(contents.length);
        } else {
            out.write(0x82);
            out.write(contents.length >> 8);
            out.write(contents.length);
        }
        out.writeBytes(contents);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
