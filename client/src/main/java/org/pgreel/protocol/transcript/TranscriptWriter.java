package org.pgreel.protocol.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;

/**
 * Writes a transcript, a line at a time.
 *
 * <p>Passwords, proofs, signatures, tokens and cancel keys are not shown unless asked for. A {@code WireDecoder} may be
 * given the writer to write what it decodes. Mutable; confined to one thread. An {@link IOException} of what is written to
 * becomes an {@link UncheckedIOException}.
 */
public final class TranscriptWriter implements WireSink {
    private static final int TYPED_HEADER = 5;

    private final Appendable out;
    private final Source source;
    private @Nullable Stamp stamp;

    /** What the bytes of the messages may hold. */
    private enum Source {
        LIVE,
        RECORDING,
        WITHOUT_SECRETS
    }

    /** A writer that does not show secrets. */
    public TranscriptWriter(Appendable out) {
        this(out, Source.LIVE);
    }

    private TranscriptWriter(Appendable out, Source source) {
        this.out = out;
        this.source = source;
    }

    /**
     * A writer for a recording, whose secrets are overwritten already: they are shown as {@code <secret:N>} too, but what
     * is no message is shown whole, so that the bytes of the transcript are those of the recording.
     */
    public static TranscriptWriter ofRecording(Appendable out) {
        return new TranscriptWriter(out, Source.RECORDING);
    }

    /** A writer that shows secrets: only for sessions that hold none of anyone's. */
    public static TranscriptWriter showingSecrets(Appendable out) {
        return new TranscriptWriter(out, Source.WITHOUT_SECRETS);
    }

    /** Returns the line that shows the message without its secrets; for reports and failures. */
    public static String line(Direction direction, Message message) {
        return Line.of(MessageForms.write(direction, message, false)).toString();
    }

    /** Sets what stands before the next line; null for nothing. */
    public TranscriptWriter at(@Nullable Stamp next) {
        stamp = next;
        return this;
    }

    /** Writes a message. */
    public void message(Direction direction, Message message) {
        write(MessageForms.write(direction, message, source == Source.WITHOUT_SECRETS), null);
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        message(direction, message);
    }

    /** Writes, as a comment, that a message was too large to be shown: such a transcript lacks its bytes. */
    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        write(
                new Item.Blank(),
                direction.letter() + " message '" + (char) type + "' of " + length + " bytes is not shown");
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
        write(raw(direction, rawValue(direction, raw)), why.getMessage());
    }

    /** Writes bytes that are no message. */
    public void raw(Direction direction, Bytes bytes) {
        write(raw(direction, rawValue(direction, bytes)), null);
    }

    private static Item raw(Direction direction, Value bytes) {
        return new Item.EventItem(direction, EventForms.RAW, List.of(Field.of(bytes)), 0);
    }

    /** A password message that is malformed still holds a password. */
    private Value rawValue(Direction direction, Bytes bytes) {
        boolean password = direction == Direction.FRONTEND && !bytes.isEmpty() && bytes.byteAt(0) == 'p';
        return password && source == Source.LIVE
                ? Value.masked(bytes, Math.min(TYPED_HEADER, bytes.length()), bytes.length())
                : Value.of(bytes);
    }

    /** Writes an event of the transport: {@code connect}, {@code tls}, {@code eof}, {@code reset}, {@code close}. */
    public void event(Direction direction, String name, Field... fields) {
        write(new Item.EventItem(direction, name, List.of(fields), 0), null);
    }

    /**
     * Writes the end of a write.
     *
     * @param bytes how many bytes of the next message were still part of it
     */
    public void boundary(int bytes) {
        write(new Item.Boundary(bytes), null);
    }

    /** Writes a callback of SessionStatusNotify. */
    public void callback(String name, Field... fields) {
        write(new Item.Told('@', null, name, List.of(fields)), null);
    }

    /** Writes what the application asked for. */
    public void asked(String operation, Field... fields) {
        write(new Item.Told('>', null, operation, List.of(fields)), null);
    }

    /** Writes what the application was told. */
    public void told(String result, Field... fields) {
        write(new Item.Told('<', null, result, List.of(fields)), null);
    }

    /** Writes a note of the user. */
    public void note(String text) {
        write(new Item.Note(text), null);
    }

    /** Writes a comment on a line of its own. */
    public void comment(String text) {
        write(new Item.Blank(), text);
    }

    private void write(Item item, @Nullable String comment) {
        Line line = new Line(0, stamp, item, comment);
        stamp = null;
        try {
            out.append(line.toString()).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
