package org.pgreel.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Listening;
import org.pgreel.client.Notification;
import org.pgreel.client.QueryResults;
import org.pgreel.tap.CallbackKind;

/**
 * The channels that the session listens to, each with its consumers, in the order in which they came. Confined to the
 * session's owner.
 */
final class Channels {

    /** The server's NAMEDATALEN, 64, holds a terminator; it cuts longer names, and notifications bear the cut name. */
    private static final int NAME_BYTES_MAX = 63;

    private final Map<String, Channel> byName = new LinkedHashMap<>();
    private final Notifier notifier;
    private final SessionFacts facts;

    /** What one LISTEN serves. */
    private static final class Channel {
        final List<Consumption> consumers = new ArrayList<>();
        final List<Waiting> waiting = new ArrayList<>();
        boolean confirmed;
    }

    /** Who waits for the answer to LISTEN. */
    private record Waiting(Consumption consumption, CompletableFuture<Listening> future) {}

    Channels(Notifier notifier, SessionFacts facts) {
        this.notifier = notifier;
        this.facts = facts;
    }

    /** Refuses a name that the server would cut or not take. */
    static String requireName(String channel) {
        int length = channel.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > NAME_BYTES_MAX || channel.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a channel's name has 1 to " + NAME_BYTES_MAX + " bytes and no NUL; this one has " + length);
        }
        return channel;
    }

    static String quoted(String channel) {
        return '"' + channel.replace("\"", "\"\"") + '"';
    }

    /**
     * Adds a consumer; LISTEN is sent for the first of a channel.
     *
     * @param submit takes the operation if one is needed
     * @param future completed when the server listens
     */
    void listen(Consumption consumption, Consumer<Operation<?>> submit, CompletableFuture<Listening> future) {
        String name = consumption.channel();
        Channel known = byName.get(name);
        Channel channel = known == null ? new Channel() : known;
        channel.consumers.add(consumption);
        if (channel.confirmed) {
            future.complete(consumption);
            return;
        }
        channel.waiting.add(new Waiting(consumption, future));
        if (known == null) {
            byName.put(name, channel);
            SimpleQueryOperation listen = new SimpleQueryOperation("LISTEN " + quoted(name));
            watch(listen.future(), name, channel);
            submit.accept(listen);
        }
    }

    private void watch(CompletableFuture<QueryResults> answer, String name, Channel channel) {
        CompletableFuture<QueryResults> unused =
                answer.whenComplete((results, failure) -> answered(name, channel, failure));
    }

    @SuppressWarnings("ReferenceEquality") // Another LISTEN for the same name may have followed.
    private void answered(String name, Channel channel, @Nullable Throwable failure) {
        List<Waiting> waiting = List.copyOf(channel.waiting);
        channel.waiting.clear();
        if (failure == null) {
            channel.confirmed = true;
        } else {
            channel.consumers.forEach(Consumption::end);
            if (byName.get(name) == channel) {
                byName.remove(name);
            }
        }
        publish();
        for (Waiting one : waiting) {
            if (failure == null) {
                one.future().complete(one.consumption());
            } else {
                one.future().completeExceptionally(failure);
            }
        }
    }

    /** Ends one consumer's part; UNLISTEN is sent for the last of a channel. */
    void close(Consumption consumption, Consumer<Operation<?>> submit) {
        Channel channel = byName.get(consumption.channel());
        if (channel != null && channel.consumers.remove(consumption) && channel.consumers.isEmpty()) {
            byName.remove(consumption.channel());
            publish();
            submit.accept(unlistening(consumption.channel()));
        }
    }

    /** Ends the parts of all consumers of a channel; the operation is to be submitted in any case. */
    void forget(String name) {
        Channel channel = byName.remove(name);
        if (channel != null) {
            channel.consumers.forEach(Consumption::end);
            publish();
        }
    }

    static SimpleQueryOperation unlistening(String name) {
        return new SimpleQueryOperation("UNLISTEN " + quoted(name));
    }

    /** Tells whether there is any. */
    boolean any() {
        return !byName.isEmpty();
    }

    /** The server has forgotten them all. */
    void discarded() {
        List.copyOf(byName.keySet()).forEach(this::forget);
    }

    /** Calls the consumers of the notification's channel. */
    void deliver(Notification notification) {
        Channel channel = byName.get(notification.channel());
        if (channel == null) {
            return;
        }
        for (Consumption consumption : List.copyOf(channel.consumers)) {
            if (consumption.isOpen()) {
                notifier.call(CallbackKind.NOTIFICATION, () -> consumption.accept(notification));
            }
        }
    }

    private void publish() {
        Set<String> names = new LinkedHashSet<>();
        byName.forEach((name, channel) -> {
            if (channel.confirmed) {
                names.add(name);
            }
        });
        facts.channels = Set.copyOf(names);
    }
}
