package org.pgreel.client.blocking;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Row;

/**
 * The rows of one statement, fetched while they are read. Closing them before the end has the server forget the rest; until
 * then no other operation of the session is sent. That a row came does not mean that the statement succeeded: that is so
 * when {@link #hasNext} is false. Confined to one thread.
 */
public final class BlockingRows implements Iterator<Row>, AutoCloseable {
    private final Inbox<Row> inbox;
    private @Nullable Row next;
    private boolean over;

    BlockingRows(Inbox<Row> inbox) {
        this.inbox = inbox;
    }

    /**
     * Waits for the next row.
     *
     * @return whether there is one
     * @throws org.pgreel.client.PgException if the statement failed
     */
    @Override
    public boolean hasNext() {
        if (next == null && !over) {
            next = inbox.next();
            over = next == null;
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there is no row behind the last");
        }
        Row row = next;
        next = null;
        if (row == null) {
            throw new AssertionError("hasNext was true without a row; please report this");
        }
        return row;
    }

    /** Returns the rows that were not read yet as a sequential stream; closing it closes the rows. */
    public Stream<Row> stream() {
        int order = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, order), false)
                .onClose(this::close);
    }

    @Override
    public void close() {
        over = true;
        next = null;
        inbox.close();
    }
}
