package org.pgreel.recorder.scan;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.MessageProjection;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;

/** Looks for secrets in recorded messages and in files. Neither is held in memory. Confined to one thread. */
public final class SecretScan {

    /** A longer line is looked at in pieces of this size, which overlap by what no secret is longer than. */
    private static final int PIECE_BYTES = 1024 * 1024;

    private static final int OVERLAP_BYTES = 4096;

    private final Consumer<SecretFound> finds;

    /**
     * Begins a scan.
     *
     * @param finds told each find, one a pattern and message
     */
    public SecretScan(Consumer<SecretFound> finds) {
        this.finds = finds;
    }

    /** Looks through a recorded session: each message, and the user's notes. */
    public void session(RecordedSession session) {
        var messages = new MessageProjection(message -> message(session.number(), message));
        for (SessionEvent event : session.events()) {
            event.dispatch(messages);
            if (event instanceof Marker marker) {
                text(marker.note(), "#" + session.number(), "note");
            }
        }
    }

    private void message(int session, RecordedMessage recorded) {
        String place = "#" + session + "@" + recorded.number();
        if (recorded.content() instanceof RecordedMessage.Decoded decoded) {
            Message message = decoded.message();
            var writer = new MessageWriter(Integer.MAX_VALUE);
            message.encode(writer);
            bytes(writer.toBytes().toArray(), place, message.name());
        } else if (recorded.content() instanceof RecordedMessage.Undecodable undecodable) {
            bytes(undecodable.raw().toArray(), place, "bytes");
        }
    }

    /** Looks through a file, whatever it is, line by line. */
    public void file(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), PIECE_BYTES)) {
            var line = new ByteArrayOutputStream();
            long number = 1;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n' || line.size() == PIECE_BYTES) {
                    byte[] bytes = line.toByteArray();
                    bytes(bytes, "line " + number, "line");
                    line.reset();
                    if (octet == '\n') {
                        number++;
                        continue;
                    }
                    line.write(bytes, bytes.length - OVERLAP_BYTES, OVERLAP_BYTES);
                }
                line.write(octet);
            }
            bytes(line.toByteArray(), "line " + number, "line");
        }
    }

    private void bytes(byte[] bytes, String place, String what) {
        text(new String(bytes, StandardCharsets.ISO_8859_1), place, what);
    }

    private void text(String text, String place, String what) {
        for (SecretPattern pattern : SecretPattern.values()) {
            if (pattern.in(text)) {
                finds.accept(new SecretFound(pattern, place, what));
            }
        }
    }
}
