package org.pgreel.client.pool;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Notification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel and those who want to hear of it. What is not final or of concurrent kind is guarded by the listener's lock. */
final class Channel {
    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);

    private final String name;
    private final List<Interest> interests = new CopyOnWriteArrayList<>();
    private final Deque<Notification> early = new ArrayDeque<>();
    private boolean listening;
    /** Since when nothing was heard, and why; null while nothing was lost. */
    private @Nullable Instant lostSince;

    private String lostBy = "";

    Channel(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    List<Interest> interests() {
        return interests;
    }

    /** The session that listened is over. */
    void lost(Instant since, String reason) {
        early.clear();
        if (listening) {
            listening = false;
            lostSince = since;
            lostBy = reason;
        }
    }

    /** Takes a notification; returns whether it may be told, which it may not before the gap in front of it is. */
    boolean heard(Notification notification) {
        if (!listening) {
            early.add(notification);
        }
        return listening;
    }

    /** LISTEN was confirmed. Returns what is to be told now, in order. */
    Runnable confirmed(Instant now) {
        listening = true;
        Instant since = lostSince;
        lostSince = null;
        List<Notification> waiting = List.copyOf(early);
        early.clear();
        NotificationGap gap = since == null ? null : new NotificationGap(name, since, now, lostBy);
        return () -> {
            if (gap != null) {
                tell(listener -> listener.gap(gap), true);
            }
            interests.forEach(interest -> interest.listening.complete(null));
            waiting.forEach(notification -> tell(listener -> listener.notified(notification), false));
        };
    }

    /** Tells all, or only those who had been listening before. */
    void tell(Consumer<ChannelListener> message, boolean onlyFormer) {
        for (Interest interest : interests) {
            if (interest.open && (!onlyFormer || interest.listening.isDone())) {
                try {
                    message.accept(interest.listener);
                } catch (RuntimeException thrown) {
                    LOG.warn("A listener of channel {} threw; the channel is listened to still", name, thrown);
                }
            }
        }
    }

    /** One subscriber's interest. */
    static final class Interest {
        private final ChannelListener listener;
        private final CompletableFuture<Void> listening = new CompletableFuture<>();
        private volatile boolean open = true;

        Interest(ChannelListener listener) {
            this.listener = listener;
        }

        CompletableFuture<Void> listening() {
            return listening;
        }

        void close() {
            open = false;
        }
    }
}
