package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * The extended query protocol around scripted answers: prepared statements and portals of one connection, in whatever
 * grouping the client uses them.
 */
final class QueryCycle {
    private static final int TEXT = 25;
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d{1,5})");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    /** What the cycle asks of the play around it. */
    interface Surroundings {
        /** Tells whether the script, or housekeeping, answers the statement anywhere. */
        boolean answers(String sql);

        /** Returns the columns of the statement's answer; null when it has none. */
        @Nullable
        RowDescription columns(String sql);

        /** Sends the message. */
        void send(BackendMessage message);

        /** Returns the status for a ReadyForQuery. */
        TransactionStatus status();

        /** Lets leave what was sent. */
        void flush();
    }

    private final Surroundings around;
    private final Map<String, Portal.Prepared> prepared = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private boolean open;
    private boolean skipping;

    QueryCycle(Surroundings around) {
        this.around = around;
    }

    /** Tells whether a Sync is still to come. */
    boolean open() {
        return open;
    }

    /** From here on all messages up to the Sync are read and forgotten. */
    void skip() {
        skipping = true;
        open = true;
    }

    /** Tells whether all is skipped up to the Sync. */
    boolean skipping() {
        return skipping;
    }

    /** Tells whether it could answer the message. */
    boolean knows(FrontendMessage message) {
        if (skipping || message instanceof Sync || message instanceof Flush || message instanceof Close) {
            return true;
        }
        if (message instanceof Parse parse) {
            return around.answers(parse.sql());
        }
        if (message instanceof Bind bind) {
            return prepared.containsKey(bind.statement());
        }
        return message instanceof Describe describe
                && (describe.target() == Target.PORTAL ? portals : prepared).containsKey(describe.targetName());
    }

    /** Tells whether the message is about a statement of the script's, or stands in its cycle. */
    boolean owns(FrontendMessage message) {
        if (open) {
            return true;
        }
        if (message instanceof Execute execute) {
            return portals.containsKey(execute.portal());
        }
        return (message instanceof Parse || message instanceof Bind || message instanceof Describe) && knows(message);
    }

    static boolean extended(FrontendMessage message) {
        return message instanceof Parse
                || message instanceof Bind
                || message instanceof Describe
                || message instanceof Execute
                || message instanceof Close
                || message instanceof Flush
                || message instanceof Sync;
    }

    /** Returns the portal that the Execute names; null if there is none, or all is skipped. */
    @Nullable
    Portal executed(Execute execute) {
        return skipping ? null : portals.get(execute.portal());
    }

    /** An Execute was answered by a frame. */
    void executing() {
        open = true;
    }

    /** Answers a message other than Execute that it {@link #knows}. */
    void answer(FrontendMessage message) {
        if (message instanceof Sync) {
            synced();
        } else if (!skipping) {
            open = true;
            answerOpen(message);
        }
    }

    /** The Sync has come: the cycle is over, and is told so. */
    private void synced() {
        ended();
        around.send(new ReadyForQuery(around.status()));
        around.flush();
    }

    /** The cycle is over. */
    void ended() {
        open = false;
        skipping = false;
        if (around.status() == TransactionStatus.IDLE) {
            portals.clear();
        }
    }

    private void answerOpen(FrontendMessage message) {
        if (message instanceof Parse parse) {
            prepared.put(parse.statement(), new Portal.Prepared(parse.sql(), parse.parameterTypes()));
            around.send(new ParseComplete());
        } else if (message instanceof Bind bind) {
            bound(bind);
        } else if (message instanceof Describe describe) {
            described(describe);
        } else if (message instanceof Close close) {
            (close.target() == Target.PORTAL ? portals : prepared).remove(close.targetName());
            around.send(new CloseComplete());
        } else if (message instanceof Flush) {
            around.flush();
        }
    }

    private void bound(Bind bind) {
        Portal.Prepared statement = Objects.requireNonNull(prepared.get(bind.statement()));
        portals.put(
                bind.portal(), new Portal(statement, bind.parameters(), bind.parameterFormats(), bind.resultFormats()));
        around.send(new BindComplete());
    }

    private void described(Describe describe) {
        if (describe.target() == Target.PORTAL) {
            Portal portal = Objects.requireNonNull(portals.get(describe.targetName()));
            describe(around.columns(portal.prepared.sql()), portal);
            return;
        }
        Portal.Prepared statement = Objects.requireNonNull(prepared.get(describe.targetName()));
        around.send(new ParameterDescription(parameterTypes(statement)));
        describe(around.columns(statement.sql()), null);
    }

    private void describe(@Nullable RowDescription columns, @Nullable Portal portal) {
        if (columns == null) {
            around.send(new NoData());
            return;
        }
        around.send(portal == null ? columns : inFormats(columns, portal));
    }

    private static RowDescription inFormats(RowDescription columns, Portal portal) {
        var described = new ArrayList<FieldDescription>();
        for (int i = 0; i < columns.columns().size(); i++) {
            FieldDescription column = columns.columns().get(i);
            described.add(new FieldDescription(
                    column.name(),
                    column.tableOid(),
                    column.columnNumber(),
                    column.typeOid(),
                    column.typeLength(),
                    column.typeModifier(),
                    portal.resultFormats.isEmpty() ? column.format() : portal.resultFormat(i)));
        }
        return new RowDescription(described);
    }

    private static List<Integer> parameterTypes(Portal.Prepared statement) {
        var types = new ArrayList<Integer>();
        int count = Math.max(statement.types().size(), highestParameter(statement.sql()));
        for (int i = 0; i < count; i++) {
            int given = i < statement.types().size() ? statement.types().get(i) : 0;
            types.add(given == 0 ? TEXT : given);
        }
        return types;
    }

    private static int highestParameter(String sql) {
        var matcher = PARAMETER.matcher(QUOTED.matcher(sql).replaceAll("''"));
        int highest = 0;
        while (matcher.find()) {
            highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
        }
        return highest;
    }
}
