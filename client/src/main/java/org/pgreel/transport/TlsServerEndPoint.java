package org.pgreel.transport;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The channel binding {@code tls-server-end-point} of RFC 5929, section 4.1: a hash of the server's certificate.
 *
 * <p>The hash is that of the certificate's signature algorithm, MD5 and SHA-1 being replaced by SHA-256. Where the
 * algorithm names no single hash (Ed25519, Ed448 and post-quantum ones) the RFC defines nothing, so there is no binding:
 * a client that falls back silently is CVE-2026-54291.
 */
public final class TlsServerEndPoint {
    private static final Pattern HASH_WITH_KEY = Pattern.compile("(MD5|SHA-?1|SHA-?(?:224|256|384|512))WITH.+");
    private static final Pattern PSS_OF_HASH = Pattern.compile("SHA-?(224|256|384|512)");

    private TlsServerEndPoint() {}

    /** Returns the binding data of a certificate, or empty if RFC 5929 defines none for its signature algorithm. */
    public static Optional<byte[]> of(X509Certificate certificate) throws GeneralSecurityException {
        Optional<String> hash = hashName(certificate);
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(MessageDigest.getInstance(hash.get()).digest(certificate.getEncoded()));
    }

    private static Optional<String> hashName(X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (algorithm.equals("RSASSA-PSS")) {
            return pssHashName(certificate);
        }
        Matcher named = HASH_WITH_KEY.matcher(algorithm);
        return named.matches() ? Optional.of(atLeastSha256(named.group(1))) : Optional.empty();
    }

    /** RSASSA-PSS carries its hash in the parameters (RFC 4055); without parameters it is SHA-1. */
    private static Optional<String> pssHashName(X509Certificate certificate) throws GeneralSecurityException {
        byte[] encoded = certificate.getSigAlgParams();
        if (encoded == null) {
            return Optional.of("SHA-256");
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            String digest = parameters
                    .getParameterSpec(PSSParameterSpec.class)
                    .getDigestAlgorithm()
                    .toUpperCase(Locale.ROOT);
            boolean known = digest.equals("SHA-1")
                    || digest.equals("SHA1")
                    || PSS_OF_HASH.matcher(digest).matches();
            return known ? Optional.of(atLeastSha256(digest)) : Optional.empty();
        } catch (java.io.IOException | InvalidParameterSpecException malformed) {
            return Optional.empty();
        }
    }

    private static String atLeastSha256(String hash) {
        String digits = hash.replace("-", "");
        if (digits.equals("MD5") || digits.equals("SHA1")) {
            return "SHA-256";
        }
        return "SHA-" + digits.substring("SHA".length());
    }
}
