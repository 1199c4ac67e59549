package org.pgreel.replay.exchange;

import java.util.List;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Parse;

/** What a client asks elsewhere changes what its next question is; this is where to tell it. Confined as the library is. */
public final class ElsewhereAnswers {

    private final Questions questions;
    private final NamedByClient named;
    private final TransactionTracking tracking;
    private final SessionState state;

    ElsewhereAnswers(Questions questions, NamedByClient named, TransactionTracking tracking, SessionState state) {
        this.questions = questions;
        this.named = named;
        this.tracking = tracking;
        this.state = state;
    }

    /** A statement was answered. */
    public void answered(String sql, List<BackendMessage> answer) {
        for (BackendMessage item : answer) {
            if (item instanceof CommandComplete completed) {
                tracking.completed(completed.tag(), sql);
            } else if (item instanceof ErrorResponse) {
                tracking.failed();
            }
        }
        state.answered(sql, answer, tracking.status());
    }

    /** A statement was prepared. */
    public void prepared(Parse parse) {
        named.prepared(parse.statement(), new LiveStatement(questions.of(parse.sql()), parse.parameterTypes()));
    }

    /** A statement or a portal was closed. */
    public void closed(Close close) {
        named.closed(close);
    }

    /** Returns what the session has changed since its login, in words. */
    public String sessionState() {
        return state.digest();
    }
}
