package org.pgreel.client.copy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** Takes the rows of a COPY. */
@FunctionalInterface
public interface CopyRowReceiver {

    /**
     * A row.
     *
     * @param cells one a column, without quotes and escapes; null is SQL's NULL. The list and the cells may be kept
     */
    void row(List<@Nullable Bytes> cells);
}
