package org.pgreel.client.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hosts of {@code host}, {@code hostaddr} and {@code port}: lists that belong together, separated by commas. */
public final class HostList {

    /** The port of PostgreSQL. */
    public static final int PORT = 5432;

    private static final int PORT_MAX = 65_535;

    private HostList() {}

    /**
     * One of the hosts.
     *
     * @param name its name, its address or, with a leading {@code /} or {@code @}, the directory of its Unix-domain
     *     sockets; empty if only the address is given, or nothing
     * @param address the address to connect to, so that the name is not looked up; empty if it is to be
     * @param port its port
     */
    public record Host(String name, String address, int port) {

        /** Tells whether it is a directory of Unix-domain sockets, or a socket of Linux's abstract name space. */
        public boolean isSocketDirectory() {
            return address.isEmpty() && (name.startsWith("/") || name.startsWith("@"));
        }
    }

    /**
     * Reads the lists.
     *
     * @throws ConnectionStringException if they have different lengths, or a port is none
     */
    public static List<Host> of(ConnectParameters parameters) {
        List<String> names = items(parameters.value(Keyword.HOST));
        List<String> addresses = items(parameters.value(Keyword.HOSTADDR));
        List<String> ports = items(parameters.value(Keyword.PORT));
        int count = Math.max(1, addresses.isEmpty() ? names.size() : addresses.size());
        if (!names.isEmpty() && names.size() != count) {
            throw new ConnectionStringException(
                    "host names " + names.size() + " hosts and hostaddr " + count + " addresses; give as many of each");
        }
        if (ports.size() > 1 && ports.size() != count) {
            throw new ConnectionStringException("port gives " + ports.size() + " ports for " + count
                    + (count == 1 ? " host" : " hosts") + "; give one, or one for each");
        }
        List<Host> hosts = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            String port = ports.isEmpty() ? "" : ports.get(ports.size() == 1 ? 0 : index);
            hosts.add(new Host(itemOf(names, index), itemOf(addresses, index), portOf(port)));
        }
        return hosts;
    }

    private static List<String> items(Optional<String> list) {
        return list.map(text -> List.of(text.split(",", -1))).orElse(List.of());
    }

    private static String itemOf(List<String> items, int index) {
        return items.isEmpty() ? "" : items.get(index);
    }

    private static int portOf(String word) {
        if (word.isEmpty()) {
            return PORT;
        }
        int port = IntegerWord.parse("port", word);
        if (port < 1 || port > PORT_MAX) {
            throw new ConnectionStringException("port " + port + " is outside 1 to " + PORT_MAX);
        }
        return port;
    }
}
