package org.pgreel.recorder.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.recorder.recording.RecordedMessage;

/** The bytes of a message, sixteen a line: offset in its direction of the connection, hexadecimal, and what is ASCII. */
final class HexLines {

    private static final int LINE_BYTES = 16;

    private HexLines() {}

    /** Returns the lines; of a message that is too large to be held, one that says so. */
    static List<String> of(RecordedMessage message) {
        List<String> lines = new ArrayList<>();
        if (message.content() instanceof RecordedMessage.Decoded decoded) {
            MessageWriter out = new MessageWriter();
            decoded.message().encode(out);
            lines(message.start(), out.toBytes(), lines);
        } else if (message.content() instanceof RecordedMessage.Undecodable undecodable) {
            lines(message.start(), undecodable.raw(), lines);
        } else if (message.content() instanceof RecordedMessage.Oversized oversized) {
            lines.add(oversized.length() + " bytes, too many to be shown");
        }
        return lines;
    }

    private static void lines(long offset, Bytes bytes, List<String> lines) {
        for (int at = 0; at < bytes.length(); at += LINE_BYTES) {
            int to = Math.min(bytes.length(), at + LINE_BYTES);
            StringBuilder hex = new StringBuilder();
            StringBuilder ascii = new StringBuilder();
            for (int i = at; i < to; i++) {
                int b = bytes.byteAt(i) & 0xff;
                hex.append(String.format(Locale.ROOT, "%02x ", b));
                ascii.append(b >= ' ' && b < 0x7f ? (char) b : '.');
            }
            lines.add(String.format(Locale.ROOT, "%08x  %-48s |%s|", offset + at, hex, ascii));
        }
    }
}
