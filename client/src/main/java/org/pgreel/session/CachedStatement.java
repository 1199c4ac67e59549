package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Target;

/** A statement that the client prepares of its own accord, because it is used again and again. */
final class CachedStatement {

    /** What it weighs beside its text and columns. */
    private static final int OVERHEAD = 200;

    private static final int COLUMN_OVERHEAD = 64;

    private final StatementKey key;
    private final String name;
    private boolean ready;
    private boolean described;
    private @Nullable RowDescription inText;
    private @Nullable RowDescription inBinary;

    CachedStatement(StatementKey key) {
        this.key = key;
        this.name = key.name();
    }

    StatementKey key() {
        return key;
    }

    String name() {
        return name;
    }

    Parse parse() {
        return new Parse(name, key.sql(), key.types());
    }

    Close close() {
        return new Close(Target.STATEMENT, name);
    }

    /** The server said that it is prepared. */
    void prepared() {
        ready = true;
    }

    /** Tells whether the server said that it is prepared. */
    boolean isReady() {
        return ready;
    }

    /**
     * The server described a portal of it.
     *
     * @param columns null if it gives no rows
     */
    void described(@Nullable RowDescription columns) {
        described = true;
        inText = columns == null ? null : in(FormatCode.TEXT, columns);
        inBinary = null;
    }

    /** Tells whether its columns are known, so that a portal of it need not be described. */
    boolean isDescribed() {
        return described;
    }

    /** Returns its columns in the format asked for; null if it gives no rows. */
    @Nullable
    RowDescription columns(boolean binary) {
        if (binary && inBinary == null && inText != null) {
            inBinary = in(FormatCode.BINARY, inText);
        }
        return binary ? inBinary : inText;
    }

    private static RowDescription in(int format, RowDescription columns) {
        List<FieldDescription> fields = new ArrayList<>(columns.columns().size());
        for (FieldDescription field : columns.columns()) {
            fields.add(new FieldDescription(
                    field.name(),
                    field.tableOid(),
                    field.columnNumber(),
                    field.typeOid(),
                    field.typeLength(),
                    field.typeModifier(),
                    format));
        }
        return new RowDescription(fields);
    }

    /** Returns about how many bytes it takes here. */
    long bytes() {
        RowDescription columns = inText;
        long described = columns == null
                ? 0
                : columns.columns().stream()
                        .mapToLong(column -> COLUMN_OVERHEAD + column.name().length())
                        .sum();
        return OVERHEAD + key.bytes() + described;
    }
}
