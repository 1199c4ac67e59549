package org.pgreel.recorder.projection;

import java.util.Locale;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * Where the connections of a session stand: phase, transaction status, parameters, prepared statements, portals, what is
 * pending, COPY and the channels that are listened to.
 */
public final class ConnectionsProjection implements Projection<Connections> {

    @Override
    public Connections initial() {
        return new Connections();
    }

    @Override
    public Connections event(Connections state, SessionEvent event) {
        if (event instanceof ConnectionOpened opened) {
            state.connection(opened.connection());
        } else if (event instanceof ConnectionClosed closed) {
            state.connection(closed.connection()).ended((closed.how() + " by " + closed.by()).toLowerCase(Locale.ROOT));
        }
        return state;
    }

    @Override
    public Connections message(Connections state, RecordedMessage message) {
        state.connection(message.connection()).message(message);
        state.counted(state.counts().and(message), message.connection());
        return state;
    }

    @Override
    public Connections copy(Connections state) {
        return state.copy();
    }
}
