package org.pgreel.protocol.message;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.FrameSink;
import org.pgreel.protocol.wire.FrameSplitter;
import org.pgreel.protocol.wire.FrameSplitter.Mode;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;

/**
 * Decodes both directions of one connection, whoever is listening: client, proxy, or reader of a recording.
 *
 * <p>What a byte means depends on what was said before: whether a type precedes the length, whether a lone byte answers a
 * request for encryption, which of four messages a {@code 'p'} is (it answers a request that came before its first byte).
 * The decoder follows that by itself. It wants bytes as
 * they were before encryption, and the two directions in an order in which nothing comes before its cause. Bytes behind
 * the answer {@code S} are those inside TLS. Mutable; confined to one thread.
 */
public final class WireDecoder {
    private final Half frontend;
    private final Half backend;
    private final Queue<FrontendMessage> negotiations = new ArrayDeque<>();
    private PasswordKind passwordKind = PasswordKind.PASSWORD;

    /**
     * Where one direction stands.
     *
     * @param splitter where its frames stand
     * @param position the bytes of the stream that were taken or passed on undecoded
     * @param ended why nothing more is decoded; null if it is
     * @param kindAtBeginning how a {@code 'p'} that has begun is to be read
     */
    public record HalfSnapshot(
            FrameSplitter.Snapshot splitter,
            long position,
            @Nullable MalformedMessageException ended,
            PasswordKind kindAtBeginning) {}

    /**
     * Where a decoder stands between two chunks. Immutable.
     *
     * @param frontend the frontend's direction
     * @param backend the backend's direction
     * @param negotiations the requests for encryption that were not answered yet
     * @param passwordKind how the next {@code 'p'} is to be read
     */
    public record Snapshot(
            HalfSnapshot frontend,
            HalfSnapshot backend,
            List<FrontendMessage> negotiations,
            PasswordKind passwordKind) {

        /** Keeps its own copy of the list. */
        public Snapshot {
            negotiations = List.copyOf(negotiations);
        }
    }

    /** A decoder at the beginning of a connection. */
    public WireDecoder(WireLimits limits) {
        frontend = new Half(Direction.FRONTEND, limits);
        backend = new Half(Direction.BACKEND, limits);
    }

    /** A decoder that goes on where another stood. */
    public WireDecoder(WireLimits limits, Snapshot snapshot) {
        frontend = new Half(Direction.FRONTEND, limits, snapshot.frontend());
        backend = new Half(Direction.BACKEND, limits, snapshot.backend());
        negotiations.addAll(snapshot.negotiations());
        passwordKind = snapshot.passwordKind();
    }

    /** Returns where it stands; not to be called while it is fed. */
    public Snapshot snapshot() {
        return new Snapshot(frontend.snapshot(), backend.snapshot(), List.copyOf(negotiations), passwordKind);
    }

    /** Takes the next bytes of a direction; messages share the buffer, which may not be changed afterwards. */
    public void feed(Direction direction, byte[] buffer, int from, int to, WireSink sink) {
        half(direction).feed(buffer, from, to, sink);
    }

    /** Reports the bytes of a message that had begun when the stream ended; nothing when it ended between two. */
    public void end(Direction direction, WireSink sink) {
        half(direction).end(sink);
    }

    private Half half(Direction direction) {
        return direction == Direction.FRONTEND ? frontend : backend;
    }

    private void said(FrontendMessage message) {
        if (message instanceof SSLRequest || message instanceof GSSENCRequest) {
            negotiations.add(message);
            backend.splitter.expect(Mode.NEGOTIATION);
        } else if (message instanceof StartupMessage) {
            frontend.splitter.expect(Mode.TYPED);
        } else if (message instanceof CancelRequest) {
            frontend.endDecoding(new MalformedMessageException("message", 0, "nothing may follow a CancelRequest"));
        }
    }

    private void said(BackendMessage message) {
        if (message instanceof AuthenticationRequest request) {
            passwordKind = passwordKind.after(request);
            if (request instanceof AuthenticationOk) {
                backend.splitter.expect(Mode.TYPED);
            }
        } else if (message instanceof GSSENCResponse response && response.answer() == 'G') {
            MalformedMessageException why =
                    new MalformedMessageException("message", 0, "encrypted by GSSAPI from here on");
            frontend.endDecoding(why);
            backend.endDecoding(why);
        }
    }

    /** One direction. */
    private final class Half implements FrameSink {
        private final Direction direction;
        private final FrameSplitter splitter;
        private @Nullable WireSink sink;
        private @Nullable MalformedMessageException ended;
        private long position;
        private PasswordKind kindAtBeginning = PasswordKind.PASSWORD;

        Half(Direction direction, WireLimits limits) {
            this.direction = direction;
            this.splitter = new FrameSplitter(direction, limits);
        }

        Half(Direction direction, WireLimits limits, HalfSnapshot snapshot) {
            this.direction = direction;
            this.splitter = new FrameSplitter(direction, limits, snapshot.splitter());
            this.position = snapshot.position();
            this.ended = snapshot.ended();
            this.kindAtBeginning = snapshot.kindAtBeginning();
        }

        HalfSnapshot snapshot() {
            return new HalfSnapshot(splitter.snapshot(), position, ended, kindAtBeginning);
        }

        void endDecoding(MalformedMessageException why) {
            ended = why;
            splitter.stop();
        }

        void feed(byte[] buffer, int from, int to, WireSink taker) {
            sink = taker;
            if (splitter.atBoundary()) {
                kindAtBeginning = passwordKind;
            }
            int at = from;
            while (at < to && ended == null) {
                expectErrorInsteadOfAnswer(buffer[at]);
                long before = splitter.position();
                try {
                    at = splitter.feed(buffer, at, to, this);
                } catch (MalformedMessageException why) {
                    at += (int) (splitter.position() - before);
                    ended = why;
                }
                position += splitter.position() - before;
            }
            if (at < to && ended != null) {
                undecodable(splitter.takeUnfinished(), buffer, at, to, ended);
            }
        }

        void end(WireSink taker) {
            sink = taker;
            Bytes head = splitter.takeUnfinished();
            if (!head.isEmpty()) {
                MalformedMessageException cut =
                        new MalformedMessageException("message", head.length(), "the stream ends inside the message");
                undecodable(head, new byte[0], 0, 0, ended != null ? ended : cut);
            }
        }

        /** Reports bytes that were kept, and those of the chunk behind them. */
        private void undecodable(Bytes head, byte[] buffer, int from, int to, MalformedMessageException why) {
            Bytes tail = Bytes.wrap(buffer, from, to);
            long start = position - head.length();
            position += tail.length();
            sink().undecodable(direction, start, head.isEmpty() ? tail : head.plus(tail), why);
        }

        /** A server that cannot even negotiate answers with an ErrorResponse where a lone byte is due. */
        private void expectErrorInsteadOfAnswer(byte next) {
            if (next == ErrorResponse.TYPE && splitter.mode() == Mode.NEGOTIATION && splitter.atBoundary()) {
                negotiations.poll();
                splitter.expect(Mode.AUTHENTICATING);
            }
        }

        @Override
        public void frame(byte type, byte[] buffer, int bodyFrom, int bodyTo) {
            try {
                if (direction == Direction.BACKEND) {
                    decoded(BackendMessageDecoder.decode(type, buffer, bodyFrom, bodyTo));
                } else if (splitter.mode() == Mode.UNTYPED) {
                    decoded(FrontendMessageDecoder.decodeUntyped(buffer, bodyFrom, bodyTo));
                } else {
                    decoded(FrontendMessageDecoder.decode(type, buffer, bodyFrom, bodyTo, kindAtBeginning));
                }
            } catch (MalformedMessageException why) {
                Bytes raw = whole(type, buffer, bodyFrom, bodyTo);
                sink().undecodable(direction, splitter.frameStart(), raw, why);
            }
            kindAtBeginning = passwordKind;
        }

        private void decoded(FrontendMessage message) {
            said(message);
            sink().message(direction, message, splitter.frameStart(), splitter.position());
        }

        private void decoded(BackendMessage message) {
            said(message);
            sink().message(direction, message, splitter.frameStart(), splitter.position());
        }

        private Bytes whole(byte type, byte[] buffer, int bodyFrom, int bodyTo) {
            MessageWriter frame = new MessageWriter();
            MessageWriter begun = splitter.mode() == Mode.UNTYPED ? frame.beginUntyped() : frame.begin(type);
            return begun.writeBytes(buffer, bodyFrom, bodyTo).end().toBytes();
        }

        @Override
        public void negotiationByte(byte answer) {
            FrontendMessage asked = negotiations.poll();
            splitter.expect(negotiations.isEmpty() ? Mode.AUTHENTICATING : Mode.NEGOTIATION);
            splitter.stop();
            BackendMessage message =
                    asked instanceof GSSENCRequest ? new GSSENCResponse(answer) : new SSLResponse(answer);
            decoded(message);
        }

        @Override
        public void oversized(byte type, long bodyLength) {
            long length = bodyLength + (splitter.position() - splitter.frameStart());
            sink().oversized(direction, type, length, splitter.frameStart());
        }

        private WireSink sink() {
            return Objects.requireNonNull(sink, "sink");
        }
    }
}
