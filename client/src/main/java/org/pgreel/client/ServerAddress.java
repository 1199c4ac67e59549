package org.pgreel.client;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a server listens. */
public sealed interface ServerAddress {

    /**
     * A server behind TCP.
     *
     * @param host a host name or an address literal; also the name that certificates are verified against
     * @param port the port, 1 to 65535
     * @param hostAddress the numeric address to connect to, so that the host's name is not looked up; null if it is to be
     */
    record Tcp(String host, int port, @Nullable String hostAddress) implements ServerAddress {

        private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.+)?");

        /**
         * A server whose name is to be looked up.
         *
         * @param host a host name or an address literal
         * @param port the port
         */
        public Tcp(String host, int port) {
            this(host, port, null);
        }

        /** Checks that the host is named and the port can exist. */
        public Tcp {
            Objects.requireNonNull(host, "host");
            if (host.isBlank()) {
                throw new IllegalArgumentException("host is blank: name a host or an address");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port " + port + " is outside 1 to 65535");
            }
            if (hostAddress != null && !NUMERIC.matcher(hostAddress).matches()) {
                throw new IllegalArgumentException("the host address " + hostAddress + " is not numeric");
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
