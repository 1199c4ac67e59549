package org.pgreel.client.observation;

import org.jspecify.annotations.Nullable;

/**
 * Writes what happens to the flight recorder of the Java virtual machine, under {@code org.pgreel}: Connect, Operation,
 * Violation and Shutdown. Every session has one. While no recording asks for these events nothing is made or kept.
 */
public final class FlightRecorderObserver implements SessionObserver {

    /** The observer, which has no state. */
    public static final SessionObserver INSTANCE = new FlightRecorderObserver();

    private FlightRecorderObserver() {}

    @Override
    public SessionObservation begins(ObservedSession opening) {
        return new Recorded(opening);
    }

    private static final class Recorded implements SessionObservation {
        private final ObservedSession session;
        private final ConnectEvent connecting = new ConnectEvent();
        private boolean ready;

        Recorded(ObservedSession session) {
            this.session = session;
            connecting.begin();
        }

        @Override
        public void ready() {
            ready = true;
            connected(null);
        }

        @Override
        public @Nullable OperationObservation submitted(String kind) {
            var event = new OperationEvent();
            return event.isEnabled() ? new RecordedOperation(event, kind, session) : null;
        }

        @Override
        public void ended(String reason, @Nullable String violation) {
            if (!ready) {
                connected(reason);
            }
            if (violation != null) {
                var event = new ViolationEvent();
                event.server = server(session);
                event.violation = violation;
                event.commit();
            }
            var event = new ShutdownEvent();
            event.server = server(session);
            event.database = session.database();
            event.reason = reason;
            event.commit();
        }

        private void connected(@Nullable String failure) {
            connecting.end();
            if (connecting.shouldCommit()) {
                connecting.server = server(session);
                connecting.database = session.database();
                connecting.failure = failure;
                connecting.commit();
            }
        }
    }

    private record RecordedOperation(OperationEvent event, String kind, ObservedSession session)
            implements OperationObservation {
        RecordedOperation {
            event.begin();
        }

        @Override
        public void begun() {
            event.begun = ObserverClock.nanos();
        }

        @Override
        public void completed(@Nullable String failure, @Nullable String sqlState) {
            event.end();
            if (event.shouldCommit()) {
                event.server = server(session);
                event.database = session.database();
                event.kind = kind;
                event.failure = failure;
                event.sqlState = sqlState;
                event.tellQueued();
                event.commit();
            }
        }
    }

    private static String server(ObservedSession session) {
        return session.address() + ":" + session.port();
    }
}
