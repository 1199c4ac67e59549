package org.pgreel.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates that their issuers have taken back. Each certificate of a chain is looked for in its issuer's list; without
 * that list the chain is refused, as libpq does. Nothing is asked over the network.
 */
final class RevocationLists {
    private static final String PKIX = "PKIX";

    private final List<CRL> lists;

    private RevocationLists(List<CRL> lists) {
        this.lists = lists;
    }

    /**
     * Reads lists, PEM or DER.
     *
     * @param places files, and directories of files
     * @throws GeneralSecurityException if one is no list, or there is none at all; it names the file
     * @throws IOException if one cannot be read
     */
    static RevocationLists read(List<Path> places) throws GeneralSecurityException, IOException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<CRL> lists = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                lists.addAll(read(factory, file));
            }
        }
        if (lists.isEmpty()) {
            throw new GeneralSecurityException("there is no revocation list in " + places);
        }
        return new RevocationLists(lists);
    }

    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Collection<? extends CRL> read(CertificateFactory factory, Path file)
            throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return factory.generateCRLs(in);
        } catch (CRLException notOne) {
            throw new GeneralSecurityException(file + " holds no revocation list", notOne);
        }
    }

    /** Returns who trusts the same roots, but not what was taken back. */
    TrustManager[] trusting(TrustManager[] roots) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (TrustManager manager : roots) {
            if (manager instanceof X509TrustManager known) {
                for (X509Certificate root : known.getAcceptedIssuers()) {
                    anchors.add(new TrustAnchor(root, null));
                }
            }
        }
        var checker = (PKIXRevocationChecker) CertPathBuilder.getInstance(PKIX).getRevocationChecker();
        checker.setOptions(
                EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        var parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        parameters.addCertPathChecker(checker);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(PKIX);
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }
}
