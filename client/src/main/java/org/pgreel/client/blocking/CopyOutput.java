package org.pgreel.client.blocking;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.pgreel.client.CopyIn;
import org.pgreel.client.PgException;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.wire.Bytes;

/** Gives a COPY what is written, in pieces that are worth a message. Confined to one thread. */
final class CopyOutput extends OutputStream {
    private static final int PIECE = 64 << 10;

    private final BlockingSession session;
    private final CopyIn copy;
    private final byte[] buffer = new byte[PIECE];
    private int filled;

    CopyOutput(BlockingSession session, CopyIn copy) {
        this.session = session;
        this.copy = copy;
    }

    QueryResult writtenBy(BlockingSession.CopyWriter writer) throws IOException {
        try {
            writer.writeTo(this);
            transmit();
        } catch (IOException | RuntimeException | Error failure) {
            giveUp(failure);
            throw failure;
        }
        return session.await(copy::finish);
    }

    /** The server answers with an error of its own, which says nothing that is not known. */
    private void giveUp(Throwable because) {
        CompletableFuture<QueryResult> over =
                copy.abort("the data's writer failed: " + because.getClass().getSimpleName());
        if (!Thread.currentThread().isInterrupted()) {
            try {
                session.await(() -> over);
            } catch (PgException expected) {
                if (because != expected && !(because instanceof PgException)) {
                    because.addSuppressed(expected);
                }
            }
        }
    }

    @Override
    public void write(int value) {
        if (filled == PIECE) {
            transmit();
        }
        buffer[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        for (int written = 0; written < length; ) {
            if (filled == PIECE) {
                transmit();
            }
            int count = Math.min(length - written, PIECE - filled);
            System.arraycopy(from, offset + written, buffer, filled, count);
            filled += count;
            written += count;
        }
    }

    private void transmit() {
        if (filled > 0) {
            Bytes piece = Bytes.wrap(Arrays.copyOf(buffer, filled));
            filled = 0;
            session.await(() -> copy.send(piece));
        }
    }
}
