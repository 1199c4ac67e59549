package org.pgreel.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address as the command line writes it: {@code HOST:PORT}, {@code [IPV6]:PORT}.
 *
 * @param host a name or a numeric address, without brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
record HostAndPort(String host, int port) {

    private static final int PORT_MAX = 65_535;

    /** Resolves the host, or fails with the sentence that names it. */
    InetSocketAddress resolve() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw CommandFailedException.inputOutput(
                    "the host '" + host + "' is not known; name one that resolves, such as 127.0.0.1", e);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** Reads the command line's spelling. */
    static final class Converter implements ITypeConverter<HostAndPort> {

        @Override
        public HostAndPort convert(String value) {
            int colon = value.lastIndexOf(':');
            if (colon <= 0 || colon == value.length() - 1) {
                throw new TypeConversionException("'" + value + "' is not HOST:PORT, such as 127.0.0.1:5432");
            }
            String host = value.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            return new HostAndPort(host, port(value, value.substring(colon + 1)));
        }

        private static int port(String value, String digits) {
            try {
                int port = Integer.parseInt(digits);
                if (port >= 0 && port <= PORT_MAX) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // Falls through to the one sentence that covers both cases.
            }
            throw new TypeConversionException("the port of '" + value + "' is not a number from 0 to " + PORT_MAX);
        }
    }
}
