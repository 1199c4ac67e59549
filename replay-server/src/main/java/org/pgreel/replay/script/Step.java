package org.pgreel.replay.script;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.fault.Fault;

/** What a line of a script says. Immutable. */
public sealed interface Step {
    /**
     * A message: from the frontend it is awaited, from the backend it is sent.
     *
     * @param name as in the manual
     * @param column where the name stands; 0 when it was not read from a text
     */
    record MessageLine(Direction direction, String name, List<Field> fields, int column) implements Step {
        /** Copies the list. */
        public MessageLine {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Something the transport does: awaited from the frontend's side, done on the backend's.
     *
     * @param name small letters, as {@code tls}, {@code eof}, {@code reset}
     */
    record EventLine(Direction direction, String name, List<Field> fields) implements Step {
        /** Copies the list. */
        public EventLine {
            fields = List.copyOf(fields);
        }
    }

    /**
     * One write ends.
     *
     * @param bytesIntoNext 0 here; otherwise that many bytes into the next message
     */
    record Boundary(int bytesIntoNext) implements Step {}

    /** A fault that acts here or is armed from here on. */
    record FaultLine(Fault fault) implements Step {}

    /** What one or several connections do. */
    record ConnectionBlock(Connections which, List<ScriptLine> body) implements Step {
        /** Copies the list. */
        public ConnectionBlock {
            body = List.copyOf(body);
        }
    }

    /**
     * Which connections a block is for.
     *
     * @param kind what the two numbers mean
     * @param from the first, in order of arrival, from 1
     * @param to the last; no meaning for {@link Kind#FROM}, {@link Kind#ANY} and {@link Kind#CANCEL}
     */
    record Connections(Kind kind, int from, int to) {
        /** The spellings of a block's head. */
        public enum Kind {
            /** {@code connection 3}. */
            ONE,
            /** {@code connection 1..2}. */
            RANGE,
            /** {@code connection 4..}. */
            FROM,
            /** {@code connection *}. */
            ANY,
            /** {@code connection cancel}. */
            CANCEL
        }

        /** Tells whether the block is for the connection of that number. */
        public boolean holds(int number) {
            return switch (kind) {
                case ONE -> number == from;
                case RANGE -> number >= from && number <= to;
                case FROM -> number >= from;
                case ANY -> true;
                case CANCEL -> false;
            };
        }

        /** Returns the head's spelling behind {@code connection}. */
        public String word() {
            return switch (kind) {
                case ONE -> String.valueOf(from);
                case RANGE -> from + ".." + to;
                case FROM -> from + "..";
                case ANY -> "*";
                case CANCEL -> "cancel";
            };
        }
    }

    /**
     * One query cycle, in whichever protocol the client uses.
     *
     * @param sql the statement's text, which may hold wildcards
     * @param fields the parameters' values, when they matter
     */
    record StatementBlock(Value sql, List<Field> fields, List<ScriptLine> body) implements Step {
        /** Copies the lists. */
        public StatementBlock {
            fields = List.copyOf(fields);
            body = List.copyOf(body);
        }
    }

    /** One of several parts, by what the frontend does next. */
    record EitherBlock(List<List<ScriptLine>> parts) implements Step {
        /** Copies the lists. */
        public EitherBlock {
            parts = parts.stream().map(List::copyOf).toList();
        }
    }

    /** All parts, each whole, in any order. */
    record UnorderedBlock(List<List<ScriptLine>> parts) implements Step {
        /** Copies the lists. */
        public UnorderedBlock {
            parts = parts.stream().map(List::copyOf).toList();
        }
    }

    /** A part that may be left out. */
    record OptionalBlock(List<ScriptLine> body) implements Step {
        /** Copies the list. */
        public OptionalBlock {
            body = List.copyOf(body);
        }
    }

    /**
     * A part that comes several times.
     *
     * @param least how often at least
     * @param most how often at most; {@link Integer#MAX_VALUE} when open
     */
    record RepeatBlock(int least, int most, List<ScriptLine> body) implements Step {
        /** Copies the list. */
        public RepeatBlock {
            body = List.copyOf(body);
        }
    }

    /**
     * A ready-made part.
     *
     * @param block its name
     * @param body lines that replace some of its own; null when there are none
     */
    record Use(String block, List<Field> fields, @Nullable List<ScriptLine> body) implements Step {
        /** Copies the lists. */
        public Use {
            fields = List.copyOf(fields);
            body = body == null ? null : List.copyOf(body);
        }
    }

    /**
     * A gate between connections.
     *
     * @param opens whether it gives the signal or awaits it
     * @param count how often
     */
    record Gate(boolean opens, String label, int count) implements Step {}

    /**
     * What the frontend must not do.
     *
     * @param after the signal from which on it counts; null for from here on
     * @param message the message; null when it is a statement
     * @param statement the statement's text; null when it is a message
     */
    record Never(
            @Nullable String after,
            @Nullable MessageLine message,
            @Nullable Value statement) implements Step {}

    /**
     * What our own client is asked and told; other clients know nothing of it.
     *
     * @param kind {@code >} the application asks, {@code <} it is told, {@code @} a callback
     * @param session which of its sessions; null for the only one
     * @param word the operation, the result or the callback
     */
    record Told(char kind, @Nullable String session, String word, List<Field> fields) implements Step {
        /** Copies the list. */
        public Told {
            fields = List.copyOf(fields);
        }
    }

    /** A note, which means nothing. */
    record Note(String text) implements Step {}
}
