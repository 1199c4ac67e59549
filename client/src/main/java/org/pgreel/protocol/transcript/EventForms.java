package org.pgreel.protocol.transcript;

import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageWriter;

/** What happens to the transport, and bytes that are no message. */
final class EventForms {
    /** Bytes that are no message. */
    static final String RAW = "raw";

    private static final List<String> FRONTEND = List.of("connect", "tls", RAW, "eof", "reset", "silent", "end");
    private static final List<String> BACKEND = List.of(RAW, "delay", "stall", "eof", "close", "reset");

    private EventForms() {}

    static void check(Item.EventItem item, int line) {
        List<String> known = item.direction() == Direction.FRONTEND ? FRONTEND : BACKEND;
        if (!known.contains(item.name())) {
            String sender = item.direction() == Direction.FRONTEND ? "frontend" : "backend";
            throw new Place(line, item.column()).unknownWord(item.name(), "event of the " + sender, known);
        }
        if (item.name().equals(RAW)) {
            raw(item, line);
        }
    }

    static Bytes raw(Item.EventItem item, int line) {
        Place place = new Place(line, item.column());
        if (item.fields().isEmpty()) {
            throw place.failure("raw needs its bytes");
        }
        MessageWriter out = new MessageWriter();
        for (Field field : item.fields()) {
            out.writeBytes(SpreadType.plain(field, place).bytes(place.of(field)));
        }
        return out.toBytes();
    }
}
