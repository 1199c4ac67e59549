package org.pgreel.client;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.pgreel.client.connect.HostList;

/**
 * The name and port under which a password file knows a server.
 *
 * @param name the host as it was given; of a Unix-domain socket its directory, or {@code localhost} for a usual one
 * @param port the port
 */
record PasswordFileHost(String name, int port) {

    /** libpq has one of them built in; which one depends on who built it. */
    private static final Set<String> USUAL = Set.of("/tmp", "/var/run/postgresql", "/run/postgresql");

    static PasswordFileHost of(ServerAddress server) {
        if (server instanceof ServerAddress.Tcp tcp) {
            return new PasswordFileHost(tcp.host(), tcp.port());
        }
        Path socket = ((ServerAddress.UnixSocket) server).path();
        String directory = Objects.toString(socket.getParent(), "");
        return new PasswordFileHost(USUAL.contains(directory) ? "localhost" : directory, port(socket));
    }

    private static int port(Path socket) {
        String file = Objects.toString(socket.getFileName(), "");
        String extension = file.substring(file.lastIndexOf('.') + 1);
        boolean number = !extension.isEmpty()
                && extension.length() < 6
                && extension.chars().allMatch(Character::isDigit);
        return number ? Integer.parseInt(extension) : HostList.PORT;
    }
}
