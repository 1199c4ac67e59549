package org.pgreel.type;

import java.net.InetAddress;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;

/** Networks, bits, money, and what the server tells of itself. */
final class OtherCodecs {
    private static final Codec<PgBits> BITS = Codec.of(
            PgBits.class,
            OtherCodecs::readBits,
            (value, out) -> out.writeInt32(value.length()).writeBytes(value.bytes()),
            PgBits::parse,
            PgBits::toString);

    /** The text that the server reads depends on its locale, so it is read here and never written. */
    private static final Codec<PgMoney> MONEY = new FunctionCodec<>(
            PgMoney.class,
            Formats.BINARY,
            in -> new PgMoney(in.readInt64()),
            (value, out) -> out.writeInt64(value.units()),
            PgMoney::parse,
            value -> {
                throw new IllegalArgumentException(
                        "the text of money depends on the server's locale: send it in binary");
            });

    private static final Codec<PgSnapshot> SNAPSHOT =
            Codec.of(PgSnapshot.class, PgSnapshot::read, PgSnapshot::write, PgSnapshot::parse, PgSnapshot::toString);

    private OtherCodecs() {}

    static List<BuiltInCodecs.Entry> entries() {
        return List.of(
                BuiltInCodecs.Entry.of(
                        869,
                        NetworkCodecs.INET,
                        NetworkCodecs.INET.as(InetAddress.class, PgInet::toInetAddress, PgInet::of)),
                BuiltInCodecs.Entry.of(650, NetworkCodecs.CIDR),
                BuiltInCodecs.Entry.of(829, NetworkCodecs.macAddress(6)),
                BuiltInCodecs.Entry.of(774, NetworkCodecs.macAddress(8)),
                BuiltInCodecs.Entry.of(1562, BITS),
                BuiltInCodecs.Entry.of(1560, BITS),
                BuiltInCodecs.Entry.of(790, MONEY),
                BuiltInCodecs.Entry.of(
                        27, Codec.of(PgTid.class, PgTid::read, PgTid::write, PgTid::parse, PgTid::toString)),
                BuiltInCodecs.Entry.of(
                        3220,
                        Codec.of(
                                PgLsn.class,
                                in -> new PgLsn(in.readInt64()),
                                (value, out) -> out.writeInt64(value.position()),
                                PgLsn::parse,
                                PgLsn::toString)),
                BuiltInCodecs.Entry.of(5038, SNAPSHOT),
                BuiltInCodecs.Entry.of(2970, SNAPSHOT));
    }

    private static PgBits readBits(ValueReader in) {
        int length = in.readInt32();
        in.require(length >= 0, "a negative count of bits");
        Bytes bytes = in.readBytes(PgBits.bytesOf(length)).compact();
        int left = bytes.length() * 8 - length;
        in.require(
                left == 0 || (bytes.byteAt(bytes.length() - 1) & ((1 << left) - 1)) == 0,
                "the bits behind the last are not 0");
        return new PgBits(length, bytes);
    }
}
