package org.pgreel.replay.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;

/** What a client has said since its session was idle, and what it was told from the recording. */
final class RunSoFar {

    private static final class Entry {
        final FrontendMessage message;
        final String sql;
        final List<BackendMessage> told = new ArrayList<>();
        boolean keptHouse;

        Entry(FrontendMessage message, String sql) {
            this.message = message;
            this.sql = sql;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> executed = new ArrayList<>();
    private final Map<String, String> portals = new HashMap<>();
    private long kept;
    private boolean tooLong;
    private boolean there;
    private boolean toldInBulk;
    private boolean failed;
    private boolean over;

    /**
     * The client says something.
     *
     * @param statements the texts of its prepared statements, by name
     * @return the statement that it executes; empty if it executes none
     */
    String says(FrontendMessage message, Map<String, String> statements) {
        if (message instanceof Bind bind) {
            portals.put(bind.portal(), statements.getOrDefault(bind.statement(), ""));
        }
        String sql = message instanceof Query query
                ? query.sql()
                : message instanceof Execute execute ? portals.getOrDefault(execute.portal(), "") : "";
        if (!sql.isEmpty()) {
            executed.add(sql);
        }
        if (!there) {
            keep(message, sql);
        }
        return sql;
    }

    private void keep(FrontendMessage message, String sql) {
        tooLong |= kept > Weight.KEPT_MAX;
        if (tooLong) {
            entries.clear();
        } else {
            kept += Weight.of(message);
        }
        entries.add(new Entry(message, sql));
    }

    /** A live server has taken the run over: what is said from here on need not be said again. */
    void goesOnThere() {
        there = true;
        entries.clear();
    }

    private @Nullable Entry last() {
        return entries.isEmpty() ? null : entries.get(entries.size() - 1);
    }

    /** The client was told something from the recording. */
    void told(BackendMessage message) {
        Entry last = last();
        if (last != null && !asynchronous(message)) {
            last.told.add(message);
            kept += Weight.of(message);
            failed |= message instanceof ErrorResponse;
            over = message instanceof ReadyForQuery ready && ready.transactionStatus() == TransactionStatus.IDLE;
        }
    }

    static boolean asynchronous(BackendMessage message) {
        return message instanceof NoticeResponse
                || message instanceof ParameterStatus
                || message instanceof NotificationResponse;
    }

    /** The client was told more than is held in memory. */
    void toldInBulk() {
        toldInBulk = true;
    }

    /** What the client said last was answered by housekeeping. */
    void keptHouse() {
        Entry last = last();
        if (last != null) {
            last.keptHouse = true;
        }
    }

    /** Tells whether the client was told that its session is idle again. */
    boolean isOver() {
        return over;
    }

    /** Tells whether an error was told. */
    boolean failed() {
        return failed;
    }

    /** Returns the statements that were executed, in order. */
    List<String> statements() {
        return List.copyOf(executed);
    }

    /** Returns why a live server cannot be asked what the client said last; empty if it can. */
    String obstacle() {
        Entry last = last();
        if (tooLong) {
            return "what was said before it in this transaction is more than " + Weight.KEPT_MAX_WORDS;
        }
        if (toldInBulk) {
            return "what was answered before it in this transaction is too long to be compared";
        }
        return last != null && !last.told.isEmpty() ? "a part of its answer has been sent already" : "";
    }

    /** Returns all of it: what the recording has answered, and then what the client said last. */
    List<Said> toSay() {
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < entries.size() - 1; i++) {
            Entry entry = entries.get(i);
            said.add(Said.repeated(entry.message, entry.sql, entry.told, entry.keptHouse));
        }
        Entry last = entries.get(entries.size() - 1);
        said.add(Said.asked(last.message, last.sql));
        return said;
    }
}
