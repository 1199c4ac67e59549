package org.pgreel.type;

import java.util.Arrays;
import org.pgreel.protocol.wire.Bytes;

/** Addresses as text, as PostgreSQL's inet_net_ntop writes them. */
final class InetText {
    private static final int GROUPS = 8;

    private InetText() {}

    static PgInet parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = address.indexOf(':') < 0 ? ipv4(address) : ipv6(address);
        int prefix = slash < 0 ? bytes.length * 8 : number(text.substring(slash + 1), bytes.length * 8);
        return new PgInet(Bytes.wrap(bytes), prefix);
    }

    private static byte[] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw malformed();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) number(parts[i], 255);
        }
        return bytes;
    }

    private static int number(String text, int most) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> Ascii.isDigit((char) c));
        int value = digits ? Integer.parseInt(text) : most + 1;
        if (value > most) {
            throw malformed();
        }
        return value;
    }

    /** Groups of 16 bits, the last two of which may be spelled as IPv4; {@code ::} stands for groups of zeros, once. */
    private static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            throw malformed();
        }
        byte[] bytes = new byte[GROUPS * 2];
        byte[] head = groups(gap < 0 ? text : text.substring(0, gap));
        byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2));
        int length = head.length + tail.length;
        if (gap < 0 ? length != bytes.length : length > bytes.length - 2) {
            throw malformed();
        }
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, bytes.length - tail.length, tail.length);
        return bytes;
    }

    private static byte[] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        boolean mapped = parts[parts.length - 1].indexOf('.') >= 0;
        int count = parts.length + (mapped ? 1 : 0);
        if (count > GROUPS) {
            throw malformed();
        }
        byte[] bytes = new byte[count * 2];
        for (int i = 0; i < parts.length - (mapped ? 1 : 0); i++) {
            int group = group(parts[i]);
            bytes[i * 2] = (byte) (group >> 8);
            bytes[i * 2 + 1] = (byte) group;
        }
        if (mapped) {
            System.arraycopy(ipv4(parts[parts.length - 1]), 0, bytes, bytes.length - 4, 4);
        }
        return bytes;
    }

    private static int group(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= 4
                && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
        if (!digits) {
            throw malformed();
        }
        return Integer.parseInt(text, 16);
    }

    private static MalformedValueException malformed() {
        return new MalformedValueException("not an address of IPv4 or IPv6");
    }

    static String print(Bytes address) {
        return address.length() == 4 ? ipv4(address, 0) : ipv6(address);
    }

    private static String ipv4(Bytes bytes, int from) {
        var text = new StringBuilder();
        for (int i = from; i < from + 4; i++) {
            text.append(i == from ? "" : ".").append(bytes.byteAt(i) & 0xFF);
        }
        return text.toString();
    }

    private static String ipv6(Bytes address) {
        int[] groups = new int[GROUPS];
        Arrays.setAll(groups, i -> (address.byteAt(i * 2) & 0xFF) << 8 | (address.byteAt(i * 2 + 1) & 0xFF));
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        // An IPv4 address behind six groups of zeros, or five and one of ones.
        boolean mapped = best == 0
                && (bestLength == 6 || bestLength == 7 && groups[7] != 1 || bestLength == 5 && groups[5] == 0xFFFF);
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (best >= 0 && i >= best && i < best + bestLength) {
                text.append(i == best ? ":" : "");
                continue;
            }
            text.append(i == 0 ? "" : ":");
            if (mapped && i == 6) {
                return text.append(ipv4(address, 12)).toString();
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.append(best >= 0 && best + bestLength == GROUPS ? ":" : "").toString();
    }
}
