package org.pgreel.scenarios.fuzz;

import java.nio.ByteBuffer;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.event.EventReader;
import org.pgreel.recorder.event.EventWriter;
import org.pgreel.recorder.event.MalformedEventException;
import org.pgreel.recorder.event.SessionEvent;

/** A record of a journal: the events of a session from its first on are written as the bytes that they were read from. */
final class EventsTarget implements FuzzTarget {
    private static final int CHECKSUM = 4;

    @Override
    public void take(byte[] input) {
        var reader = new EventReader(input, 0, input.length);
        EventWriter writer = null;
        int at = 0;
        try {
            while (reader.next()) {
                int length = Integer.BYTES + ByteBuffer.wrap(input).getInt(at);
                reader.intact(0);
                SessionEvent event = reader.event();
                writer = writer == null ? new EventWriter(event.session()) : writer;
                if (event.session() == writer.session() && event.sequence() == writer.nextSequence()) {
                    writer.write(event);
                    String written = Bytes.copyOf(writer.buffer(), 0, writer.length() - CHECKSUM)
                            .hex();
                    FuzzTarget.same(
                            event + " written",
                            Bytes.copyOf(input, at, at + length - CHECKSUM).hex(),
                            written);
                    writer.commit();
                }
                at += length;
            }
        } catch (MalformedEventException refused) {
            FuzzTarget.same(
                    "a reason", false, String.valueOf(refused.getMessage()).isBlank());
        }
    }
}
