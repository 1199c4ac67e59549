package org.pgreel.replay.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FrontendMessageDecoder;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.PasswordKind;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.recorder.redaction.SqlSecrets;
import org.pgreel.replay.source.ExpectedMessage;
import org.pgreel.replay.source.Gate;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.Release;
import org.pgreel.replay.source.StoredBytes;

/** The messages of a recorded connection behind its login, both directions, as far as they can be decoded. */
public final class RecordedStream {

    private static final int HEADER = 5;
    private static final byte DATA_ROW = 'D';
    private static final byte COPY_DATA = 'd';
    private static final byte[] NONE = {};

    /**
     * A message of the frontend.
     *
     * @param number its number in the recorded session
     * @param at when it was recorded, see {@link ExpectedMessage#recordedAt()}
     */
    public record Asked(long number, long at, FrontendMessage message) {}

    private record Answered(int after, BackendMessage message) {}

    private final IdentityHashMap<BackendMessage, Gate.Notified> notified = new IdentityHashMap<>();

    private final List<Asked> asked = new ArrayList<>();
    private final IdentityHashMap<BackendMessage, Bulk> bulks = new IdentityHashMap<>();
    private final Deque<Answered> answered = new ArrayDeque<>();

    /** Decodes the connection. */
    public RecordedStream(PlayableConnection connection) {
        for (ExpectedMessage expected : connection.frontend()) {
            byte[] bytes = expected.bytes();
            FrontendMessage message = frontend(bytes);
            if (message == null) {
                break;
            }
            // Passwords in SQL are overwritten on a tape, and not in a journal; nor does a live client overwrite them.
            asked.add(new Asked(expected.number(), expected.recordedAt(), SqlSecrets.masked(message)));
        }
        for (Release release : connection.releases()) {
            answers(release);
        }
    }

    private static @Nullable FrontendMessage frontend(byte[] bytes) {
        try {
            return FrontendMessageDecoder.decode(bytes[0], bytes, HEADER, bytes.length, PasswordKind.PASSWORD);
        } catch (MalformedMessageException e) {
            return null;
        }
    }

    private void answers(Release release) {
        StoredBytes stored = release.stored();
        byte[] bytes = stored == null ? joined(release.parts()) : NONE;
        int at = 0;
        while (at + HEADER <= bytes.length) {
            int end = at + 1 + length(bytes, at + 1);
            if (end <= at + 1 || end > bytes.length || !answer(release, at == 0, Arrays.copyOfRange(bytes, at, end))) {
                return;
            }
            at = end;
        }
        if (stored != null) {
            answers(release, stored);
        }
    }

    /** Leaves rows in a row, and the data of a COPY, where they are. */
    private void answers(Release release, StoredBytes stored) {
        long at = 0;
        Bulk bulk = null;
        while (at + HEADER <= stored.length()) {
            ByteBuffer header = stored.slice(at, HEADER);
            byte type = header.get(0);
            int length = header.getInt(1) + 1;
            if (length <= Integer.BYTES || at + length > stored.length()) {
                return;
            }
            if (type == DATA_ROW || type == COPY_DATA) {
                long from = bulk == null ? at : at - bulk.bytes().length();
                bulk = new Bulk(stored.part(from, at + length - from), bulk == null ? 1 : bulk.count() + 1);
            } else if (!answer(release, at == 0, stored.copy(at, length))) {
                return;
            } else if (bulk != null) {
                bulks.put(answered.getLast().message(), bulk);
                bulk = null;
            }
            at += length;
        }
    }

    private boolean answer(Release release, boolean first, byte[] bytes) {
        try {
            BackendMessage message = BackendMessageDecoder.decode(bytes[0], bytes, HEADER, bytes.length);
            answered.add(new Answered(release.after(), message));
            if (first && release.gate() instanceof Gate.Notified gate) {
                notified.put(message, gate);
            }
            return true;
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    /** Returns the many rows that came before the message; null if there were none. */
    @Nullable
    Bulk before(BackendMessage message) {
        return bulks.get(message);
    }

    private static byte[] joined(List<byte[]> parts) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }

    /** Returns the notifications that another recorded connection sent, and how far that was then. */
    IdentityHashMap<BackendMessage, Gate.Notified> notified() {
        return notified;
    }

    /** Returns what the frontend said, in order. */
    public List<Asked> asked() {
        return asked;
    }

    static boolean asynchronous(BackendMessage message) {
        return message instanceof NoticeResponse
                || message instanceof NotificationResponse
                || message instanceof ParameterStatus;
    }

    /** Takes the asynchronous messages that were there before the frontend had sent so many messages more. */
    List<BackendMessage> before(int index) {
        List<BackendMessage> before = new ArrayList<>();
        for (Answered next = answered.peek();
                next != null && next.after() <= index && asynchronous(next.message());
                next = answered.peek()) {
            before.add(answered.remove().message());
        }
        return before;
    }

    /** Takes the messages of the backend that may leave when the frontend has sent so many messages. */
    public List<BackendMessage> answersTo(int count) {
        List<BackendMessage> answers = new ArrayList<>();
        for (Answered next = answered.peek(); next != null && next.after() <= count; next = answered.peek()) {
            answers.add(answered.remove().message());
        }
        return answers;
    }

    /** Takes the next message of the backend; null if there is none. */
    @Nullable
    BackendMessage next() {
        Answered next = answered.poll();
        return next == null ? null : next.message();
    }

    /** Looks at the next message of the backend. */
    @Nullable
    BackendMessage peek() {
        Answered next = answered.peek();
        return next == null ? null : next.message();
    }
}
