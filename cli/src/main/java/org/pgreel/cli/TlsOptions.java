package org.pgreel.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a server of ours speaks TLS, and with which certificate. */
final class TlsOptions {

    @Option(names = "--tls", description = "Offer TLS, with a certificate made at start unless one is given.")
    boolean tls;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "The server's certificate (PEM); implies --tls.")
    @Nullable
    Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM, not encrypted).")
    @Nullable
    Path key;

    /**
     * Returns whether TLS is offered.
     *
     * @throws CommandFailedException wrong usage: a certificate without a key, or the reverse
     */
    boolean enabled() {
        if ((certificate == null) != (key == null)) {
            throw CommandFailedException.usage("--tls-cert and --tls-key belong together; give both or neither");
        }
        return tls || certificate != null;
    }
}
