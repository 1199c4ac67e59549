package org.pgreel.recorder.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * Where one connection of a session stands: its conversation, what the server holds for it, and what is not answered yet.
 *
 * <p>Its fold owns it; whoever keeps one that a fold goes on with takes a {@link #copy}.
 */
public final class ConnectionState {

    private final ServerObjects objects;
    private final Requests requests;
    private ConversationFold conversation;
    private ConnectionFacts facts;
    private int completedOfQuery;

    ConnectionState() {
        this(new ServerObjects(), new Requests(), ConversationFold.BEGIN, ConnectionFacts.NONE, 0);
    }

    ConnectionState(
            ServerObjects objects,
            Requests requests,
            ConversationFold conversation,
            ConnectionFacts facts,
            int completedOfQuery) {
        this.objects = objects;
        this.requests = requests;
        this.conversation = conversation;
        this.facts = facts;
        this.completedOfQuery = completedOfQuery;
    }

    /** Returns a state that stays as it is when this one goes on. */
    public ConnectionState copy() {
        return new ConnectionState(objects.copy(), requests.copy(), conversation, facts, completedOfQuery);
    }

    /** Returns the conversation: its phase, the transaction status and how many ReadyForQuery are owed. */
    public Conversation conversation() {
        return conversation.conversation();
    }

    /** Returns the last message that broke the protocol; null if none did. */
    public @Nullable Violation violation() {
        return conversation.violation();
    }

    /** Returns how many messages broke the protocol. */
    public long violations() {
        return conversation.violations();
    }

    /** Returns what the server holds. */
    public ServerObjects objects() {
        return objects;
    }

    /** Returns what the backend has not answered to the end, oldest first. */
    public List<Request> pending() {
        return List.copyOf(requests.owed());
    }

    /** Returns who logged in, how the connection ended, and the last error. */
    public ConnectionFacts facts() {
        return facts;
    }

    ConversationFold fold() {
        return conversation;
    }

    Requests requests() {
        return requests;
    }

    int completedOfQuery() {
        return completedOfQuery;
    }

    void ended(String how) {
        facts = facts.ended(how);
    }

    void message(RecordedMessage recorded) {
        conversation = conversation.after(recorded);
        if (recorded.content() instanceof RecordedMessage.Decoded decoded) {
            if (recorded.direction() == Direction.FRONTEND) {
                frontend(recorded, decoded.message());
            } else if (decoded.message() instanceof BackendMessage message) {
                backend(recorded.number(), message);
            }
        }
    }

    private void frontend(RecordedMessage recorded, Message message) {
        if (message instanceof StartupMessage startup) {
            String user = startup.parameter("user");
            String database = startup.parameter("database");
            facts = facts.login(user == null ? "" : user, database == null ? "" : database);
        } else {
            requests.sent(recorded.number(), recorded.nanos(), message);
        }
    }

    private void backend(long number, BackendMessage message) {
        if (message instanceof ParameterStatus parameter) {
            objects.parameters.put(parameter.parameter(), parameter.value());
        } else if (message instanceof ReadyForQuery ready) {
            ready(ready);
        } else {
            message.dispatch(new Answer(number));
        }
    }

    private void ready(ReadyForQuery message) {
        Request head = requests.head();
        if (head != null && head.kind() == Request.Kind.QUERY) {
            objects.queried();
        }
        objects.ready(message.transactionStatus());
        requests.ready(conversation.conversation().owed() == null);
        completedOfQuery = 0;
    }

    /** What a backend message means for the oldest request. */
    private final class Answer implements BackendMessage.Handler<ConnectionState> {

        private final long number;

        Answer(long number) {
            this.number = number;
        }

        @Override
        public ConnectionState onParseComplete(ParseComplete message) {
            return done(Request.Kind.PARSE);
        }

        @Override
        public ConnectionState onBindComplete(BindComplete message) {
            return done(Request.Kind.BIND);
        }

        @Override
        public ConnectionState onCloseComplete(CloseComplete message) {
            Request head = requests.head();
            return head == null ? ConnectionState.this : done(head.kind());
        }

        @Override
        public ConnectionState onNoData(NoData message) {
            return described();
        }

        @Override
        public ConnectionState onRowDescription(RowDescription message) {
            return described();
        }

        private ConnectionState described() {
            Request head = requests.head();
            return head != null
                            && (head.kind() == Request.Kind.DESCRIBE_PORTAL
                                    || head.kind() == Request.Kind.DESCRIBE_STATEMENT)
                    ? done(head.kind())
                    : ConnectionState.this;
        }

        @Override
        public ConnectionState onPortalSuspended(PortalSuspended message) {
            return done(Request.Kind.EXECUTE);
        }

        @Override
        public ConnectionState onEmptyQueryResponse(EmptyQueryResponse message) {
            return done(Request.Kind.EXECUTE);
        }

        @Override
        public ConnectionState onCommandComplete(CommandComplete message) {
            Request head = requests.head();
            if (head == null) {
                return ConnectionState.this;
            }
            if (head.kind() == Request.Kind.EXECUTE) {
                objects.completed(head, objects.sqlOf(head), 0, message.tag());
                return done(Request.Kind.EXECUTE);
            }
            objects.completed(head, head.sql(), completedOfQuery, message.tag());
            completedOfQuery++;
            return ConnectionState.this;
        }

        @Override
        public ConnectionState onErrorResponse(ErrorResponse message) {
            facts = facts.failed(
                    number, message.fields().sqlState(), message.fields().message());
            objects.failed(conversation.conversation().transactionStatus());
            requests.failed();
            return ConnectionState.this;
        }

        private ConnectionState done(Request.Kind kind) {
            Request head = requests.head();
            if (head == null || head.kind() != kind) {
                return ConnectionState.this;
            }
            switch (kind) {
                case PARSE -> objects.parsed(head);
                case BIND -> objects.bound(head);
                case CLOSE_STATEMENT, CLOSE_PORTAL -> objects.closed(head);
                default -> {
                    // Leaves nothing behind.
                }
            }
            requests.answered();
            return ConnectionState.this;
        }

        @Override
        public ConnectionState otherwise(BackendMessage message) {
            return ConnectionState.this;
        }
    }
}
