package org.pgreel.recorder.tape;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/** Reads the records of a binary tape, a block at a time. Confined to one thread. */
final class BinaryTapeReader implements StripeReader {

    private final TapeFile file;
    private final DataInputStream in;
    private final int version;
    private final int firstSession;
    private long number;
    private long blockAt;
    private long nextBlockAt;
    private int session;
    private int sessionsBefore;
    private boolean atEnd;
    private @Nullable SessionEvents current;
    private @Nullable SessionEvents ended;
    private @Nullable PackedEvents block;

    /**
     * Begins to read.
     *
     * @param start where the session begins that comes first; null for the beginning of the tape
     * @param number the number of the first record
     */
    BinaryTapeReader(TapeFile file, TapeFile.@Nullable Start start, long number) throws IOException {
        this.file = file;
        this.number = number;
        this.firstSession = start == null ? 1 : start.session();
        this.session = start == null ? 0 : (int) start.before();
        this.nextBlockAt = start == null ? BinaryTape.HEADER_BYTES : start.offset();
        try (InputStream head = file.read(0)) {
            this.version =
                    ByteBuffer.wrap(head.readNBytes(BinaryTape.HEADER_BYTES)).getInt(BinaryTape.MAGIC.length);
        }
        this.in = new DataInputStream(new BufferedInputStream(file.read(nextBlockAt)));
    }

    @Override
    public @Nullable StripeEntry next() {
        StripeRecord record = complete();
        while (record == null && readOn()) {
            record = complete();
        }
        return record;
    }

    private @Nullable StripeRecord complete() {
        SessionEvents of = ended != null ? ended : current;
        byte[] events = of == null ? null : of.poll();
        if (of == null || events == null) {
            ended = null;
            return null;
        }
        return new StripeRecord(number, number++, of.session(), events, 0, events.length);
    }

    /** Reads on until a record may be complete; false at the end of the tape. */
    private boolean readOn() {
        try {
            PackedEvents events = block;
            if (events == null || !events.more()) {
                if (events != null) {
                    events.requireExhausted();
                }
                return nextBlock();
            }
            if (!events.sessionBegins()) {
                events.next(current, session > 0);
            } else if (current != null) {
                // Its records come first, so that the next session's are numbered behind them.
                end();
            } else {
                begin(events);
            }
            return true;
        } catch (TapeProblem e) {
            throw file.damaged("block at byte " + blockAt, e.what());
        } catch (ArithmeticException e) {
            throw file.damaged("block at byte " + blockAt, "a time lies behind the end of all time");
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private void begin(PackedEvents events) {
        events.passSession();
        session++;
        if (session >= firstSession) {
            file.begins(number, new TapeFile.Start(blockAt, session, sessionsBefore));
            current = new SessionEvents(session);
        }
    }

    private void end() {
        SessionEvents before = current;
        if (before != null) {
            before.end();
            ended = before;
            current = null;
        }
    }

    private boolean nextBlock() throws IOException {
        block = null;
        blockAt = nextBlockAt;
        int kind = atEnd ? BinaryTape.END : in.read();
        if (kind == BinaryTape.END) {
            atEnd = true;
            end();
            return ended != null;
        }
        sessionsBefore = session;
        byte[] head = new byte[BlockHeader.bytes(version)];
        try {
            in.readFully(head);
            BlockHeader sizes = BlockHeader.of(version, ByteBuffer.wrap(head));
            String problem = kind == BinaryTape.BLOCK ? sizes.problem() : "no block stands here";
            if (problem != null) {
                throw new TapeProblem(problem);
            }
            byte[] packed = new byte[sizes.packed()];
            in.readFully(packed);
            block = PackedEvents.of(version, BlockUnpacking.unpacked(version, packed, sizes), sizes);
            nextBlockAt += 1L + head.length + packed.length;
        } catch (EOFException e) {
            throw new TapeProblem("the tape is cut");
        }
        return true;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }
}
