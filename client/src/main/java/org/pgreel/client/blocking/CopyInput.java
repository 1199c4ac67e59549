package org.pgreel.client.blocking;

import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** The data of a COPY to the client, piece by piece. Confined to one thread. */
final class CopyInput extends InputStream {
    private final Inbox<Bytes> inbox;
    private final Runnable cancel;
    private @Nullable Bytes piece;
    private int at;

    CopyInput(Inbox<Bytes> inbox, Runnable cancel) {
        this.inbox = inbox;
        this.cancel = cancel;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        Objects.checkFromIndexSize(from, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (piece == null || at == piece.length()) {
            piece = inbox.next();
            at = 0;
            if (piece == null) {
                return -1;
            }
        }
        int count = Math.min(length, piece.length() - at);
        piece.slice(at, at + count).copyTo(into, from);
        at += count;
        return count;
    }

    @Override
    public void close() {
        piece = null;
        if (inbox.close()) {
            cancel.run();
        }
    }
}
