package org.pgreel.tap;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a session when it begins.
 *
 * @param role whether the tap sits in a client or in a proxy
 * @param clientAddress where the frontend is, {@code host:port} or a socket's path; empty if not known yet
 * @param serverAddress where the backend is, as it was asked for
 * @param startup the start-up parameters that the frontend means to send, in order, without any secret; empty in a
 *     proxy, which does not know them yet
 */
public record SessionOpening(Role role, String clientAddress, String serverAddress, Map<String, String> startup) {

    /** Where the tap sits. */
    public enum Role {
        /** Inside PgReel's own client. */
        CLIENT,
        /** Between a foreign client and its server. */
        PROXY
    }

    /** Keeps its own copy of the parameters. */
    public SessionOpening {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(clientAddress, "clientAddress");
        Objects.requireNonNull(serverAddress, "serverAddress");
        startup = Collections.unmodifiableMap(new LinkedHashMap<>(startup));
    }
}
