package org.pgreel.recorder.proxy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.wire.Bytes;

/** Decides, for one connection, how channel binding is to work: the rules of {@link BindingPolicy}. */
final class BindingChoice {

    private final ProxySettings settings;
    private final boolean clientEncrypted;

    BindingChoice(ProxySettings settings, boolean clientEncrypted) {
        this.settings = settings;
        this.clientEncrypted = clientEncrypted;
    }

    /** What is done with the server's offer of mechanisms. */
    enum Treatment {
        /** It passes as it is. */
        PASS,
        /** Mechanisms with channel binding are struck out. */
        STRIP,
        /** The proxy makes an offer of its own, and logs in itself. */
        REAUTHENTICATE,
        /** The connection to the server is made again, without TLS, so that the server does not offer binding. */
        PLAINTEXT,
        /** It passes, and a client that binds its login will be refused: nothing else can be done. */
        HOPELESS
    }

    /**
     * Returns whether it is certain before TLS begins on the leg to the server that it must not.
     *
     * @param loopback whether the server is on this machine
     */
    boolean plaintextFromTheStart(boolean loopback) {
        ProxyCertificate shown = settings.certificate();
        return settings.binding() == BindingPolicy.AUTO
                && clientEncrypted
                && shown != null
                && shown.isMade()
                && settings.login() == null
                && plaintextAllowed(loopback);
    }

    private boolean plaintextAllowed(boolean loopback) {
        SslMode mode = settings.upstreamTls().mode();
        return loopback && !mode.demandsTls();
    }

    /**
     * Decides when the leg to the server is encrypted.
     *
     * @param serverHash what a login that binds itself to the server's certificate is bound to; null if not defined
     * @param loopback whether the server is on this machine
     */
    Treatment encrypted(@Nullable Bytes serverHash, boolean loopback) {
        return switch (settings.binding()) {
            case PASS -> Treatment.PASS;
            case STRIP -> Treatment.STRIP;
            case REAUTHENTICATE -> Treatment.REAUTHENTICATE;
            case AUTO -> automatic(serverHash, loopback);
        };
    }

    private Treatment automatic(@Nullable Bytes serverHash, boolean loopback) {
        ProxyCertificate shown = settings.certificate();
        if (!clientEncrypted || shown == null) {
            return Treatment.STRIP;
        } else if (serverHash == null || Objects.equals(serverHash, shown.endPointHash())) {
            return Treatment.PASS;
        } else if (settings.login() != null) {
            return Treatment.REAUTHENTICATE;
        } else {
            return plaintextAllowed(loopback) ? Treatment.PLAINTEXT : Treatment.HOPELESS;
        }
    }
}
