package org.pgreel.recorder.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;

/** The messages of a session, cut into exchanges; notifications aside, which come when they like. */
final class Exchanges {

    private final List<Exchange> all = new ArrayList<>();
    private final List<RecordedMessage> notifications = new ArrayList<>();
    private final Map<Integer, Line> lines = new HashMap<>();
    private String damage = "";

    /** One connection. */
    private static final class Line {

        private Conversation conversation = Conversation.begin();
        private final Map<String, String> statements = new HashMap<>();
        private final Map<String, String> portals = new HashMap<>();
        private Exchange exchange = new Exchange();
        private boolean begun;
    }

    private final boolean logins;

    private Exchanges(boolean logins) {
        this.logins = logins;
    }

    static Exchanges of(RecordedSession session) {
        return read(session, new Exchanges(true));
    }

    /** Reads those behind the login, without Terminate. */
    static Exchanges afterLogin(RecordedSession session) {
        return read(session, new Exchanges(false));
    }

    private static Exchanges read(RecordedSession session, Exchanges exchanges) {
        try {
            session.messages().forEach(exchanges::add);
        } catch (JournalDamagedException e) {
            exchanges.damage = String.valueOf(e.getMessage());
        }
        return exchanges;
    }

    List<Exchange> all() {
        return all;
    }

    List<RecordedMessage> notifications() {
        return notifications;
    }

    /** Returns where the session is damaged, as a sentence; empty if it is not. */
    String damage() {
        return damage;
    }

    private void add(RecordedMessage message) {
        Line line = lines.computeIfAbsent(message.connection(), ordinal -> new Line());
        if (!(message.content() instanceof RecordedMessage.Decoded decoded)) {
            put(line, message, "");
            return;
        }
        if (decoded.message() instanceof NotificationResponse) {
            notifications.add(message);
            return;
        }
        put(line, message, question(line, message.direction(), decoded.message()));
        line.conversation = line.conversation.after(message.direction(), decoded.message());
        if (decoded.message() instanceof ReadyForQuery ready) {
            if (line.conversation.violation() != null) {
                line.conversation = line.conversation.violation().resumedAt(ready);
            }
            if (line.conversation.owed() == null) {
                line.exchange = new Exchange();
                line.begun = false;
            }
        }
    }

    private void put(Line line, RecordedMessage message, String question) {
        if (!logins && (line.conversation.transactionStatus() == null || isTerminate(message))) {
            return;
        }
        if (!line.begun) {
            line.begun = true;
            all.add(line.exchange);
        }
        line.exchange.add(message, question);
    }

    private static boolean isTerminate(RecordedMessage message) {
        return message.content() instanceof RecordedMessage.Decoded decoded && decoded.message() instanceof Terminate;
    }

    /** Returns what a message asks for, however it is prepared; empty if it asks for nothing by itself. */
    private static String question(Line line, Direction direction, Message message) {
        if (message instanceof Query query) {
            return query.sql();
        } else if (message instanceof Parse parse) {
            line.statements.put(parse.statement(), parse.sql());
            return "";
        } else if (message instanceof Bind bind) {
            line.portals.put(bind.portal(), line.statements.getOrDefault(bind.statement(), ""));
            return "";
        } else if (message instanceof Execute execute) {
            return line.portals.getOrDefault(execute.portal(), "");
        }
        boolean asks = direction == Direction.FRONTEND && line.conversation.transactionStatus() == null;
        return asks ? message.name() : "";
    }
}
