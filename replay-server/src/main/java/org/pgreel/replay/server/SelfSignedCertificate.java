package org.pgreel.replay.server;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

/**
 * A certificate made when a server starts: ECDSA on P-256 for {@code localhost}, {@code 127.0.0.1} and {@code ::1}.
 *
 * <p>Made here because neither the Java runtime nor Netty 4.2 makes one without a further library or an external
 * program. Valid from 2020 to 2049, so that no test depends on the day.
 */
record SelfSignedCertificate(X509Certificate certificate, PrivateKey key) {
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = Der.oid(0x55, 0x04, 0x03);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.oid(0x55, 0x1D, 0x11);
    private static final int SERIAL_BYTES = 16;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    static SelfSignedCertificate create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        byte[] toBeSigned = toBeSigned(keys.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(toBeSigned);
        byte[] encoded = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        var certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        return new SelfSignedCertificate(certificate, keys.getPrivate());
    }

    private static byte[] toBeSigned(byte[] publicKey) {
        byte[] serial = new byte[SERIAL_BYTES];
        new SecureRandom().nextBytes(serial);
        serial[0] = (byte) ((serial[0] & 0x3F) | 0x40);
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8("localhost"))));
        byte[] validity = Der.sequence(Der.utcTime("200101000000Z"), Der.utcTime("491231235959Z"));
        return Der.sequence(
                Der.explicit(0, Der.integer(new byte[] {2})),
                Der.integer(serial),
                ECDSA_WITH_SHA256,
                name,
                validity,
                name,
                publicKey,
                Der.explicit(3, Der.sequence(alternativeNames())));
    }

    private static byte[] alternativeNames() {
        byte[] loopback6 = new byte[16];
        loopback6[15] = 1;
        byte[] names = Der.sequence(
                Der.implicit(DNS_NAME, "localhost".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Der.implicit(IP_ADDRESS, new byte[] {127, 0, 0, 1}),
                Der.implicit(IP_ADDRESS, loopback6));
        return Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.octets(names));
    }
}
