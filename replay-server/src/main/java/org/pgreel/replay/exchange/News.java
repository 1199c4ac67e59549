package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.replay.report.RecordedConnectionId;
import org.pgreel.replay.source.Gate;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.PlayableRecording;

/**
 * Recorded notifications that another connection had sent: whoever listens hears them when the run has been played in which
 * they were sent, and not before. Confined to the thread of its library.
 */
final class News {

    private record Held(NotificationResponse notification, RecordedRun sender, ExchangeClient listener) {}

    private final IdentityHashMap<BackendMessage, RecordedRun> senders = new IdentityHashMap<>();
    private final List<Held> held = new ArrayList<>();

    /** Notes who sent the notifications. */
    void link(
            PlayableRecording recording,
            IdentityHashMap<BackendMessage, Gate.Notified> notified,
            Map<RecordedConnectionId, List<RecordedRun>> runs) {
        for (PlayableConnection sender : recording.connections()) {
            notified.forEach((message, gate) -> {
                if (gate.sender().equals(sender.id())) {
                    sentBy(message, gate, sender, runs.getOrDefault(sender.id(), List.of()));
                }
            });
        }
    }

    private void sentBy(
            BackendMessage notification, Gate.Notified gate, PlayableConnection sender, List<RecordedRun> runs) {
        int messages = Math.min(gate.messages(), sender.frontend().size());
        long number = messages == 0 ? 0 : sender.frontend().get(messages - 1).number();
        RecordedRun last = null;
        RecordedRun notifying = null;
        for (RecordedRun run : runs) {
            for (RecordedExchange exchange : run.exchanges) {
                if (exchange.message <= number && !exchange.housekeeping) {
                    last = run;
                    if (exchange.key.sql().toLowerCase(Locale.ROOT).contains("notify")) {
                        notifying = run;
                    }
                }
            }
        }
        RecordedRun run = notifying == null ? last : notifying;
        if (run != null) {
            senders.put(notification, run);
        }
    }

    /** Keeps a notification back whose sender has not been played; false if it may be sent at once. */
    boolean holds(BackendMessage message, ExchangeClient listener) {
        RecordedRun sender = message instanceof NotificationResponse ? senders.get(message) : null;
        if (sender == null || !(message instanceof NotificationResponse notification)) {
            return false;
        }
        if (sender.over()) {
            listener.tell(current(notification, sender));
        } else {
            held.add(new Held(notification, sender, listener));
        }
        return true;
    }

    /** Something was played: tells those who listen what may be told now. */
    void tell() {
        if (held.isEmpty()) {
            return;
        }
        List<Held> due = new ArrayList<>();
        for (Iterator<Held> i = held.iterator(); i.hasNext(); ) {
            Held next = i.next();
            if (next.sender().over()) {
                i.remove();
                due.add(next);
            }
        }
        due.forEach(next -> next.listener().tell(current(next.notification(), next.sender())));
    }

    private static NotificationResponse current(NotificationResponse notification, RecordedRun sender) {
        @Nullable Integer processId = sender.playedBy;
        return processId == null
                ? notification
                : new NotificationResponse(processId, notification.channel(), notification.payload());
    }

    /** The connection is over. */
    void ended(ExchangeClient listener) {
        held.removeIf(next -> next.listener() == listener);
    }
}
