package org.pgreel.replay.volatility;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/**
 * Which live values stand for which recorded ones: one to one within a family, from its first use on. Confined to one
 * thread.
 */
public final class ValueBindings {
    private static final int UUID_BYTES = 16;
    private static final int UUID_CHARACTERS = 36;

    private record Key(String label, String value) {}

    private record Bound(Hole hole, String recorded, String live, String chapter) {}

    private final List<Bound> all = new ArrayList<>();
    private final Map<Key, String> live = new HashMap<>();
    private final Set<Key> taken = new HashSet<>();
    private final Map<Bytes, Bytes> cells = new HashMap<>();

    /** Tells whether the live value stands for the recorded one, or may from now on. */
    public boolean may(Hole hole, String recorded, String now) {
        if (hole.label() == null) {
            return true;
        }
        String bound = live.get(new Key(hole.label(), recorded));
        return bound != null ? bound.equals(now) : !taken.contains(new Key(hole.label(), now));
    }

    /** From now on the live value stands for the recorded one. */
    public void bind(Hole hole, String recorded, String now, String chapter) {
        if (hole.label() != null && !live.containsKey(new Key(hole.label(), recorded))) {
            var bound = new Bound(hole, recorded, now, chapter);
            all.add(bound);
            enter(bound);
        }
    }

    private void enter(Bound bound) {
        String label = String.valueOf(bound.hole().label());
        live.put(new Key(label, bound.recorded()), bound.live());
        taken.add(new Key(label, bound.live()));
        if (bound.hole().inCells()) {
            cells.put(Bytes.utf8(bound.recorded()), Bytes.utf8(bound.live()));
            Bytes recorded = binary(bound.hole(), bound.recorded());
            Bytes now = binary(bound.hole(), bound.live());
            if (recorded != null && now != null) {
                cells.put(recorded, now);
            }
        }
    }

    private static @Nullable Bytes binary(Hole hole, String value) {
        if (!hole.type().equals("uuid") || value.length() != UUID_CHARACTERS) {
            return null;
        }
        UUID uuid = UUID.fromString(value);
        return Bytes.wrap(ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    /** Forgets what was bound in a chapter, which is played anew. */
    public void forget(String chapter) {
        if (all.removeIf(bound -> bound.chapter().equals(chapter))) {
            live.clear();
            taken.clear();
            cells.clear();
            all.forEach(this::enter);
        }
    }

    /** Tells whether no live value stands for a recorded one in rows. */
    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** Returns a recorded text with the live values in it, wherever in it they stand. */
    public String live(String text) {
        String now = text;
        for (Bound bound : all) {
            if (bound.hole().inCells()) {
                now = now.replace(bound.recorded(), bound.live());
            }
        }
        return now;
    }

    /** Returns the recorded row with the live values in it. */
    public DataRow live(DataRow row) {
        if (cells.isEmpty()) {
            return row;
        }
        List<@Nullable Bytes> values = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < row.values().count(); i++) {
            Bytes cell = row.values().value(i);
            Bytes now = cell == null ? null : cells.get(cell);
            changed |= now != null;
            values.add(now == null ? cell : now);
        }
        return changed ? new DataRow(Values.of(values)) : row;
    }
}
