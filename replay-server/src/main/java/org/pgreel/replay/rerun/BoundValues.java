package org.pgreel.replay.rerun;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.diff.Difference;
import org.pgreel.recorder.diff.SessionDiff;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.replay.volatility.Hole;
import org.pgreel.replay.volatility.VolatileStatement;
import org.pgreel.replay.volatility.Volatility;

/**
 * Which values of the live server stand for recorded ones: a cell for the one at the same place of the same answer. A parameter
 * that is declared to be of a family of values is sent as the live value of the recorded one, if it came in a row. Thread-safe.
 */
final class BoundValues {
    private static final int UUID_BYTES = 16;

    private final Volatility volatility;
    private final Map<Bytes, Bytes> live = new HashMap<>();
    private final Map<Bytes, Bytes> used = new HashMap<>();

    BoundValues(Volatility volatility) {
        this.volatility = volatility;
    }

    /** Tells whether anything is declared, so that rows must be kept. */
    boolean declared() {
        return volatility.size() > 0;
    }

    /** A live row came in the place of a recorded one. */
    synchronized void came(DataRow recorded, DataRow now) {
        int columns = Math.min(recorded.values().count(), now.values().count());
        for (int i = 0; i < columns; i++) {
            Bytes before = recorded.values().value(i);
            Bytes after = now.values().value(i);
            if (before != null && after != null && !before.equals(after)) {
                live.put(Bytes.copyOf(before.toArray()), Bytes.copyOf(after.toArray()));
            }
        }
    }

    /**
     * Returns the message with the live values in it.
     *
     * @param statements the texts of the statements that the session has prepared, by name; completed here
     */
    synchronized FrontendMessage bound(FrontendMessage message, Map<String, String> statements) {
        if (message instanceof Parse parse) {
            statements.put(parse.statement(), parse.sql());
        }
        if (!(message instanceof Bind bind)) {
            return message;
        }
        String sql = statements.getOrDefault(bind.statement(), "");
        VolatileStatement declared = volatility.of(volatility.question(sql).sql());
        Values values = bind.parameters();
        List<@Nullable Bytes> now = new ArrayList<>();
        for (int i = 0; i < values.count(); i++) {
            Bytes recorded = values.value(i);
            Hole hole = declared == null ? null : declared.at(i, values.count());
            Bytes other = recorded == null || hole == null || hole.label() == null
                    ? null
                    : live(hole, recorded, isBinary(bind, i));
            now.add(other == null ? recorded : other);
        }
        return new Bind(bind.portal(), bind.statement(), bind.parameterFormats(), Values.of(now), bind.resultFormats());
    }

    private static boolean isBinary(Bind bind, int parameter) {
        List<Integer> formats = bind.parameterFormats();
        return !formats.isEmpty() && formats.get(formats.size() == 1 ? 0 : parameter) == 1;
    }

    /** Returns what stands for a recorded parameter; null if nothing does. */
    private @Nullable Bytes live(Hole hole, Bytes recorded, boolean binary) {
        Bytes cell = live.containsKey(recorded) || !binary ? recorded : text(hole, recorded);
        Bytes now = cell == null ? null : live.get(cell);
        if (cell == null || now == null) {
            return null;
        }
        used.put(cell, now);
        Bytes sent = cell.equals(recorded) ? now : binary(hole, now, recorded.length());
        if (sent != null) {
            used.put(recorded, sent);
        }
        return sent;
    }

    /** Returns a binary parameter as its cell has it in text; null if that is not known of its type. */
    private static @Nullable Bytes text(Hole hole, Bytes binary) {
        ByteBuffer bytes = ByteBuffer.wrap(binary.toArray());
        if (hole.type().equals("uuid") && binary.length() == UUID_BYTES) {
            return Bytes.utf8(new UUID(bytes.getLong(), bytes.getLong()).toString());
        }
        if (!hole.type().equals("int") && !hole.type().equals("digits")) {
            return null;
        }
        return switch (binary.length()) {
            case Short.BYTES -> Bytes.utf8(String.valueOf(bytes.getShort()));
            case Integer.BYTES -> Bytes.utf8(String.valueOf(bytes.getInt()));
            case Long.BYTES -> Bytes.utf8(String.valueOf(bytes.getLong()));
            default -> null;
        };
    }

    /** Does the reverse; null if the value does not fit. */
    private static @Nullable Bytes binary(Hole hole, Bytes text, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            if (hole.type().equals("uuid")) {
                UUID uuid = UUID.fromString(text.text());
                bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
            } else if (length == Short.BYTES) {
                bytes.putShort(Short.parseShort(text.text()));
            } else if (length == Integer.BYTES) {
                bytes.putInt(Integer.parseInt(text.text()));
            } else {
                bytes.putLong(Long.parseLong(text.text()));
            }
            return Bytes.wrap(bytes.array());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns the differences, those benign that are nothing but values that stand for each other. */
    synchronized SessionDiff judged(SessionDiff diff) {
        List<Difference> differences = diff.differences().stream()
                .map(difference -> difference.kind() == Difference.Kind.VALUE && isBound(difference)
                        ? new Difference(
                                Difference.Kind.BOUND, difference.what(), difference.left(), difference.right())
                        : difference)
                .toList();
        return new SessionDiff(diff.left(), diff.right(), differences, diff.damage());
    }

    private boolean isBound(Difference difference) {
        Values one = values(difference.left());
        Values other = values(difference.right());
        if (one == null || other == null || one.count() != other.count()) {
            return false;
        }
        for (int i = 0; i < one.count(); i++) {
            Bytes before = one.value(i);
            boolean same = Objects.equals(before, other.value(i));
            if (!same && (before == null || !Objects.equals(used.get(before), other.value(i)))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Values values(@Nullable RecordedMessage message) {
        if (message == null || !(message.content() instanceof RecordedMessage.Decoded decoded)) {
            return null;
        }
        if (decoded.message() instanceof DataRow row) {
            return row.values();
        }
        return decoded.message() instanceof Bind bind ? bind.parameters() : null;
    }
}
