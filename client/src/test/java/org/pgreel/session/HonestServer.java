package org.pgreel.session;

import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;

/**
 * A server that does what it is told: each statement gives back its only parameter, or fails if that begins with
 * {@code fail}. It forgets its prepared statements at {@code drop}.
 */
final class HonestServer {

    private final Map<String, String> statements = new HashMap<>();
    private boolean skipping;
    private @Nullable String value;

    /** Returns the answers to what the client sent. */
    List<BackendMessage> answer(List<Message> messages) {
        List<BackendMessage> answers = new ArrayList<>();
        for (Message message : messages) {
            if (message instanceof Sync) {
                skipping = false;
                answers.add(IDLE);
            } else if (message instanceof Query query) {
                simple(query, answers);
            } else if (!skipping) {
                extended(message, answers);
            }
        }
        return answers;
    }

    private void simple(Query query, List<BackendMessage> answers) {
        String text = query.sql().substring(query.sql().indexOf(' ') + 1);
        if (text.equals("drop")) {
            statements.clear();
        }
        if (text.startsWith("fail")) {
            answers.add(error("ERROR", "22012"));
        } else {
            answers.addAll(List.of(columns("n"), row(text), done("SELECT 1")));
        }
        answers.add(IDLE);
    }

    private void extended(Message message, List<BackendMessage> answers) {
        if (message instanceof Parse parse) {
            boolean taken =
                    !parse.statement().isEmpty() && statements.putIfAbsent(parse.statement(), parse.sql()) != null;
            answers.add(taken ? fail("42P05") : new ParseComplete());
        } else if (message instanceof Bind bind) {
            boolean known = bind.statement().isEmpty() || statements.containsKey(bind.statement());
            value = bind.parameters().text(0);
            answers.add(known ? new BindComplete() : fail("26000"));
        } else if (message instanceof Describe describe) {
            if (describe.target() == Target.STATEMENT) {
                answers.add(new ParameterDescription(List.of(Messages.TEXT)));
            }
            answers.add(columns("n"));
        } else if (message instanceof Execute) {
            execute(answers);
        } else if (message instanceof Close close) {
            statements.remove(close.targetName());
            answers.add(new CloseComplete());
        }
    }

    private void execute(List<BackendMessage> answers) {
        String text = String.valueOf(value);
        if (text.startsWith("fail")) {
            answers.add(fail("22012"));
        } else {
            answers.add(row(text));
            answers.add(done("SELECT 1"));
        }
    }

    private BackendMessage fail(String sqlState) {
        skipping = true;
        return error("ERROR", sqlState);
    }

    /** Returns how many statements it holds. */
    int held() {
        return statements.size();
    }
}
