package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.sweep.Tamper.Kind;

/** All that a sweep does to a stream. */
public final class Tampers {
    private static final int BITS = 8;

    private Tampers() {}

    /** Returns all effects on a stream of that direction, in a fixed order. */
    public static List<Tamper> all(Direction direction) {
        var all = new ArrayList<Tamper>();
        for (Kind kind : List.of(Kind.RESET, Kind.EOF, Kind.STALL, Kind.BYTES, Kind.COALESCE)) {
            all.add(plain(kind));
        }
        for (int bit = 0; bit < BITS; bit++) {
            all.add(new Tamper("corrupt-" + bit, Kind.CORRUPT, 1 << bit, Bytes.EMPTY));
        }
        for (Kind kind : List.of(Kind.OMIT, Kind.DUPLICATE, Kind.SWAP)) {
            all.add(plain(kind));
        }
        for (Kind kind : List.of(Kind.INSERT, Kind.APPEND)) {
            for (String line : InsertedMessages.of(direction)) {
                all.add(inserted(kind, line, direction));
            }
        }
        return all;
    }

    private static Tamper inserted(Kind kind, String line, Direction direction) {
        Bytes message =
                TranscriptParser.parse(direction.letter() + " " + line + "\n").bytes(direction);
        return new Tamper(word(kind) + " " + line, kind, 0, message);
    }

    /** Returns an effect that needs nothing else. */
    static Tamper plain(Kind kind) {
        return new Tamper(word(kind), kind, 0, Bytes.EMPTY);
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
