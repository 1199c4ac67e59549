package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;
import javax.net.ssl.SSLSocketFactory;
import org.pgreel.protocol.conversation.ScriptedSession.Step;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;

/**
 * A bare socket to a real server: it sends what it is told, reads what comes, and folds both through a
 * {@link Conversation} that must find everything legal.
 */
final class WireClient implements WireSink, AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int PAUSE_MILLIS = 20;

    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final Deque<BackendMessage> received = new ArrayDeque<>();
    private final List<Step> log = new ArrayList<>();
    private final byte[] buffer = new byte[65_536];
    private Socket socket;
    private Conversation conversation = Conversation.begin();

    private WireClient(Socket socket) {
        this.socket = socket;
    }

    static WireClient connect(String host, int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new WireClient(socket);
    }

    /** Sends the messages in one go. */
    WireClient send(FrontendMessage... messages) throws IOException {
        MessageWriter writer = new MessageWriter();
        for (FrontendMessage message : messages) {
            message.encode(writer);
        }
        byte[] bytes = writer.toBytes().toArray();
        decoder.feed(Direction.FRONTEND, bytes, 0, bytes.length, this);
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads what the words name: messages, asynchronous ones aside; a name with an asterisk stands for any number. */
    WireClient expect(String names) throws IOException {
        StringTokenizer words = new StringTokenizer(names);
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (word.endsWith("*")) {
                skip(word.substring(0, word.length() - 1));
            } else {
                assertThat(name(next())).as("behind %s", log).isEqualTo(word);
            }
        }
        return this;
    }

    private void skip(String name) throws IOException {
        while (name(peek()).equals(name)) {
            received.remove();
        }
    }

    /** Reads the next message that is not asynchronous. */
    BackendMessage next() throws IOException {
        BackendMessage message = peek();
        received.remove();
        return message;
    }

    /** Reads the next message, which has to be of that type. */
    <M extends BackendMessage> M next(Class<M> type) throws IOException {
        return type.cast(next());
    }

    private BackendMessage peek() throws IOException {
        received.removeIf(WireClient::isAsynchronous);
        while (received.isEmpty()) {
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                throw new EOFException("the server closed behind " + log);
            }
            decoder.feed(Direction.BACKEND, buffer.clone(), 0, count, this);
            received.removeIf(WireClient::isAsynchronous);
        }
        return received.getFirst();
    }

    /** Sends Flush, with pauses, until the server says something. */
    void flushUntilAnswered() throws IOException {
        socket.setSoTimeout(PAUSE_MILLIS);
        for (int i = 0; i < TIMEOUT_MILLIS / PAUSE_MILLIS && !isAnswered(); i++) {
            send(new Flush());
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    private boolean isAnswered() throws IOException {
        try {
            peek();
            return true;
        } catch (SocketTimeoutException nothingYet) {
            return false;
        }
    }

    /** Waits for the server to close. */
    void expectEnd() throws IOException {
        try {
            BackendMessage message = peek();
            throw new AssertionError(name(message) + " behind " + log);
        } catch (EOFException | SocketException expected) {
            assertThat(conversation.mayEnd()).as("%s", log).isTrue();
        }
    }

    /** Goes on inside TLS. */
    void startTls(SSLSocketFactory factory) throws IOException {
        socket = factory.createSocket(socket, "127.0.0.1", socket.getPort(), true);
    }

    private static boolean isAsynchronous(BackendMessage message) {
        return message instanceof NoticeResponse
                || message instanceof ParameterStatus
                || message instanceof NotificationResponse;
    }

    private static String name(BackendMessage message) {
        boolean fatal = message instanceof ErrorResponse error && State.isFatal(error);
        return message.name() + (fatal ? "(FATAL)" : "");
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        String name = message instanceof BackendMessage m && direction == Direction.BACKEND ? name(m) : message.name();
        log.add(new Step(direction, name, message));
        conversation = conversation.after(direction, message);
        assertThat(conversation.violation()).as("%s", log).isNull();
        if (direction == Direction.BACKEND) {
            received.add((BackendMessage) message);
        }
    }

    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        throw new AssertionError("oversized: " + type);
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
        throw new AssertionError(why);
    }

    Conversation conversation() {
        return conversation;
    }

    /**
     * Folds the session once more, each message of the server coming as soon as those have that it
     * {@link Conversation#answers}: that has to be legal, and to end in the same value.
     */
    void foldInCausalOrder() {
        List<Long> answers = new ArrayList<>();
        Conversation at = Conversation.begin();
        for (Step step : log) {
            if (step.from() == Direction.BACKEND) {
                answers.add(at.answers((BackendMessage) step.message()));
            }
            at = at.after(step.from(), step.message());
        }
        assertThat(folded(causalOrder(answers))).isEqualTo(conversation);
    }

    private List<Step> causalOrder(List<Long> answers) {
        List<Step> frontend =
                log.stream().filter(step -> step.from() == Direction.FRONTEND).toList();
        List<Step> backend =
                log.stream().filter(step -> step.from() == Direction.BACKEND).toList();
        List<Step> order = new ArrayList<>();
        int b = 0;
        for (int sent = 0; sent <= frontend.size(); sent++) {
            for (; b < backend.size() && answers.get(b) <= sent && sent > 0; b++) {
                order.add(backend.get(b));
            }
            if (sent < frontend.size()) {
                order.add(frontend.get(sent));
            }
        }
        assertThat(order).hasSameSizeAs(log);
        return order;
    }

    private static Conversation folded(List<Step> steps) {
        Conversation at = Conversation.begin();
        for (Step step : steps) {
            at = at.after(step.from(), step.message());
            assertThat(at.violation()).as("%s", steps).isNull();
        }
        return at;
    }

    @Override
    public void close() throws IOException {
        Objects.requireNonNull(socket).close();
    }
}
