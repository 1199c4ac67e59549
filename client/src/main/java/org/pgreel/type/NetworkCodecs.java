package org.pgreel.type;

import java.util.HexFormat;
import org.pgreel.protocol.wire.Bytes;

/**
 * Addresses of networks.
 *
 * <pre>
 *  0        1        2        3        4
 *  | family | prefix | cidr?  | length | address …
 * </pre>
 */
final class NetworkCodecs {
    private static final int IPV4 = 2;
    private static final int IPV6 = 3;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    static final Codec<PgInet> INET = Codec.of(
            PgInet.class, in -> read(in, 0), (value, out) -> write(value, 0, out), PgInet::parse, PgInet::toString);

    /** Its text always tells the bits of the network. */
    static final Codec<PgInet> CIDR = Codec.of(
            PgInet.class,
            in -> read(in, 1),
            (value, out) -> write(value, 1, out),
            PgInet::parse,
            value -> InetText.print(value.address()) + "/" + value.prefix());

    private NetworkCodecs() {}

    private static PgInet read(ValueReader in, int cidr) {
        int family = in.readUnsignedByte();
        int prefix = in.readUnsignedByte();
        in.require(family == IPV4 || family == IPV6, "an unknown family of addresses");
        int length = family == IPV4 ? 4 : 16;
        in.require(in.readUnsignedByte() == cidr, "an inet where a cidr is due, or a cidr where an inet is");
        in.require(in.readUnsignedByte() == length && prefix <= length * 8, "an address of another length");
        return new PgInet(in.readBytes(length).compact(), prefix);
    }

    private static void write(PgInet value, int cidr, ValueWriter out) {
        out.writeByte(value.isIpv4() ? IPV4 : IPV6).writeByte(value.prefix()).writeByte(cidr);
        out.writeByte(value.address().length()).writeBytes(value.address());
    }

    static Codec<PgMacAddress> macAddress(int length) {
        return Codec.of(
                PgMacAddress.class,
                in -> new PgMacAddress(in.readBytes(length).compact()),
                (value, out) -> out.writeBytes(checked(value, length).address()),
                text -> parse(text, length),
                value -> checked(value, length).toString());
    }

    private static PgMacAddress checked(PgMacAddress value, int length) {
        if (value.address().length() != length) {
            throw new IllegalArgumentException("an address of " + length + " bytes is due");
        }
        return value;
    }

    private static PgMacAddress parse(String text, int length) {
        try {
            byte[] bytes = COLONS.parseHex(text);
            if (bytes.length == length) {
                return new PgMacAddress(Bytes.wrap(bytes));
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the text.
        }
        throw new MalformedValueException("not " + length + " pairs of hexadecimal digits with colons between them");
    }
}
