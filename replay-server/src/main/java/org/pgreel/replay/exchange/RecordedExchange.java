package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.replay.report.RecordedConnectionId;

/**
 * One recorded question with its answer as a table: the description of its rows, then rows, command tag and asynchronous
 * messages in their order, whatever the grouping in which it was asked. Filled while a recording is read, and not changed
 * afterwards.
 */
final class RecordedExchange {
    /** Longer answers are encoded each time. */
    private static final int BYTES_MAX = 8 * 1024;

    final RecordedConnectionId connection;
    final long message;
    final ExchangeKey key;

    /** What came, without the description of the rows and all that belongs to the grouping. */
    final List<BackendMessage> items = new ArrayList<>();

    /** The many rows, or data of a COPY, that come before the item of that index and do not stand among the items. */
    final Map<Integer, Bulk> bulks = new HashMap<>();

    /** Asynchronous messages behind the ReadyForQuery that ended its cycle. */
    final List<BackendMessage> trailing = new ArrayList<>();

    /** What the client sent in COPY. */
    final List<Bytes> copied = new ArrayList<>();

    /** In which formats the rows are. */
    List<Integer> formats = List.of();

    @Nullable
    RowDescription columns;

    /** It is known that there are no rows. */
    boolean noData;

    /** Several statements in one Query, whose descriptions are among the items. */
    boolean several;

    /** It failed before the statement was prepared. */
    boolean failedAtParse;

    /** CopyFail ended the COPY, and not CopyDone. */
    boolean copyFailed;

    /** A driver or a pool asked it, and not the application. */
    final boolean housekeeping;

    /** How long the answer took. */
    long delayNanos;

    /** Its end was recorded. */
    boolean complete;

    /** The server ended the connection behind it. */
    boolean endsConnection;

    /** The process id of the recorded backend; null if not known. */
    @Nullable
    Integer processId;

    private @Nullable Boolean changes;
    private List<BackendMessage> endings = List.of();
    private int endingsOf;
    private byte @Nullable [] bytes;
    private byte @Nullable [] description;
    private boolean encoded;

    RecordedExchange(RecordedConnectionId connection, long message, ExchangeKey key, boolean housekeeping) {
        this.connection = connection;
        this.message = message;
        this.key = key;
        this.housekeeping = housekeeping;
    }

    /** Adds the next item that came. */
    void add(BackendMessage item, @Nullable Bulk before) {
        if (before != null) {
            bulks.put(items.size(), before);
        }
        items.add(item);
    }

    /** Takes the description of the rows from among the items. */
    void describe() {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof RowDescription described) {
                columns = described;
                items.remove(i);
                Map<Integer, Bulk> moved = new HashMap<>();
                int at = i;
                bulks.forEach((index, bulk) -> moved.put(index > at ? index - 1 : index, bulk));
                bulks.clear();
                bulks.putAll(moved);
                return;
            }
        }
    }

    String place() {
        return connection + "@" + message;
    }

    /** Returns the tags and errors among the items: where one statement ends. */
    List<BackendMessage> endings() {
        if (endingsOf != items.size()) {
            endings = items.stream()
                    .filter(item -> item instanceof CommandComplete || item instanceof ErrorResponse)
                    .toList();
            endingsOf = items.size();
        }
        return endings;
    }

    /** Returns all that was answered as bytes, if it is the same for everybody, and short; null if not. */
    byte @Nullable [] bytes() {
        if (!encoded) {
            encoded = true;
            boolean plain = bulks.isEmpty() && !several;
            var out = new MessageWriter();
            for (BackendMessage item : items) {
                plain &= item instanceof DataRow || item instanceof CommandComplete;
                if (plain) {
                    item.encode(out);
                    plain = out.length() <= BYTES_MAX;
                }
            }
            bytes = plain ? out.toBytes().toArray() : null;
        }
        return bytes;
    }

    /** Returns the description of its rows as bytes. */
    byte[] description(RowDescription columns) {
        if (description == null) {
            var out = new MessageWriter();
            columns.encode(out);
            description = out.toBytes().toArray();
        }
        return description;
    }

    boolean failed() {
        for (BackendMessage item : endings()) {
            if (item instanceof ErrorResponse) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether it may have changed the state of its session. */
    boolean changesSession() {
        if (changes == null) {
            changes = SessionState.mayChange(key.sql())
                    || items.stream().anyMatch(item -> item instanceof ParameterStatus);
        }
        return changes;
    }

    boolean hasRows() {
        return items.stream().anyMatch(item -> item instanceof DataRow)
                || bulks.values().stream().anyMatch(Bulk::rows);
    }

    /** Returns the command tag of the last statement; empty if none was completed. */
    String tag() {
        String tag = "";
        for (BackendMessage item : items) {
            if (item instanceof CommandComplete completed) {
                tag = completed.tag();
            }
        }
        return tag;
    }

    /** Tells whether both give the same answer to whoever asks. */
    boolean answersLike(RecordedExchange other) {
        return complete
                && other.complete
                && !endsConnection
                && !other.endsConnection
                && items.equals(other.items)
                && bulks.equals(other.bulks)
                && copied.equals(other.copied)
                && (formats.equals(other.formats) || !hasRows())
                && SameAnswer.sameColumns(columns, other.columns);
    }

    @Override
    public String toString() {
        return place() + " " + key.sql();
    }
}
