package org.pgreel.replay.server;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;
import org.wildfly.security.x500.cert.X509CertificateBuilder;

/**
 * A certificate made when a server starts: ECDSA on P-256 for {@code localhost}, {@code 127.0.0.1} and {@code ::1}.
 *
 * <p>Neither the Java runtime nor Netty 4.2 makes one with such names without a further library. Valid from 2020 to
 * 2049, so that no test depends on the day.
 */
record SelfSignedCertificate(X509Certificate certificate, PrivateKey key) {
    private static final ZonedDateTime FROM = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final ZonedDateTime TO = ZonedDateTime.of(2049, 12, 31, 23, 59, 59, 0, ZoneOffset.UTC);
    private static final int SERIAL_BITS = 120;

    static SelfSignedCertificate create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        var name = new X500Principal("CN=localhost");
        X509Certificate certificate = new X509CertificateBuilder()
                .setSerialNumber(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE))
                .setIssuerDn(name)
                .setSubjectDn(name)
                .setNotValidBefore(FROM)
                .setNotValidAfter(TO)
                .setPublicKey(keys.getPublic())
                .setSigningKey(keys.getPrivate())
                .setSignatureAlgorithmName("SHA256withECDSA")
                .addExtension(new SubjectAlternativeNamesExtension(false, names()))
                .build();
        return new SelfSignedCertificate(certificate, keys.getPrivate());
    }

    private static List<GeneralName> names() {
        byte[] loopback6 = new byte[16];
        loopback6[15] = 1;
        return List.of(
                new GeneralName.DNSName("localhost"),
                new GeneralName.IPAddress(new byte[] {127, 0, 0, 1}),
                new GeneralName.IPAddress(loopback6));
    }
}
