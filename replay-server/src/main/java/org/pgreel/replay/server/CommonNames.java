package org.pgreel.replay.server;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads the common name of who showed a certificate. */
final class CommonNames {

    private CommonNames() {}

    /** Returns the common name of the client's certificate, "" if it has none; empty if it showed no certificate. */
    static Optional<String> ofPeer(SSLSession session) {
        Certificate[] shown;
        try {
            shown = session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
        return shown[0] instanceof X509Certificate certificate
                ? Optional.of(of(certificate.getSubjectX500Principal().getName()))
                : Optional.of("");
    }

    /** Returns the first common name of a distinguished name, which RFC 2253 writes last; "" if it has none. */
    static String of(String distinguishedName) {
        try {
            List<Rdn> parts = new LdapName(distinguishedName).getRdns();
            for (Rdn part : parts) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            // A name that cannot be read names nobody.
            return "";
        }
        return "";
    }
}
