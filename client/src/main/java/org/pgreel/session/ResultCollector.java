package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Row;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.KnownTypes;

/** Puts the messages of an answer together into results, one a statement. The order of messages is not its business. */
final class ResultCollector {

    private final List<QueryResult> results = new ArrayList<>(1);
    private @Nullable RowDescription description;
    private @Nullable KnownTypes types;
    private List<Row> rows = List.of();
    private List<Bytes> copyData = List.of();

    /** The rows know these types. */
    void know(KnownTypes known) {
        types = known;
    }

    void described(RowDescription columns) {
        description = columns;
    }

    void row(DataRow row) {
        RowDescription columns = description;
        if (columns == null) {
            throw SessionEnd.violation("DataRow before any RowDescription");
        }
        int described = columns.columns().size();
        if (row.values().count() != described) {
            throw SessionEnd.violation(
                    "a DataRow of " + row.values().count() + " values for " + described + " columns");
        }
        if (rows.isEmpty()) {
            rows = new ArrayList<>(1);
        }
        rows.add(new Row(row.values(), columns, types));
    }

    void copied(CopyData data) {
        if (copyData.isEmpty()) {
            copyData = new ArrayList<>();
        }
        copyData.add(data.data());
    }

    void completed(String tag) {
        results.add(new QueryResult(description, rows, copyData, tag));
        description = null;
        rows = List.of();
        copyData = List.of();
    }

    /** Returns what is there of a statement that was not completed. */
    QueryResult unfinished() {
        return new QueryResult(description, rows, copyData, "");
    }

    /** Forgets everything, for an answer that begins anew. */
    void forget() {
        results.clear();
        description = null;
        rows = List.of();
        copyData = List.of();
    }

    /** Tells whether at least one statement was completed. */
    boolean isComplete() {
        return !results.isEmpty();
    }

    List<QueryResult> results() {
        return results;
    }
}
