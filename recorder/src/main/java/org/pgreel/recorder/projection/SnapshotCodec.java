package org.pgreel.recorder.projection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.PasswordKind;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.FrameSplitter;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.recorder.recording.MessageProjection;

/**
 * Writes where a fold of connections stands, and reads it back. The form begins with its version; one of another version
 * is not read, for a snapshot can always be derived again.
 */
public final class SnapshotCodec {

    /** To be raised whenever what is kept changes, in this package or in a conversation. */
    static final int VERSION = 1;

    private static final int COUNT_MAX = 1 << 24;

    private SnapshotCodec() {}

    /** Returns a snapshot as bytes. */
    public static byte[] encode(Fold.Snapshot<Connections> snapshot) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(VERSION);
            out.writeLong(snapshot.events());
            out.writeLong(snapshot.messages().count());
            Map<Integer, WireDecoder.Snapshot> decoders =
                    new TreeMap<>(snapshot.messages().decoders());
            out.writeInt(decoders.size());
            for (Map.Entry<Integer, WireDecoder.Snapshot> decoder : decoders.entrySet()) {
                out.writeInt(decoder.getKey());
                write(decoder.getValue(), out);
            }
            ConnectionsCodec.write(snapshot.state(), out);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }

    /**
     * Reads a snapshot.
     *
     * @throws IOException if these bytes are none, or of another version
     */
    public static Fold.Snapshot<Connections> decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("a snapshot of version " + version);
        }
        long events = in.readLong();
        long messages = in.readLong();
        Map<Integer, WireDecoder.Snapshot> decoders = new HashMap<>();
        for (int i = count(in); i > 0; i--) {
            int connection = in.readInt();
            decoders.put(connection, readDecoder(in));
        }
        Connections state = ConnectionsCodec.read(in);
        return new Fold.Snapshot<>(events, new MessageProjection.Snapshot(messages, decoders), state);
    }

    static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > COUNT_MAX) {
            throw new IOException("a count of " + count);
        }
        return count;
    }

    /** Reads one of the names of an enum. */
    static <E extends Enum<E>> E name(Class<E> type, DataInputStream in) throws IOException {
        try {
            return Enum.valueOf(type, in.readUTF());
        } catch (IllegalArgumentException e) {
            throw new IOException("no " + type.getSimpleName(), e);
        }
    }

    static void text(String text, DataOutputStream out) throws IOException {
        out.writeInt(text.length());
        // Not UTF-8: a text may hold lone surrogates, which stand for bytes that are no UTF-8.
        out.writeChars(text);
    }

    static String text(DataInputStream in) throws IOException {
        byte[] chars = in.readNBytes(2 * count(in));
        StringBuilder text = new StringBuilder(chars.length / 2);
        for (int i = 0; i + 1 < chars.length; i += 2) {
            text.append((char) ((chars[i] & 0xff) << 8 | chars[i + 1] & 0xff));
        }
        return text.toString();
    }

    private static void write(WireDecoder.Snapshot decoder, DataOutputStream out) throws IOException {
        write(decoder.frontend(), out);
        write(decoder.backend(), out);
        out.writeInt(decoder.negotiations().size());
        for (FrontendMessage request : decoder.negotiations()) {
            out.writeBoolean(request instanceof SSLRequest);
        }
        out.writeUTF(decoder.passwordKind().name());
    }

    private static WireDecoder.Snapshot readDecoder(DataInputStream in) throws IOException {
        WireDecoder.HalfSnapshot frontend = readHalf(in);
        WireDecoder.HalfSnapshot backend = readHalf(in);
        List<FrontendMessage> negotiations = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
            negotiations.add(in.readBoolean() ? new SSLRequest() : new GSSENCRequest());
        }
        return new WireDecoder.Snapshot(frontend, backend, negotiations, name(PasswordKind.class, in));
    }

    private static void write(WireDecoder.HalfSnapshot half, DataOutputStream out) throws IOException {
        FrameSplitter.Snapshot splitter = half.splitter();
        out.writeUTF(splitter.mode().name());
        out.writeLong(splitter.position());
        out.writeLong(splitter.frameStart());
        bytes(splitter.header(), out);
        Bytes body = splitter.body();
        out.writeBoolean(body != null);
        if (body != null) {
            bytes(body, out);
        }
        out.writeInt(splitter.bodyLength());
        out.writeLong(splitter.oversizedLeft());
        failure(splitter.failure(), out);
        out.writeLong(half.position());
        failure(half.ended(), out);
        out.writeUTF(half.kindAtBeginning().name());
    }

    private static WireDecoder.HalfSnapshot readHalf(DataInputStream in) throws IOException {
        FrameSplitter.Mode mode = name(FrameSplitter.Mode.class, in);
        long position = in.readLong();
        long frameStart = in.readLong();
        Bytes header = bytes(in);
        Bytes body = in.readBoolean() ? bytes(in) : null;
        int bodyLength = in.readInt();
        long oversizedLeft = in.readLong();
        FrameSplitter.Snapshot splitter = new FrameSplitter.Snapshot(
                mode, position, frameStart, header, body, bodyLength, oversizedLeft, failure(in));
        return new WireDecoder.HalfSnapshot(splitter, in.readLong(), failure(in), name(PasswordKind.class, in));
    }

    private static void bytes(Bytes bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length());
        out.write(bytes.toArray());
    }

    private static Bytes bytes(DataInputStream in) throws IOException {
        return Bytes.wrap(in.readNBytes(count(in)));
    }

    private static void failure(@Nullable MalformedMessageException why, DataOutputStream out) throws IOException {
        out.writeBoolean(why != null);
        if (why != null) {
            text(why.messageName(), out);
            out.writeInt(why.offset());
            text(why.reason(), out);
        }
    }

    private static @Nullable MalformedMessageException failure(DataInputStream in) throws IOException {
        return in.readBoolean() ? new MalformedMessageException(text(in), in.readInt(), text(in)) : null;
    }
}
