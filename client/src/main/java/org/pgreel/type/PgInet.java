package org.pgreel.type;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.pgreel.protocol.wire.Bytes;

/**
 * A value of the type inet or cidr: an address and how many of its bits tell the network. Immutable.
 *
 * <p>It is no {@link InetAddress}, which has no network, and which turns an IPv4 address inside of IPv6 into IPv4.
 *
 * @param address four bytes or sixteen
 * @param prefix the bits of the network, at most 32 or 128
 */
public record PgInet(Bytes address, int prefix) {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    /** Refuses what is no address. */
    public PgInet {
        if (address.length() != IPV4_BYTES && address.length() != IPV6_BYTES
                || prefix < 0
                || prefix > address.length() * 8) {
            throw new IllegalArgumentException(
                    "an address of " + address.length() + " bytes with " + prefix + " bits of network does not exist");
        }
    }

    /** Returns a host's address, all bits of which tell the network. */
    public static PgInet of(InetAddress address) {
        Bytes bytes = Bytes.wrap(address.getAddress());
        return new PgInet(bytes, bytes.length() * 8);
    }

    /**
     * Returns the address that the text tells, as PostgreSQL writes it: {@code 192.168.0.1/24}, {@code ::1}. Never asks a
     * name server.
     *
     * @throws MalformedValueException if it is none
     */
    public static PgInet parse(String text) {
        return InetText.parse(text);
    }

    /** Tells whether the address is one of IPv4. */
    public boolean isIpv4() {
        return address.length() == IPV4_BYTES;
    }

    /** Tells whether all bits tell the network, so that it is a host. */
    public boolean isHost() {
        return prefix == address.length() * 8;
    }

    /**
     * Returns the address of a host.
     *
     * @throws MalformedValueException if it is that of a network, which an InetAddress cannot say
     */
    public InetAddress toInetAddress() {
        if (!isHost()) {
            throw new MalformedValueException("a network, which an InetAddress cannot say: ask for a PgInet");
        }
        try {
            return InetAddress.getByAddress(address.toArray());
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of " + address.length() + " bytes: please report this", e);
        }
    }

    /** Returns the address as inet's output function writes it: that of a host without the bits of its network. */
    @Override
    public String toString() {
        return isHost() ? InetText.print(address) : InetText.print(address) + "/" + prefix;
    }
}
