package org.pgreel.recorder.proxy;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the proxy does about channel binding (SCRAM-SHA-256-PLUS), which binds a login to the certificate that the client
 * sees and so notices a proxy that ends TLS.
 */
public enum BindingPolicy {
    /**
     * What works: to a client without TLS the server's offer of it is struck out; where both legs have TLS it passes if
     * the proxy shows the server's own certificate, else the proxy logs in itself if it was given a credential, else the
     * leg to a server on this machine is left without TLS.
     */
    AUTO("auto"),
    /** The server's offer passes as it is. */
    PASS("pass"),
    /** It is struck out of the server's offer. */
    STRIP("strip"),
    /** The proxy checks the client's password and logs in at the server itself, with the credential it was given. */
    REAUTHENTICATE("reauthenticate");

    private final String word;

    BindingPolicy(String word) {
        this.word = word;
    }

    /** Returns the command line's word for it. */
    public String word() {
        return word;
    }

    /**
     * Reads the command line's word.
     *
     * @throws IllegalArgumentException if it is another word; the message says which there are
     */
    public static BindingPolicy of(String word) {
        for (BindingPolicy policy : values()) {
            if (policy.word.equals(word)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is not one of "
                + Arrays.stream(values()).map(BindingPolicy::word).collect(Collectors.joining(", ")));
    }
}
