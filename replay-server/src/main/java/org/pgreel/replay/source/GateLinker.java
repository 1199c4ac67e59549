package org.pgreel.replay.source;

import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.replay.report.RecordedConnectionId;

/** Finds what recorded connections did to each other: which cancel ended which statement, who notified whom. */
final class GateLinker {
    private final List<DecodedConnection> connections;
    private final IdentityHashMap<Stretch, Gate> gates = new IdentityHashMap<>();

    GateLinker(List<DecodedConnection> connections) {
        this.connections = connections;
        linkCancels();
        linkNotifications();
    }

    /** Returns what the stretch waits for besides the client's own messages; null if nothing. */
    @Nullable
    Gate gate(Stretch stretch) {
        return gates.get(stretch);
    }

    private void linkCancels() {
        var cancels = new HashMap<RecordedConnectionId, Integer>();
        for (DecodedConnection connection : inOrderOfTime()) {
            var request = connection.decoder().cancel();
            if (request == null) {
                continue;
            }
            DecodedConnection target = withProcess(
                    request.processId(),
                    connection.run(),
                    connection.decoder().firstNanos(),
                    connection.id().session());
            if (target != null) {
                int ordinal = cancels.merge(target.id(), 1, Integer::sum);
                gateCanceled(target, connection.decoder().firstNanos(), ordinal);
            }
        }
    }

    private List<DecodedConnection> inOrderOfTime() {
        return connections.stream()
                .sorted(Comparator.comparingLong(
                        connection -> connection.decoder().firstNanos()))
                .toList();
    }

    private void gateCanceled(DecodedConnection target, long requested, int ordinal) {
        for (Stretch stretch : target.decoder().stretches()) {
            if (stretch.gated() instanceof ErrorResponse
                    && stretch.nanos() >= requested
                    && !gates.containsKey(stretch)) {
                gates.put(stretch, new Gate.Cancelled(ordinal));
                return;
            }
        }
    }

    private void linkNotifications() {
        for (DecodedConnection listener : connections) {
            for (Stretch stretch : listener.decoder().stretches()) {
                if (stretch.gated() instanceof NotificationResponse notification) {
                    DecodedConnection sender =
                            withProcess(notification.processId(), listener.run(), stretch.nanos(), -1);
                    if (sender != null && !sender.id().equals(listener.id())) {
                        gateNotified(stretch, sender);
                    }
                }
            }
        }
    }

    private void gateNotified(Stretch stretch, DecodedConnection sender) {
        int sent = 0;
        for (ConnectionDecoder.Kept message : sender.decoder().kept()) {
            if (message.nanos() <= stretch.nanos()) {
                sent++;
            }
        }
        if (sent > 0) {
            gates.put(stretch, new Gate.Notified(sender.id(), sent));
        }
    }

    /**
     * Process ids come again: of those who had it, the one of this session, else the last that had begun at that time. It may
     * have ended: a notification is heard after it was sent, and by then the sender may be gone.
     */
    private @Nullable DecodedConnection withProcess(int processId, String run, long at, int session) {
        DecodedConnection found = null;
        for (DecodedConnection candidate : connections) {
            Integer own = candidate.decoder().processId();
            boolean had = own != null && own == processId && candidate.run().equals(run);
            if (!had || !candidate.decoder().ready()) {
                continue;
            }
            if (candidate.id().session() == session) {
                return candidate;
            }
            long began = candidate.decoder().firstNanos();
            if (began <= at && (found == null || began > found.decoder().firstNanos())) {
                found = candidate;
            }
        }
        return found;
    }
}
