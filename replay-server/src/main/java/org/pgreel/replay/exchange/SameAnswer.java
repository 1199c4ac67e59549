package org.pgreel.replay.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.RowDescription;

/** Compares two answers for a client to which they must mean the same. */
public final class SameAnswer {

    private SameAnswer() {}

    /** Tells whether both messages say the same; a table may have another OID, an error come from another line of source. */
    public static boolean is(BackendMessage one, BackendMessage other) {
        if (one instanceof RowDescription columns && other instanceof RowDescription others) {
            return sameColumns(columns, others);
        }
        if (one instanceof ErrorResponse error && other instanceof ErrorResponse another) {
            return error.fields().sqlState().equals(another.fields().sqlState())
                    && error.fields().message().equals(another.fields().message());
        }
        return one.equals(other);
    }

    static boolean sameColumns(@Nullable RowDescription one, @Nullable RowDescription other) {
        if (one == null || other == null || one.equals(other)) {
            return true;
        }
        List<FieldDescription> fields = one.columns();
        boolean same = fields.size() == other.columns().size();
        for (int i = 0; same && i < fields.size(); i++) {
            FieldDescription mine = fields.get(i);
            FieldDescription others = other.columns().get(i);
            same = mine.name().equals(others.name())
                    && mine.typeOid() == others.typeOid()
                    && mine.typeModifier() == others.typeModifier()
                    && mine.format() == others.format();
        }
        return same;
    }
}
