package org.pgreel.transport;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells the two ways apart in which a TLS handshake fails: over who the server is, or over anything else. */
final class TlsFailures {
    private static final int CAUSES_MAX = 20;

    private TlsFailures() {}

    /** Tells whether the server's certificate was refused by us: its chain, its dates or the host that it names. */
    static boolean overIdentity(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof CertPathBuilderException
                    || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
