package org.pgreel.recorder.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;
import org.wildfly.security.x500.cert.X509CertificateBuilder;
import org.wildfly.security.x500.cert.X509CertificateExtension;

/**
 * A certificate made when a server starts: ECDSA on P-256, signed by itself or by an authority that was made with it.
 *
 * <p>Neither the Java runtime nor Netty 4.2 makes one with such names without a further library. What is valid is so from
 * 2020 to 2049, so that no test depends on the day.
 *
 * @param chain the server's certificate, that of its issuer behind it if it has another
 * @param key the server's private key
 */
public record MadeCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final ZonedDateTime FROM = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final ZonedDateTime TO = ZonedDateTime.of(2049, 12, 31, 23, 59, 59, 0, ZoneOffset.UTC);
    private static final ZonedDateTime LONG_PAST = FROM.plusYears(1);
    private static final int SERIAL_BITS = 120;
    private static final int NO_PATH_LENGTH = -1;
    private static final String HOST = "localhost";
    private static final String OTHER_HOST = "elsewhere.example";
    private static final String AUTHORITY = "PgReel authority of this run";

    /** Makes one signed by itself, for {@code localhost} and the loopback addresses. */
    public static MadeCertificate forThisHost() throws GeneralSecurityException {
        KeyPair keys = keys();
        X509Certificate own = certificate(HOST, HOST, TO, ownNames(), keys.getPublic(), keys.getPrivate());
        return new MadeCertificate(List.of(own), keys.getPrivate());
    }

    /** Makes one whose time is over, issued by an authority that was made with it and stands last in the chain. */
    public static MadeCertificate expired() throws GeneralSecurityException {
        return issued(keys(), HOST, LONG_PAST, ownNames());
    }

    /** Makes one for another host than this, issued by an authority that was made with it and stands last in the chain. */
    public static MadeCertificate forAnotherHost() throws GeneralSecurityException {
        return issued(keys(), OTHER_HOST, TO, names(new GeneralName.DNSName(OTHER_HOST)));
    }

    private static MadeCertificate issued(
            KeyPair keys, String subject, ZonedDateTime end, X509CertificateExtension names)
            throws GeneralSecurityException {
        KeyPair authority = keys();
        PrivateKey signer = authority.getPrivate();
        var rights = new BasicConstraintsExtension(true, true, NO_PATH_LENGTH);
        X509Certificate root = certificate(AUTHORITY, AUTHORITY, TO, rights, authority.getPublic(), signer);
        X509Certificate own = certificate(AUTHORITY, subject, end, names, keys.getPublic(), signer);
        return new MadeCertificate(List.of(own, root), keys.getPrivate());
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            String issuer,
            String subject,
            ZonedDateTime end,
            X509CertificateExtension extension,
            PublicKey key,
            PrivateKey signer)
            throws GeneralSecurityException {
        return new X509CertificateBuilder()
                .setSerialNumber(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE))
                .setIssuerDn(new X500Principal("CN=" + issuer))
                .setSubjectDn(new X500Principal("CN=" + subject))
                .setNotValidBefore(FROM)
                .setNotValidAfter(end)
                .setPublicKey(key)
                .setSigningKey(signer)
                .setSignatureAlgorithmName("SHA256withECDSA")
                .addExtension(extension)
                .build();
    }

    private static X509CertificateExtension ownNames() {
        byte[] loopback6 = new byte[16];
        loopback6[15] = 1;
        return names(
                new GeneralName.DNSName(HOST),
                new GeneralName.IPAddress(new byte[] {127, 0, 0, 1}),
                new GeneralName.IPAddress(loopback6));
    }

    private static X509CertificateExtension names(GeneralName... names) {
        return new SubjectAlternativeNamesExtension(false, List.of(names));
    }
}
