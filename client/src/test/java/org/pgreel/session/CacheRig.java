package org.pgreel.session;

import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;

/** A ready session whose server answers each query with one row, as far as it is asked. */
final class CacheRig {

    static final String SQL = "select n from t";
    static final List<String> PARSED = List.of("Parse", "Bind", "Describe", "Execute", "Sync");
    static final List<String> BOUND = List.of("Bind", "Execute", "Sync");
    static final List<String> CLOSED_AND_PARSED = List.of("Close", "Parse", "Bind", "Describe", "Execute", "Sync");

    final SessionRig rig;

    CacheRig(UnaryOperator<ConnectOptionsBuilder> more) {
        rig = SessionRig.with(more).ready();
    }

    /** Submits the statement, answers what is asked, and returns the names of the messages that were sent. */
    List<String> use(String sql, TransactionStatus status) {
        rig.watch(sql, rig.session.query(sql, List.of()));
        return answer(status);
    }

    List<String> use(String sql) {
        return use(sql, TransactionStatus.IDLE);
    }

    List<String> answer(TransactionStatus status) {
        List<Message> sent = List.copyOf(rig.effects.sent);
        rig.effects.sent.clear();
        List<BackendMessage> answer = new ArrayList<>();
        for (Message message : sent) {
            switch (message.name()) {
                case "Close" -> answer.add(new CloseComplete());
                case "Parse" -> answer.add(new ParseComplete());
                case "Bind" -> answer.add(new BindComplete());
                case "Describe" -> answer.add(columns("n"));
                case "Execute" -> {
                    answer.add(row("1"));
                    answer.add(done("SELECT 1"));
                }
                default -> answer.add(new ReadyForQuery(status));
            }
        }
        rig.receive(answer.toArray(BackendMessage[]::new));
        return names(sent);
    }

    private static List<String> names(List<Message> messages) {
        return messages.stream().map(Message::name).toList();
    }

    List<String> sent() {
        List<String> names = rig.effects.sentNames();
        rig.effects.sent.clear();
        return names;
    }

    /** The statement is prepared and its columns are known. */
    void prepared() {
        use(SQL);
        use(SQL);
        rig.heard.clear();
    }
}
