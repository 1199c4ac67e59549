package org.pgreel.recorder.tape;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.SessionEvent;

/** Writes a tape in its binary form. */
final class BinaryTapeWriter implements TapeWriter {

    private final HashingOutput out;
    private final BlockColumns columns = new BlockColumns();
    private int sessions;
    private long events;

    BinaryTapeWriter(OutputStream out) throws IOException {
        this.out = new HashingOutput(out);
        this.out.write(ByteBuffer.allocate(BinaryTape.HEADER_BYTES)
                .put(BinaryTape.MAGIC)
                .putInt(BinaryTape.VERSION)
                .putInt(EventFormat.SCHEMA_VERSION)
                .array());
    }

    @Override
    public void session(Iterable<? extends SessionEvent> session) throws IOException {
        sessions++;
        if (columns.held() >= BinaryTape.SESSION_BLOCK_BYTES) {
            block();
        }
        columns.kind(PackedEvent.SESSION);
        var derivation = new MarkDerivation();
        long nanos = 0;
        boolean first = true;
        for (SessionEvent event : session) {
            if (first) {
                columns.meta().number(event.nanos());
                first = false;
            } else {
                columns.time(event.nanos() - nanos);
            }
            if (event instanceof Chunk chunk) {
                chunk(chunk, derivation);
            } else {
                columns.kind(PackedEvent.putOther(columns.meta(), event));
            }
            if (event instanceof ConnectionClosed closed) {
                derivation.ended(closed.connection());
            }
            nanos = event.nanos();
            events++;
            if (columns.held() >= BinaryTape.BLOCK_FULL_BYTES) {
                block();
            }
        }
    }

    private void chunk(Chunk chunk, MarkDerivation derivation) {
        boolean written = chunk.direction() == Direction.FRONTEND;
        ChunkMarks marks = ChunkMarks.of(chunk);
        boolean own = !marks.equals(derivation.next(chunk.direction(), chunk.connection(), chunk.bytes()));
        boolean other = chunk.connection() != 1;
        byte[] bytes = chunk.bytes().toArray();
        int messages = TypedMessages.count(bytes);
        columns.kind((written ? PackedEvent.CHUNK_WRITTEN : PackedEvent.CHUNK_READ)
                | (other ? PackedEvent.OTHER_CONNECTION : 0)
                | (own ? PackedEvent.OWN_MARKS : 0)
                | (messages > 0 ? PackedEvent.WHOLE_MESSAGES : 0));
        if (other) {
            columns.meta().number(chunk.connection());
        }
        columns.meta().number(messages > 0 ? messages : bytes.length);
        columns.chunk(chunk.direction(), bytes, messages);
        if (own) {
            PackedEvent.putMarks(columns.meta(), marks);
        }
    }

    private void block() throws IOException {
        if (columns.held() > 0) {
            GrowingBytes block = columns.packed();
            out.write(block.array(), 0, block.length());
        }
    }

    @Override
    public TapeTotals finish() throws IOException {
        block();
        out.write(ByteBuffer.allocate(BinaryTape.END_BYTES - BinaryTape.HASH_BYTES)
                .put((byte) BinaryTape.END)
                .putInt(sessions)
                .putLong(events)
                .array());
        out.write(out.hash());
        out.flush();
        return new TapeTotals(sessions, events, out.bytes(), out.hex());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
