package org.pgreel.type;

import java.util.HexFormat;
import org.pgreel.protocol.wire.Bytes;

/**
 * A value of the type macaddr or macaddr8. Immutable. As a parameter it is a macaddr unless another type is named.
 *
 * @param address six bytes, or eight of a macaddr8
 */
public record PgMacAddress(Bytes address) {

    /** Refuses what is no address. */
    public PgMacAddress {
        if (address.length() != 6 && address.length() != 8) {
            throw new IllegalArgumentException("an address of " + address.length() + " bytes, neither six nor eight");
        }
    }

    /**
     * Returns the address of hexadecimal digits; colons, hyphens and dots between them are passed over.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static PgMacAddress of(String digits) {
        return new PgMacAddress(Bytes.wrap(HexFormat.of().parseHex(digits.replaceAll("[:.-]", ""))));
    }

    /** Returns the address as PostgreSQL writes it: pairs of hexadecimal digits with colons between them. */
    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(address.toArray());
    }
}
