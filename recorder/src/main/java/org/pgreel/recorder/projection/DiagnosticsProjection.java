package org.pgreel.recorder.projection;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.recorder.recording.RecordedMessage;

/** The notices and errors of a session, in their order. */
public final class DiagnosticsProjection implements Projection<List<Diagnostic>> {

    @Override
    public List<Diagnostic> initial() {
        return new ArrayList<>();
    }

    @Override
    public List<Diagnostic> message(List<Diagnostic> state, RecordedMessage message) {
        if (message.content() instanceof RecordedMessage.Decoded decoded) {
            if (decoded.message() instanceof ErrorResponse error) {
                state.add(new Diagnostic(message.number(), message.connection(), true, error.fields()));
            } else if (decoded.message() instanceof NoticeResponse notice) {
                state.add(new Diagnostic(message.number(), message.connection(), false, notice.fields()));
            }
        }
        return state;
    }

    @Override
    public List<Diagnostic> copy(List<Diagnostic> state) {
        return new ArrayList<>(state);
    }
}
