package org.pgreel.benchmarks.canned;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A bound statement: of the parameters only the first is looked at, and only if the statement is the one with a key. */
final class Portal {

    Statement statement = Statement.OTHER;
    int key = 1;
    int formats;
    int rowsLeft;

    /** Reads a Bind behind its two names. */
    void bind(Statement bound, ByteBuf in, CannedAnswers answers) {
        statement = bound;
        rowsLeft = answers.rows();
        int codes = in.readUnsignedShort();
        boolean binary = codes > 0 && in.getShort(in.readerIndex()) == 1;
        in.skipBytes(codes * Short.BYTES);
        int parameters = in.readUnsignedShort();
        for (int i = 0; i < parameters; i++) {
            int length = in.readInt();
            if (i == 0 && statement == Statement.POINT) {
                key = key(in, length, binary);
            }
            in.skipBytes(Math.max(0, length));
        }
        formats = formats(in);
    }

    private static int key(ByteBuf in, int length, boolean binary) {
        int at = in.readerIndex();
        if (!binary) {
            return Integer.parseInt(in.toString(at, length, StandardCharsets.US_ASCII));
        }
        return length == Integer.BYTES ? in.getInt(at) : (int) in.getLong(at);
    }

    private static int formats(ByteBuf in) {
        int codes = in.readUnsignedShort();
        if (codes == 1) {
            return in.readShort() == 1 ? CannedAnswers.BINARY : 0;
        }
        int mask = 0;
        for (int i = 0; i < codes; i++) {
            mask |= in.readShort() << i;
        }
        return mask;
    }
}
