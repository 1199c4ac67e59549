package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    private @Nullable QueryResult first;
    private List<QueryResult> all = List.of();
    private @Nullable RowDescription description;
    private @Nullable KnownTypes types;
    private @Nullable Row onlyRow;
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
        add(new Row(row.values(), columns, types));
    }

    /** Most results have one row, which needs no list that grows. */
    private void add(Row row) {
        Row before = onlyRow;
        if (!rows.isEmpty()) {
            rows.add(row);
        } else if (before == null) {
            onlyRow = row;
        } else {
            rows = new ArrayList<>();
            rows.add(before);
            rows.add(row);
            onlyRow = null;
        }
    }

    void copied(CopyData data) {
        if (copyData.isEmpty()) {
            copyData = new ArrayList<>();
        }
        copyData.add(data.data());
    }

    void completed(String tag) {
        QueryResult result = new QueryResult(description, rowsSoFar(), copyData, tag);
        QueryResult before = first;
        if (before == null) {
            first = result;
        } else {
            all = all.isEmpty() ? new ArrayList<>(List.of(before)) : all;
            all.add(result);
        }
        forgetStatement();
    }

    private List<Row> rowsSoFar() {
        return onlyRow == null ? rows : List.of(onlyRow);
    }

    private void forgetStatement() {
        description = null;
        onlyRow = null;
        rows = List.of();
        copyData = List.of();
    }

    /** Returns what is there of a statement that was not completed. */
    QueryResult unfinished() {
        return new QueryResult(description, rowsSoFar(), copyData, "");
    }

    /** Forgets everything, for an answer that begins anew. */
    void forget() {
        first = null;
        all = List.of();
        forgetStatement();
    }

    /** Tells whether at least one statement was completed. */
    boolean isComplete() {
        return first != null;
    }

    /** Returns the result of the first statement, which was completed. */
    QueryResult first() {
        return Objects.requireNonNull(first, "no statement was completed");
    }

    List<QueryResult> results() {
        return first == null || !all.isEmpty() ? all : List.of(first);
    }
}
