package org.pgreel.client;

import java.nio.file.Path;
import java.util.Objects;

/** Where a server listens. */
public sealed interface ServerAddress {

    /**
     * A server behind TCP.
     *
     * @param host a host name or an address literal; also the name that certificates are verified against
     * @param port the port, 1 to 65535
     */
    record Tcp(String host, int port) implements ServerAddress {

        /** Checks that the host is named and the port can exist. */
        public Tcp {
            Objects.requireNonNull(host, "host");
            if (host.isBlank()) {
                throw new IllegalArgumentException("host is blank: name a host or an address");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port " + port + " is outside 1 to 65535");
            }
        }

        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * A server behind a Unix-domain socket.
     *
     * @param path the socket itself, such as {@code /run/postgresql/.s.PGSQL.5432}, not its directory
     */
    record UnixSocket(Path path) implements ServerAddress {

        /** Checks that a path is given. */
        public UnixSocket {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
