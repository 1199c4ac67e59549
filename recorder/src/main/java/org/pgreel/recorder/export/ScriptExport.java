package org.pgreel.recorder.export;

import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.GSSResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.MessageProjection;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * Writes the script that plays the recorded backend: a block a connection. The login is on trust, because what SCRAM and
 * MD5 say is good once only; behind it stands each message of the backend as soon as those of the frontend have come that
 * it answers, whatever else had come when it was recorded.
 */
final class ScriptExport implements SessionExport {

    private final TextLines out;
    private final List<String> left;
    private int connections;

    ScriptExport(OutputStream out, List<String> left) {
        this.out = new TextLines(out);
        this.left = left;
    }

    @Override
    public void session(int number, Iterable<SessionEvent> events) {
        Set<Integer> ordinals = new LinkedHashSet<>();
        for (SessionEvent event : events) {
            if (event instanceof Chunk chunk) {
                ordinals.add(chunk.connection());
            }
        }
        for (int ordinal : ordinals) {
            var connection = new Connection(ordinal);
            var messages = new MessageProjection(connection::message);
            out.line("# session " + number + (ordinal == 1 ? "" : ", connection " + ordinal));
            for (SessionEvent event : events) {
                event.dispatch(messages);
                if (event instanceof ConnectionClosed closed && closed.connection() == ordinal) {
                    connection.closed(closed);
                }
            }
            connection.end();
        }
    }

    /** Plays through one connection. */
    private final class Connection {

        private final int ordinal;
        private final Deque<String> waiting = new ArrayDeque<>();
        private Conversation conversation = Conversation.begin();
        private boolean begun;
        private boolean cancel;
        private boolean loggedIn;
        private boolean ready;
        private boolean ended;
        private long written;
        private int lost;

        Connection(int ordinal) {
            this.ordinal = ordinal;
        }

        void message(RecordedMessage recorded) {
            if (recorded.connection() != ordinal) {
                return;
            }
            if (!(recorded.content() instanceof RecordedMessage.Decoded decoded)) {
                raw(recorded);
                return;
            }
            Message message = decoded.message();
            if (message instanceof CancelRequest) {
                begin("connection cancel {");
                cancel = true;
                out.line("  F CancelRequest ...");
            } else if (recorded.direction() == Direction.FRONTEND && message instanceof FrontendMessage frontend) {
                conversation = conversation.after(frontend);
                frontend(frontend);
            } else if (message instanceof BackendMessage backend) {
                long answers = conversation.answers(backend);
                conversation = conversation.after(backend);
                if (backend instanceof ReadyForQuery readied && conversation instanceof Violated violated) {
                    conversation = violated.resumedAt(readied);
                }
                backend(backend, answers);
            }
        }

        private void begin(String block) {
            if (!begun) {
                begun = true;
                out.line(block);
            }
        }

        private void frontend(FrontendMessage message) {
            if (isLogin(message)) {
                written++;
            } else {
                // An F end takes a Terminate or none.
                waiting.add(
                        message instanceof Terminate ? "" : "  " + TranscriptWriter.line(Direction.FRONTEND, message));
            }
        }

        private static boolean isLogin(FrontendMessage message) {
            return message instanceof StartupMessage
                    || message instanceof SSLRequest
                    || message instanceof GSSENCRequest
                    || message instanceof PasswordMessage
                    || message instanceof SASLInitialResponse
                    || message instanceof SASLResponse
                    || message instanceof GSSResponse;
        }

        private void backend(BackendMessage message, long answers) {
            if (message instanceof SSLResponse || message instanceof GSSENCResponse) {
                return;
            }
            login();
            if (message instanceof AuthenticationRequest && !(message instanceof AuthenticationOk)) {
                return;
            }
            while (written < answers && !waiting.isEmpty()) {
                line(waiting.remove());
            }
            if (message instanceof BackendKeyData && !ready) {
                out.line("  B BackendKeyData <pid> <key>");
            } else {
                out.line("  " + TranscriptWriter.line(Direction.BACKEND, message));
            }
            ready |= message instanceof ReadyForQuery;
        }

        private void login() {
            if (!loggedIn) {
                loggedIn = true;
                connections++;
                begin("connection " + connections + " {");
                out.line("  use startup");
            }
        }

        private void line(String line) {
            written++;
            if (!line.isEmpty()) {
                out.line(line);
            }
        }

        /** Bytes that are no message come where they stand. */
        private void raw(RecordedMessage recorded) {
            @Nullable
            Bytes bytes =
                    recorded.content() instanceof RecordedMessage.Undecodable undecodable ? undecodable.raw() : null;
            if (bytes == null || !ready) {
                lost++;
                return;
            }
            flush();
            var text = new StringBuilder("  ");
            TranscriptWriter.ofRecording(text).raw(recorded.direction(), bytes);
            out.append(text);
        }

        private void flush() {
            while (!waiting.isEmpty()) {
                line(waiting.remove());
            }
        }

        void closed(ConnectionClosed event) {
            if (!begun) {
                return;
            }
            flush();
            ended = true;
            boolean server = event.by() != By.CLIENT;
            if (cancel) {
                out.line("  B close");
            } else if (server && event.how() == EndKind.RESET) {
                out.line("  B reset");
            } else {
                out.line(server ? "  B close" : "  F end");
            }
        }

        void end() {
            if (!begun) {
                left.add("Connection " + ordinal + " got no answer and is left out.");
                return;
            }
            if (!ended) {
                flush();
                out.line("  F end");
            }
            out.line("}");
            if (lost > 0) {
                left.add(lost + " messages of connection " + ordinal + " that cannot be read are left out.");
            }
        }
    }
}
