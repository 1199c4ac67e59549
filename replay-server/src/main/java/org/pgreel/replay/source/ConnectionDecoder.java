package org.pgreel.replay.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.GSSResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NegotiateProtocolVersion;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;

/**
 * Reads the bytes of one recorded connection: takes its login away, and notes of the rest what the client said and
 * which part of it each answer belongs to.
 */
final class ConnectionDecoder implements WireSink {
    static final String QUERY_CANCELED = "57014";

    /** A frontend message that is to be sent again; its number is that in the session. */
    record Kept(long number, long start, long end, long nanos, byte type) {}

    /** An asynchronous message of which it is not known yet what it waits for; {@code sent} messages had been kept. */
    private record Unsettled(
            long answers,
            int sent,
            long start,
            long end,
            long nanos,
            @Nullable BackendMessage gated) {}

    /** Numbers the messages of a session, over all its connections. */
    static final class Numbers {
        private long last;

        /** Returns the number of the last message; 0 if there was none. */
        long last() {
            return last;
        }
    }

    private final Numbers numbers;
    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final StreamBytes frontendBytes = new StreamBytes();
    private final StreamBytes backendBytes = new StreamBytes();
    private final CausalOrder order = new CausalOrder();

    private final List<Kept> kept = new ArrayList<>();
    private final List<BackendMessage> greeting = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Unsettled> unsettled = new ArrayList<>();
    private Map<String, String> startup = new LinkedHashMap<>();
    private @Nullable CancelRequest cancel;
    private @Nullable Integer processId;
    private boolean started;
    private boolean ready;
    private int dropped;
    private long backendDecoded;
    private long nanos;
    private long firstNanos = Long.MAX_VALUE;
    private boolean opaque;

    ConnectionDecoder(Numbers numbers) {
        this.numbers = numbers;
    }

    void chunk(Direction direction, Bytes bytes, long at) {
        nanos = at;
        firstNanos = Math.min(firstNanos, at);
        (direction == Direction.FRONTEND ? frontendBytes : backendBytes).append(bytes);
        byte[] array = bytes.toArray();
        decoder.feed(direction, array, 0, array.length, this);
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        numbers.last++;
        if (direction == Direction.FRONTEND) {
            frontend((FrontendMessage) message, start, end);
        } else {
            backend((BackendMessage) message, start, end);
        }
    }

    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        numbers.last++;
        long end = start + length;
        if (direction == Direction.FRONTEND) {
            order.afterOversizedFrontend(type);
            keep(start, end, type);
        } else {
            long answers = order.afterOversizedBackend(type);
            settle(answers);
            stretch(answers, start, end, null);
        }
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
        numbers.last++;
        long end = start + raw.length();
        opaque |= !started;
        if (direction == Direction.FRONTEND && started) {
            keep(start, end, raw.isEmpty() ? 0 : raw.byteAt(0));
        } else if (ready) {
            settle(Long.MAX_VALUE);
            extend(start, end);
        }
    }

    private void frontend(FrontendMessage message, long start, long end) {
        if (message instanceof CancelRequest request) {
            cancel = request;
            return;
        }
        order.after(message);
        if (message instanceof StartupMessage first) {
            startup = new LinkedHashMap<>(StartupParameters.of(first));
            started = true;
            dropped++;
        } else if (belongsToTheLogin(message)) {
            dropped++;
        } else {
            keep(start, end, frontendBytes.cut(start, start + 1)[0]);
        }
    }

    private static boolean belongsToTheLogin(FrontendMessage message) {
        return message instanceof SSLRequest
                || message instanceof GSSENCRequest
                || message instanceof PasswordMessage
                || message instanceof SASLInitialResponse
                || message instanceof SASLResponse
                || message instanceof GSSResponse;
    }

    private void keep(long start, long end, byte type) {
        kept.add(new Kept(numbers.last, start, end, nanos, type));
    }

    private void backend(BackendMessage message, long start, long end) {
        long answers = order.after(message);
        backendDecoded = end;
        if (message instanceof AuthenticationRequest
                || message instanceof SSLResponse
                || message instanceof GSSENCResponse
                || message instanceof NegotiateProtocolVersion) {
            return;
        }
        if (ready) {
            BackendMessage gated = gated(message) ? message : null;
            if (asynchronous(message)) {
                unsettled.add(new Unsettled(answers, kept.size(), start, end, nanos, gated));
            } else {
                settle(answers);
                stretch(answers, start, end, gated);
            }
            return;
        }
        greeting.add(message);
        if (message instanceof BackendKeyData data) {
            processId = data.processId();
        } else if (message instanceof ReadyForQuery) {
            ready = true;
        }
    }

    private static boolean asynchronous(BackendMessage message) {
        return message instanceof NoticeResponse
                || message instanceof NotificationResponse
                || message instanceof ParameterStatus;
    }

    /**
     * Says what the asynchronous messages wait for that came last. If the answer behind them is to something that had
     * been sent when they came, they belong to it: a notice of a statement must not arrive before the statement. If it is
     * not, they came of themselves, and follow what came before them.
     */
    private void settle(long nextAnswers) {
        for (Unsettled message : unsettled) {
            boolean asked = nextAnswers - dropped <= message.sent();
            long answers = asked ? Math.max(nextAnswers, message.answers()) : message.answers();
            stretch(answers, message.start(), message.end(), message.nanos(), message.gated());
        }
        unsettled.clear();
    }

    private static boolean gated(BackendMessage message) {
        if (message instanceof ErrorResponse error) {
            return error.sqlState().equals(QUERY_CANCELED);
        }
        return message instanceof NotificationResponse;
    }

    private void stretch(long answers, long start, long end, @Nullable BackendMessage gated) {
        stretch(answers, start, end, nanos, gated);
    }

    private void stretch(long answers, long start, long end, long at, @Nullable BackendMessage gated) {
        backendDecoded = end;
        int last = stretches.size() - 1;
        int after = (int) Math.max(0, Math.min(kept.size(), answers - dropped));
        if (last >= 0) {
            after = Math.max(after, stretches.get(last).after());
        }
        if (last >= 0 && stretches.get(last).joins(after, gated)) {
            stretches.set(last, stretches.get(last).until(end, at));
        } else {
            stretches.add(new Stretch(start, end, after, at, at, gated));
        }
    }

    /** Lets bytes whose meaning is unknown follow what came before them. */
    private void extend(long start, long end) {
        int last = stretches.size() - 1;
        int after = last < 0 ? 0 : stretches.get(last).after();
        stretch((long) after + dropped, start, end, null);
    }

    boolean started() {
        return started;
    }

    /** Tells whether bytes came before a StartupMessage that are none of the protocol, such as those of TLS. */
    boolean opaque() {
        return opaque && !started;
    }

    boolean ready() {
        return ready;
    }

    @Nullable
    CancelRequest cancel() {
        return cancel;
    }

    @Nullable
    Integer processId() {
        return processId;
    }

    Map<String, String> startup() {
        return startup;
    }

    List<BackendMessage> greeting() {
        return greeting;
    }

    List<Kept> kept() {
        return kept;
    }

    List<Stretch> stretches() {
        settle(Long.MAX_VALUE);
        return stretches;
    }

    StreamBytes frontendBytes() {
        return frontendBytes;
    }

    StreamBytes backendBytes() {
        return backendBytes;
    }

    /** Returns the offset behind the last backend message that came whole. */
    long backendDecoded() {
        return backendDecoded;
    }

    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return nanos;
    }
}
