package org.pgreel.postgres;

import java.io.IOException;
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
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority made on the spot, for servers in tests and demonstrations: ECDSA on P-256 with SHA-256. Its certificates are valid from
 * 2020 to 2049, so that no test depends on the day. Neither {@code openssl} nor another library is needed.
 */
public final class CertificateAuthority {

    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
    private static final int SERIAL_BYTES = 16;

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
        byte[] extensions =
                Der.sequence(extension(0x13, true, Der.sequence(Der.TRUE)), extension(0x0f, true, Der.bits(1, 0x06)));
        byte[] certificate = certificate(name, name, keys.getPublic(), keys.getPrivate(), extensions);
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
        byte[] alternatives = Der.sequence(
                names.stream().map(CertificateAuthority::alternativeName).toArray(byte[][]::new));
        byte[] serverAuth = Der.oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01);
        byte[] extensions = Der.sequence(
                extension(0x13, true, Der.sequence()),
                extension(0x0f, true, Der.bits(7, 0x80)),
                extension(0x25, false, Der.sequence(serverAuth)),
                extension(0x11, false, alternatives));
        byte[] issued = certificate(name, names.get(0), server.getPublic(), keys.getPrivate(), extensions);
        return new Issued(issued, server.getPrivate());
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
            String issuer, String subject, PublicKey subjectKey, PrivateKey issuerKey, byte[] extensions) {
        byte[] validity = Der.sequence(Der.utcTime("200101000000Z"), Der.utcTime("491231235959Z"));
        byte[] toBeSigned = Der.sequence(
                Der.explicit(0, Der.integer(new byte[] {2})),
                Der.integer(serial()),
                ECDSA_WITH_SHA256,
                commonName(issuer),
                validity,
                commonName(subject),
                subjectKey.getEncoded(),
                Der.explicit(3, extensions));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuerKey);
            signature.update(toBeSigned);
            return Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
        } catch (GeneralSecurityException e) {
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

    private static byte[] serial() {
        byte[] serial = new byte[SERIAL_BYTES];
        new SecureRandom().nextBytes(serial);
        serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
        return serial;
    }

    private static byte[] commonName(String name) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(0x55, 0x04, 0x03), Der.utf8(name))));
    }

    private static byte[] extension(int lastArc, boolean critical, byte[] value) {
        byte[] id = Der.oid(0x55, 0x1d, lastArc);
        return critical ? Der.sequence(id, Der.TRUE, Der.octets(value)) : Der.sequence(id, Der.octets(value));
    }

    private static byte[] alternativeName(String name) {
        if (!name.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return Der.implicit(2, name.getBytes(StandardCharsets.US_ASCII));
        }
        String[] parts = name.split("\\.", -1);
        byte[] address = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Der.implicit(7, address);
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
