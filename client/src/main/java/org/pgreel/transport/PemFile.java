package org.pgreel.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file as PostgreSQL's tools and {@code openssl} write them (RFC 7468): certificates, or one private key in
 * PKCS#8 (plain or encrypted), PKCS#1 (RSA) or SEC 1 (elliptic curve) form.
 *
 * <p>An error names the file and what was wrong with it, never its contents.
 */
public final class PemFile {
    private static final Pattern SECTION =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private final Path path;
    private final String text;

    private PemFile(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    /** Reads the file; what it holds is looked at when it is asked for. */
    public static PemFile read(Path path) throws IOException {
        return new PemFile(path, Files.readString(path, StandardCharsets.ISO_8859_1));
    }

    /** Returns the certificates in the order of the file; at least one. */
    public List<X509Certificate> certificates() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        Matcher section = SECTION.matcher(text);
        while (section.find()) {
            if (section.group(1).equals("CERTIFICATE")) {
                Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(decoded(section)));
                found.add((X509Certificate) certificate);
            }
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException(path + " holds no certificate in PEM form");
        }
        return found;
    }

    /** Returns the first private key of the file. */
    public PrivateKey privateKey(@Nullable String password) throws GeneralSecurityException, IOException {
        Matcher section = SECTION.matcher(text);
        while (section.find()) {
            Optional<byte[]> encoded = pkcs8(section.group(1), decoded(section), password);
            if (encoded.isPresent()) {
                return ofPkcs8(encoded.get());
            }
        }
        throw new GeneralSecurityException(path + " holds no private key in PEM form"
                + " (an encrypted key must be in PKCS#8 form: openssl pkcs8 -topk8)");
    }

    private Optional<byte[]> pkcs8(String label, byte[] encoded, @Nullable String password)
            throws GeneralSecurityException, IOException {
        return switch (label) {
            case "PRIVATE KEY" -> Optional.of(encoded);
            case "ENCRYPTED PRIVATE KEY" -> Optional.of(decrypted(encoded, password));
            case "RSA PRIVATE KEY" -> Optional.of(Pkcs8.wrapRsa(encoded));
            case "EC PRIVATE KEY" -> Optional.of(Pkcs8.wrapEllipticCurve(encoded));
            default -> Optional.empty();
        };
    }

    private byte[] decoded(Matcher section) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(section.group(2));
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException(path + ": " + section.group(1) + " is not base64", notBase64);
        }
    }

    private byte[] decrypted(byte[] encrypted, @Nullable String password) throws GeneralSecurityException, IOException {
        if (password == null) {
            throw new GeneralSecurityException(path + " holds an encrypted private key, and no password was given");
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
        // For PBES2 the runtime names the scheme only in the parameters: "PBEWithHmacSHA256AndAES_256".
        String scheme = info.getAlgName().startsWith("PBEWith")
                ? info.getAlgName()
                : info.getAlgParameters().toString();
        char[] characters = password.toCharArray();
        try {
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(characters)),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (InvalidKeySpecException | java.security.InvalidKeyException wrong) {
            throw new GeneralSecurityException(
                    path + ": the private key cannot be decrypted with this password", wrong);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    private PrivateKey ofPkcs8(byte[] encoded) throws GeneralSecurityException {
        GeneralSecurityException unsupported =
                new GeneralSecurityException(path + " holds a private key of a kind that is not supported; supported: "
                        + String.join(", ", KEY_ALGORITHMS));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException ofAnotherAlgorithm) {
                unsupported.addSuppressed(ofAnotherAlgorithm);
            }
        }
        throw unsupported;
    }
}
