package org.pgreel.recorder.projection;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.recorder.recording.RecordedMessage;

/** The messages of a session as lines of its transcript, one each. For all else there is {@link TranscriptProjection}. */
public final class LinesProjection implements Projection<List<String>> {

    @Override
    public List<String> initial() {
        return new ArrayList<>();
    }

    @Override
    public List<String> message(List<String> state, RecordedMessage message) {
        state.add(line(message));
        return state;
    }

    @Override
    public List<String> copy(List<String> state) {
        return new ArrayList<>(state);
    }

    /**
     * Returns a message as it stands in a transcript, without its number.
     *
     * @param message the message
     */
    public static String line(RecordedMessage message) {
        StringBuilder text = new StringBuilder();
        TranscriptWriter writer = TranscriptWriter.ofRecording(text);
        if (message.content() instanceof RecordedMessage.Decoded decoded) {
            writer.message(message.direction(), decoded.message());
        } else if (message.content() instanceof RecordedMessage.Oversized oversized) {
            writer.oversized(message.direction(), oversized.type(), oversized.length(), message.start());
        } else if (message.content() instanceof RecordedMessage.Undecodable undecodable) {
            writer.raw(message.direction(), undecodable.raw());
        }
        return text.toString().stripTrailing();
    }
}
