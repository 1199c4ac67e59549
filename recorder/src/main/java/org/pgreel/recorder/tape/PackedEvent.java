package org.pgreel.recorder.tape;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.EventReader;
import org.pgreel.recorder.event.EventWriter;
import org.pgreel.recorder.event.MalformedEventException;
import org.pgreel.recorder.event.MaskKind;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.SessionEvent;

/** What an event is on a binary tape, apart from its time and the bytes of a chunk; alike in all versions. */
final class PackedEvent {

    /** A session begins; not the code of any event. */
    static final int SESSION = 0;

    static final int KIND_MASK = 0x0f;
    static final int CHUNK_WRITTEN = 3;
    static final int CHUNK_READ = 4;

    /** The chunk is not of connection 1, and says of which. */
    static final int OTHER_CONNECTION = 0x10;

    /** The chunk says itself what stands before and in it. */
    static final int OWN_MARKS = 0x20;

    /** The chunk is so many whole messages; from version 2 on. */
    static final int WHOLE_MESSAGES = 0x40;

    /** Where the body of an event begins in the form it has in a journal, and what follows it. */
    private static final int JOURNAL_HEADER_BYTES = 30;

    private static final int JOURNAL_CHECKSUM_BYTES = 4;

    private PackedEvent() {}

    /**
     * Returns which event a kind stands for.
     *
     * @param kind as it stands on the tape
     * @param delta how long after the event before it it happened
     * @throws TapeProblem if no event can be like that
     */
    static int type(int kind, long delta) {
        if (delta < 0) {
            throw new TapeProblem("an event is earlier than the one before it");
        }
        int type = kind & KIND_MASK;
        if (kind != type && !isChunk(type)) {
            throw new TapeProblem(kind + " stands for no kind of event");
        }
        return type;
    }

    static boolean isChunk(int type) {
        return type == CHUNK_WRITTEN || type == CHUNK_READ;
    }

    /** Reads of which connection a chunk is. */
    static int connection(int kind, PackedNumbers meta) {
        return (kind & OTHER_CONNECTION) == 0 ? 1 : meta.number(0, Integer.MAX_VALUE, "a connection");
    }

    static void putMarks(GrowingBytes to, ChunkMarks marks) {
        to.number(marks.messagesBefore());
        to.number(marks.firstBoundary() + 1L);
        to.number(marks.masked().size());
        for (MaskedSpan span : marks.masked()) {
            to.number(span.offset());
            to.number(span.length());
            to.octet(span.kind().code());
        }
    }

    static ChunkMarks marks(PackedNumbers meta, int length) {
        long messagesBefore = meta.number();
        int firstBoundary = meta.number(0, length + 1, "a boundary") - 1;
        int count = meta.number(0, length, "a count of masked spans");
        List<MaskedSpan> masked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int offset = meta.number(0, length, "an offset");
            int span = meta.number(1, length, "a masked span");
            masked.add(new MaskedSpan(offset, span, kind(meta.octet())));
        }
        return new ChunkMarks(messagesBefore, firstBoundary, masked);
    }

    private static MaskKind kind(int code) {
        for (MaskKind kind : MaskKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new TapeProblem(code + " stands for no kind of secret");
    }

    /** Writes the body that an event other than a chunk has in a journal, and returns its kind. */
    static int putOther(GrowingBytes to, SessionEvent event) {
        var form = new EventWriter(0);
        form.write(Restamped.of(event, 0, 0));
        int end = form.length() - JOURNAL_CHECKSUM_BYTES;
        to.number(end - JOURNAL_HEADER_BYTES);
        to.bytes(form.buffer(), JOURNAL_HEADER_BYTES, end);
        return form.buffer()[5];
    }

    /**
     * Reads the body of an event. A header is put before it, as a journal has it, so that the reader of journals can read
     * it.
     *
     * @param bytes what {@code meta} reads
     * @param delta how long after the event before it it happened, in nanoseconds
     * @param to whose event it is; null if it is not wanted
     */
    static void other(PackedNumbers meta, byte[] bytes, int type, long delta, @Nullable SessionEvents to) {
        int length = meta.number(0, EventFormat.EVENT_BYTES_MAX - JOURNAL_HEADER_BYTES, "an event");
        int from = meta.skip(length);
        if (to == null) {
            return;
        }
        int total = JOURNAL_HEADER_BYTES + length + JOURNAL_CHECKSUM_BYTES;
        ByteBuffer form = ByteBuffer.allocate(total);
        form.putInt(total - 4).put((byte) EventFormat.SCHEMA_VERSION).put((byte) type);
        form.putLong(to.session()).putLong(to.nextSequence()).putLong(Math.addExact(to.nanos(), delta));
        form.put(bytes, from, length);
        var reader = new EventReader(form.array(), 0, total);
        try {
            reader.next();
            to.add(reader.event());
        } catch (MalformedEventException e) {
            throw new TapeProblem("an event cannot be read: " + e.getMessage());
        }
    }
}
