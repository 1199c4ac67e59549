package org.pgreel.protocol.transcript;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;

/**
 * What a line says.
 *
 * <p>The items of transcripts; those that only scripts have (faults, blocks, gates) join this family when they are read.
 */
public sealed interface Item {
    /**
     * A message: {@code B ReadyForQuery I}. {@link MessageForms} tells which message the fields make.
     *
     * @param column where its name stands; 0 when it was not read from a text
     */
    record MessageItem(Direction direction, String name, List<Field> fields, int column) implements Item {
        /** Copies the list. */
        public MessageItem {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Something of the transport: {@code F tls}, {@code B raw x"00"}.
     *
     * @param column where its name stands; 0 when it was not read from a text
     */
    record EventItem(Direction direction, String name, List<Field> fields, int column) implements Item {
        /** Copies the list. */
        public EventItem {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The end of a write: {@code |}.
     *
     * @param bytes how many bytes of the next message were still part of it
     */
    record Boundary(int bytes) implements Item {}

    /**
     * What the application asks ({@code >}), is told ({@code <}), or its callbacks ({@code @}).
     *
     * @param session which of several sessions, or null
     */
    record Told(char marker, @Nullable String session, String name, List<Field> fields) implements Item {
        /** Copies the list. */
        public Told {
            fields = List.copyOf(fields);
        }
    }

    /** A user's own words: {@code note "before the deployment"}. */
    record Note(String text) implements Item {}

    /** Nothing, or only a comment. */
    record Blank() implements Item {}
}
