package org.pgreel.client;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.wire.Bytes;

/**
 * What one statement gave. Immutable.
 *
 * @param description the columns; null if the statement gives no rows
 * @param rows the rows; empty if there are none
 * @param copyData what {@code COPY … TO STDOUT} gave: one element for each CopyData, usually a line; otherwise empty
 * @param commandTag the server's tag, such as {@code INSERT 0 1}; empty for an empty statement
 */
public record QueryResult(@Nullable RowDescription description, List<Row> rows, List<Bytes> copyData, String commandTag)
        implements Iterable<Row> {

    /** Takes the lists as they are: whoever creates a result gives them away. */
    public QueryResult {
        Objects.requireNonNull(commandTag, "commandTag");
        rows = rows.size() <= 1 ? List.copyOf(rows) : Collections.unmodifiableList(rows);
        copyData = copyData.isEmpty() ? List.of() : Collections.unmodifiableList(copyData);
    }

    /** Returns how many rows the statement gave or changed, as its tag tells; empty if the tag tells none. */
    public OptionalLong rowCount() {
        String count = commandTag.substring(commandTag.lastIndexOf(' ') + 1);
        boolean number =
                !count.isEmpty() && count.length() <= 19 && count.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            return number ? OptionalLong.of(Long.parseLong(count)) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Returns the only row.
     *
     * @throws IllegalStateException if there is not exactly one
     */
    public Row onlyRow() {
        if (rows.size() != 1) {
            throw new IllegalStateException("the statement gave " + rows.size() + " rows, not one");
        }
        return rows.get(0);
    }

    /** Returns all that {@code COPY … TO STDOUT} gave, as text. */
    public String copiedText() {
        StringBuilder text = new StringBuilder();
        copyData.forEach(data -> text.append(data.text()));
        return text.toString();
    }

    @Override
    public Iterator<Row> iterator() {
        return rows.iterator();
    }

    /** Never shows the values, which may be confidential. */
    @Override
    public String toString() {
        return commandTag + " (" + rows.size() + " rows)";
    }
}
