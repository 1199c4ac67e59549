package org.pgreel.replay.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Phase;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.replay.exchange.SameAnswer;

/**
 * What is said to a live server for one client, in order, and which of it each of the server's messages answers. Nothing is
 * said behind what earns a ReadyForQuery until that has come; the client's question is said when the server has answered all
 * that goes before it, and no otherwise than the recording did.
 */
final class LiveTalk {

    /** Who is told what comes of it. */
    interface Listener {
        /** The message is about to be said. */
        void says(Said said);

        /** The server has answered what goes before the client's question as the recording did. */
        void agreed();

        /** The client's question cannot be asked, and has not been. */
        void refused(String why);

        /** The server answers what the client asked. */
        void answered(Said said, BackendMessage message);
    }

    private static final Conversation LOGGED_IN = Conversation.begin()
            .after(StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("user", "any")))
            .after(new AuthenticationOk())
            .after(new ReadyForQuery(TransactionStatus.IDLE));

    private final LiveServer.Line line;
    private final Listener listener;
    private final Deque<Said> toSay = new ArrayDeque<>();
    private final List<Said> said = new ArrayList<>();
    private Conversation conversation = LOGGED_IN;
    private long forgotten = LOGGED_IN.frontendMessages();
    private int answering;
    private boolean ready;
    private boolean agreed;
    private boolean flushed;
    private boolean ended;

    LiveTalk(LiveServer.Line line, Listener listener) {
        this.line = line;
        this.listener = listener;
    }

    /** The server has let the client in. */
    void ready() {
        ready = true;
        proceed();
    }

    /** Begins with a run, the client's question at its end. */
    void begin(List<Said> run) {
        said.clear();
        forgotten = conversation.frontendMessages();
        answering = 0;
        agreed = false;
        flushed = false;
        toSay.addAll(run);
        proceed();
    }

    /** Tells whether what the client says next may be said now. */
    boolean isOpen() {
        return agreed && toSay.isEmpty() && mayGoOn();
    }

    /** Says what the client says next. */
    void ask(Said next) {
        toSay.add(next);
        proceed();
    }

    void close() {
        ended = true;
        line.close();
    }

    private boolean mayGoOn() {
        return ready && (conversation.readyOwed().most() == 0 || conversation.phase() == Phase.COPY_IN);
    }

    private void proceed() {
        while (!ended && !toSay.isEmpty() && mayGoOn() && agrees(toSay.element())) {
            say(toSay.remove());
        }
    }

    private boolean agrees(Said next) {
        if (next.kind != Said.Kind.ASKED || agreed) {
            return true;
        }
        if (conversation.owed() != null && conversation.phase() != Phase.COPY_IN) {
            if (!flushed) {
                flushed = true;
                say(Said.setting(new Flush()));
            }
            return false;
        }
        ErrorResponse failure = null;
        for (int i = 0; i < said.size() && failure == null; i++) {
            failure = failedToBegin(i);
            String differs = failure == null ? difference(said.get(i)) : "";
            if (!differs.isEmpty()) {
                listener.refused("the live server answers otherwise what goes before it: " + differs);
                return false;
            }
        }
        agreed = true;
        listener.agreed();
        if (failure != null) {
            listener.answered(next, failure);
        }
        return true;
    }

    /**
     * Returns why the server does not take a Parse or a Bind of the very cycle in which the client asks, of which the recording
     * knows nothing: it is then the answer to the question. Null if it was taken.
     */
    private @Nullable ErrorResponse failedToBegin(int index) {
        Said begun = said.get(index);
        boolean begins = begun.message instanceof Parse || begun.message instanceof Bind;
        boolean repeated = begun.kind == Said.Kind.REPEATED && begins;
        boolean inThisCycle = said.subList(index, said.size()).stream()
                .noneMatch(later -> later.told.stream().anyMatch(told -> told instanceof ReadyForQuery));
        return repeated && inThisCycle && begun.heard.size() == 1 && begun.heard.get(0) instanceof ErrorResponse error
                ? error
                : null;
    }

    private static String difference(Said before) {
        boolean same = before.told.size() == before.heard.size();
        for (int i = 0; same && i < before.told.size(); i++) {
            same = SameAnswer.is(before.told.get(i), before.heard.get(i));
        }
        if (same || !before.isCompared()) {
            return "";
        }
        String what = before.sql.isEmpty() ? before.message.name() : before.sql;
        for (BackendMessage heard : before.heard) {
            if (heard instanceof ErrorResponse error) {
                return what + " fails: " + error.message();
            }
        }
        return what;
    }

    private void say(Said next) {
        listener.says(next);
        Conversation then = conversation.after(next.message);
        if (then.isViolated()) {
            listener.refused("a " + next.message.name() + " may not be said here");
            return;
        }
        conversation = then;
        said.add(next.withoutData());
        line.say(List.<FrontendMessage>of(next.message));
    }

    void heard(BackendMessage message) {
        if (RunSoFar.asynchronous(message)) {
            Said now = said.isEmpty() ? null : said.get(answering);
            if (now != null && now.kind == Said.Kind.ASKED) {
                listener.answered(now, message);
            }
            return;
        }
        if (said.isEmpty()) {
            return;
        }
        long answers = conversation.answers(message) - forgotten;
        answering = (int) Math.min(Math.max(answering, answers - 1), said.size() - 1);
        Conversation then = conversation.after(message);
        conversation = then instanceof Violated violated && message instanceof ReadyForQuery end
                ? violated.resumedAt(end)
                : then;
        answered(said.get(answering), message);
        proceed();
    }

    private void answered(Said now, BackendMessage message) {
        if (now.kind == Said.Kind.ASKED) {
            listener.answered(now, message);
        } else if (now.kind == Said.Kind.REPEATED) {
            now.heard.add(message);
        } else if (message instanceof ErrorResponse error) {
            listener.refused("the live server does not take over what the session has: " + error.message());
        }
    }
}
