package org.pgreel.postgres;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.ExtendedKeyUsageExtension;
import org.wildfly.security.x500.cert.KeyUsage;
import org.wildfly.security.x500.cert.KeyUsageExtension;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;
import org.wildfly.security.x500.cert.X509CertificateBuilder;
import org.wildfly.security.x500.cert.X509CertificateExtension;

/**
 * A certificate authority made on the spot, for servers in tests and demonstrations: ECDSA on P-256 with SHA-256. Its certificates are valid from
 * 2020 to 2049, so that no test depends on the day. No {@code openssl} is needed.
 */
public final class CertificateAuthority {

    private static final ZonedDateTime FROM = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final ZonedDateTime TO = ZonedDateTime.of(2049, 12, 31, 23, 59, 59, 0, ZoneOffset.UTC);
    private static final int SERIAL_BITS = 120;
    private static final int NO_PATH_LENGTH = -1;
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    private final String name;
    private final KeyPair keys;
    private final byte[] certificate;

    private CertificateAuthority(String name, KeyPair keys, byte[] certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * Makes an authority with fresh keys.
     *
     * @param name its common name
     * @return the authority
     */
    public static CertificateAuthority create(String name) {
        KeyPair keys = freshKeys();
        byte[] certificate = certificate(
                name,
                name,
                keys.getPublic(),
                keys.getPrivate(),
                new BasicConstraintsExtension(true, true, NO_PATH_LENGTH),
                new KeyUsageExtension(true, KeyUsage.keyCertSign, KeyUsage.cRLSign));
        return new CertificateAuthority(name, keys, certificate);
    }

    /**
     * Issues a server certificate with fresh keys.
     *
     * @param names DNS names and IPv4 addresses; the first is the common name as well
     * @return the certificate and its private key
     */
    public Issued issue(List<String> names) {
        KeyPair server = freshKeys();
        List<GeneralName> alternatives =
                names.stream().map(CertificateAuthority::alternativeName).toList();
        byte[] issued = certificate(
                name,
                names.get(0),
                server.getPublic(),
                keys.getPrivate(),
                new BasicConstraintsExtension(true, false, NO_PATH_LENGTH),
                new KeyUsageExtension(true, KeyUsage.digitalSignature),
                new ExtendedKeyUsageExtension(false, List.of(SERVER_AUTHENTICATION)),
                new SubjectAlternativeNamesExtension(false, alternatives));
        return new Issued(issued, server.getPrivate());
    }

    /**
     * Issues a client's certificate with fresh keys.
     *
     * @param user its common name, which is the user as whom the client logs in
     * @return the certificate and its private key
     */
    public Issued issueTo(String user) {
        KeyPair client = freshKeys();
        byte[] issued = certificate(
                name,
                user,
                client.getPublic(),
                keys.getPrivate(),
                new BasicConstraintsExtension(true, false, NO_PATH_LENGTH),
                new KeyUsageExtension(true, KeyUsage.digitalSignature),
                new ExtendedKeyUsageExtension(false, List.of(CLIENT_AUTHENTICATION)));
        return new Issued(issued, client.getPrivate());
    }

    /**
     * Writes the authority's own certificate as PEM, which is what a client takes as its root.
     *
     * @param file the file to write
     * @throws IOException if it cannot be written
     */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, pem("CERTIFICATE", certificate), StandardCharsets.US_ASCII);
    }

    /** A certificate with its private key. */
    public static final class Issued {
        private final byte[] certificate;
        private final PrivateKey key;

        private Issued(byte[] certificate, PrivateKey key) {
            this.certificate = certificate;
            this.key = key;
        }

        /**
         * Writes both as PEM; only the owner may read the key.
         *
         * @param certificateFile the file for the certificate
         * @param keyFile the file for the private key, in PKCS #8
         * @throws IOException if one cannot be written
         */
        public void writeTo(Path certificateFile, Path keyFile) throws IOException {
            Files.writeString(certificateFile, pem("CERTIFICATE", certificate), StandardCharsets.US_ASCII);
            Files.deleteIfExists(keyFile);
            Files.createFile(
                    keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()), StandardCharsets.US_ASCII);
        }
    }

    private static byte[] certificate(
            String issuer,
            String subject,
            PublicKey subjectKey,
            PrivateKey issuerKey,
            X509CertificateExtension... extensions) {
        var builder = new X509CertificateBuilder()
                .setSerialNumber(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE))
                .setIssuerDn(commonName(issuer))
                .setSubjectDn(commonName(subject))
                .setNotValidBefore(FROM)
                .setNotValidAfter(TO)
                .setPublicKey(subjectKey)
                .setSigningKey(issuerKey)
                .setSignatureAlgorithmName("SHA256withECDSA");
        for (X509CertificateExtension extension : extensions) {
            builder.addExtension(extension);
        }
        try {
            X509Certificate built = builder.build();
            return built.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException("every JDK signs with ECDSA", e);
        }
    }

    private static KeyPair freshKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes P-256 keys", e);
        }
    }

    private static X500Principal commonName(String name) {
        return new X500Principal("CN=" + Rdn.escapeValue(name));
    }

    private static GeneralName alternativeName(String name) {
        if (!name.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return new GeneralName.DNSName(name);
        }
        String[] parts = name.split("\\.", -1);
        byte[] address = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return new GeneralName.IPAddress(address);
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
