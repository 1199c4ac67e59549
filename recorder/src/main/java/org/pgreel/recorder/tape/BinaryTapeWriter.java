package org.pgreel.recorder.tape;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.EventWriter;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.SessionEvent;

/** Writes a tape in its binary form. */
final class BinaryTapeWriter implements TapeWriter {

    /** Where the body of an event begins in the form it has in a journal, and what follows it. */
    private static final int JOURNAL_HEADER_BYTES = 30;

    private static final int JOURNAL_CHECKSUM_BYTES = 4;

    private final HashingOutput out;
    private final GrowingBytes meta = new GrowingBytes();
    private final GrowingBytes frontend = new GrowingBytes();
    private final GrowingBytes backend = new GrowingBytes();
    private final byte[] packed = new byte[64 * 1024];
    private final GrowingBytes block = new GrowingBytes();
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
        if (held() >= BinaryTape.SESSION_BLOCK_BYTES) {
            block();
        }
        meta.octet(BinaryTape.SESSION);
        var derivation = new MarkDerivation();
        long nanos = 0;
        for (SessionEvent event : session) {
            if (event instanceof Chunk chunk) {
                chunk(chunk, chunk.nanos() - nanos, derivation);
            } else {
                other(event, event.nanos() - nanos);
            }
            if (event instanceof ConnectionClosed closed) {
                derivation.ended(closed.connection());
            }
            nanos = event.nanos();
            events++;
            if (held() >= BinaryTape.BLOCK_FULL_BYTES) {
                block();
            }
        }
    }

    private int held() {
        return meta.length() + frontend.length() + backend.length();
    }

    private void chunk(Chunk chunk, long delta, MarkDerivation derivation) {
        boolean written = chunk.direction() == Direction.FRONTEND;
        ChunkMarks marks = ChunkMarks.of(chunk);
        boolean own = !marks.equals(derivation.next(chunk.direction(), chunk.connection(), chunk.bytes()));
        boolean other = chunk.connection() != 1;
        int kind = written ? BinaryTape.CHUNK_WRITTEN : BinaryTape.CHUNK_READ;
        meta.octet(kind | (other ? BinaryTape.OTHER_CONNECTION : 0) | (own ? BinaryTape.OWN_MARKS : 0));
        meta.number(delta);
        if (other) {
            meta.number(chunk.connection());
        }
        byte[] bytes = chunk.bytes().toArray();
        meta.number(bytes.length);
        (written ? frontend : backend).bytes(bytes, 0, bytes.length);
        if (own) {
            meta.number(marks.messagesBefore());
            meta.number(marks.firstBoundary() + 1L);
            meta.number(marks.masked().size());
            for (MaskedSpan span : marks.masked()) {
                meta.number(span.offset());
                meta.number(span.length());
                meta.octet(span.kind().code());
            }
        }
    }

    private void other(SessionEvent event, long delta) {
        var form = new EventWriter(0);
        form.write(Restamped.of(event, 0, 0));
        meta.octet(form.buffer()[5]);
        meta.number(delta);
        int to = form.length() - JOURNAL_CHECKSUM_BYTES;
        meta.number(to - JOURNAL_HEADER_BYTES);
        meta.bytes(form.buffer(), JOURNAL_HEADER_BYTES, to);
    }

    private void block() throws IOException {
        if (meta.length() == 0) {
            return;
        }
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            block.clear();
            for (GrowingBytes part : new GrowingBytes[] {meta, frontend, backend}) {
                deflater.setInput(part.array(), 0, part.length());
                pack(deflater);
            }
            deflater.finish();
            pack(deflater);
        } finally {
            deflater.end();
        }
        out.write(ByteBuffer.allocate(BinaryTape.BLOCK_HEADER_BYTES)
                .put((byte) BinaryTape.BLOCK)
                .putInt(meta.length())
                .putInt(frontend.length())
                .putInt(backend.length())
                .putInt(block.length())
                .array());
        out.write(block.array(), 0, block.length());
        meta.clear();
        frontend.clear();
        backend.clear();
    }

    private void pack(Deflater deflater) {
        int length = deflater.deflate(packed);
        while (length > 0) {
            block.bytes(packed, 0, length);
            length = deflater.deflate(packed);
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
