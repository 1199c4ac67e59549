package org.pgreel.replay.engine;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Direction;

/** A message as the notation writes it, without the letter of its direction and without secrets, shortened. */
final class MessageLine {
    private static final int SHOWN = 160;
    private static final int LETTER = 2;

    private MessageLine() {}

    static String of(FrontendMessage message) {
        return shortened(TranscriptWriter.line(Direction.FRONTEND, message));
    }

    static String of(BackendMessage message) {
        return shortened(TranscriptWriter.line(Direction.BACKEND, message));
    }

    private static String shortened(String line) {
        return line.length() <= LETTER + SHOWN ? line.substring(LETTER) : line.substring(LETTER, LETTER + SHOWN) + "…";
    }
}
