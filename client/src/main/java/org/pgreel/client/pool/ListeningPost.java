package org.pgreel.client.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Notification;
import org.pgreel.client.PoolClosedException;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.ShutdownReason;
import org.pgreel.client.Timers;

/**
 * Listens for a pool: one session of its own for all channels, as long as there are any. When it is lost another takes its
 * place, and whoever listened hears of the gap. A session that says nothing is asked now and then whether it is still there.
 */
final class ListeningPost {
    /** NAMEDATALEN - 1: the server would cut a longer name. */
    private static final int NAME_BYTES_MAX = 63;

    private static final Duration HEARTBEAT_MIN = Duration.ofSeconds(1);

    private final SessionSource source;
    private final PoolOptions options;
    private final Timers timers;
    private final Duration heartbeat;

    /** Guards all that follows; never held while anyone is told anything. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private List<Runnable> todo = new ArrayList<>();
    private @Nullable Post post;
    private boolean waitingToConnect;
    private int failuresInRow;
    private boolean closed;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    ListeningPost(SessionSource source, PoolOptions options, Timers timers) {
        this.source = source;
        this.options = options;
        this.timers = timers;
        this.heartbeat = options.validateAfter().compareTo(HEARTBEAT_MIN) < 0 ? HEARTBEAT_MIN : options.validateAfter();
    }

    Subscription subscribe(String name, ChannelListener listener) {
        if (name.isEmpty()
                || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX
                || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a channel's name must have 1 to " + NAME_BYTES_MAX + " bytes, none of them NUL: " + name);
        }
        Channel.Interest interest = new Channel.Interest(listener);
        input(() -> {
            if (closed) {
                todo.add(() -> interest.listening().completeExceptionally(new PoolClosedException()));
                return;
            }
            Channel channel = channels.get(name);
            if (channel == null) {
                channel = new Channel(name);
                channels.put(name, channel);
            }
            channel.interests().add(interest);
            listenTo(List.of(channel));
        });
        return new Subscribed(name, interest);
    }

    /** LISTEN again on a channel that is listened to changes nothing, but its answer confirms the new subscriber. */
    private void listenTo(Collection<Channel> wanted) {
        Post at = post;
        if (at == null) {
            connect(Duration.ZERO);
        } else if (at.ready && !wanted.isEmpty()) {
            List<Channel> asked = List.copyOf(wanted);
            String sql = asked.stream().map(one -> "LISTEN " + one.quoted()).collect(Collectors.joining("; "));
            todo.add(() -> at.say(sql, () -> confirmed(at, asked)));
        }
    }

    private void connect(Duration delay) {
        if (waitingToConnect || post != null || channels.isEmpty() || closed) {
            return;
        }
        if (delay.isZero()) {
            Post fresh = new Post();
            post = fresh;
            todo.add(fresh::open);
            return;
        }
        waitingToConnect = true;
        todo.add(() -> after(
                delay,
                () -> input(() -> {
                    waitingToConnect = false;
                    connect(Duration.ZERO);
                })));
    }

    private void after(Duration delay, Runnable task) {
        try {
            Timers.Waiting unused = timers.after(delay, task);
        } catch (RejectedExecutionException clientIsClosed) {
            // No session can be had any more, so nothing is left to wait for.
        }
    }

    private void confirmed(Post at, List<Channel> asked) {
        if (post == at) {
            at.lastHeard = timers.now();
            at.watch();
            asked.forEach(channel -> todo.add(channel.confirmed(at.lastHeard)));
        }
    }

    private void unsubscribed(String name, Channel.Interest interest) {
        Channel channel = channels.get(name);
        if (channel == null
                || !channel.interests().remove(interest)
                || !channel.interests().isEmpty()) {
            return;
        }
        channels.remove(name);
        Post at = post;
        if (at != null && channels.isEmpty()) {
            post = null;
            todo.add(at::close);
        } else if (at != null && at.ready) {
            todo.add(() -> at.say("UNLISTEN " + channel.quoted(), () -> {}));
        }
    }

    /** Ends all; done when the session is over. */
    CompletableFuture<Void> close() {
        input(() -> {
            if (closed) {
                return;
            }
            closed = true;
            channels.values()
                    .forEach(channel -> channel.interests().forEach(interest -> {
                        interest.close();
                        todo.add(() -> interest.listening().completeExceptionally(new PoolClosedException()));
                    }));
            channels.clear();
            Post at = post;
            post = null;
            todo.add(at == null ? () -> over.complete(null) : () -> at.closeThen(() -> over.complete(null)));
        });
        return over.copy();
    }

    /** A session is over or never got ready. Those that end soon after they began are followed by ever later ones. */
    private void ended(Post at, String reason, @Nullable Throwable lasting) {
        double jitter = options.random().getAsDouble();
        input(() -> over(at, reason, lasting, jitter));
    }

    private void over(Post at, String reason, @Nullable Throwable lasting, double jitter) {
        if (post != at) {
            return;
        }
        post = null;
        Instant since = at.lastHeard;
        channels.values().forEach(channel -> channel.lost(since, reason));
        if (lasting != null) {
            giveUp(lasting);
        }
        failuresInRow++;
        connect(options.connectRetry().delay(failuresInRow, jitter));
    }

    /** Those who never heard anything are told that they will not. */
    private void giveUp(Throwable lasting) {
        for (Channel channel : List.copyOf(channels.values())) {
            for (Channel.Interest interest : channel.interests()) {
                if (!interest.listening().isDone()) {
                    channel.interests().remove(interest);
                    todo.add(() -> interest.listening().completeExceptionally(lasting));
                }
            }
            if (channel.interests().isEmpty()) {
                channels.remove(channel.name());
            }
        }
    }

    private void input(Runnable change) {
        List<Runnable> deeds;
        lock.lock();
        try {
            change.run();
            deeds = todo;
            todo = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        deeds.forEach(Runnable::run);
    }

    /** A subscriber's end of an interest. */
    private final class Subscribed implements Subscription {
        private final String name;
        private final Channel.Interest interest;

        Subscribed(String name, Channel.Interest interest) {
            this.name = name;
            this.interest = interest;
        }

        @Override
        public String channel() {
            return name;
        }

        @Override
        public CompletableFuture<Void> listening() {
            return interest.listening().copy();
        }

        @Override
        public void close() {
            interest.close();
            input(() -> unsubscribed(name, interest));
            interest.listening().cancel(false);
        }
    }

    /** One session that listens. */
    private final class Post implements SessionStatusNotify {
        private volatile @Nullable Session session;
        private boolean ready;
        private boolean watched;
        private volatile Instant lastHeard = timers.now();

        void open() {
            Session opened;
            try {
                opened = source.connect(this);
            } catch (RuntimeException refused) {
                ended(this, String.valueOf(refused.getMessage()), refused);
                return;
            }
            input(() -> {
                session = opened;
                if (post != this) {
                    todo.add(opened::close);
                }
            });
            CompletionStage<Session> readiness = opened.ready();
            readiness.whenComplete((self, failure) -> {
                if (failure == null) {
                    input(this::gotReady);
                } else {
                    Throwable cause = Tending.cause(failure);
                    ended(this, String.valueOf(cause.getMessage()), ConnectFailures.isLasting(cause) ? cause : null);
                }
            });
            CompletionStage<ShutdownReason> end = opened.ended();
            end.thenAccept(reason -> ended(this, reason.sentence(), null));
        }

        private void gotReady() {
            if (post == this) {
                ready = true;
                listenTo(channels.values());
            }
        }

        void say(String sql, Runnable answered) {
            Session open = session;
            if (open != null) {
                CompletionStage<?> answer = open.query(sql);
                answer.whenComplete((results, failure) -> {
                    if (failure == null) {
                        input(answered);
                    } else {
                        // A standby refuses LISTEN: its end leads to another attempt, somewhat later.
                        open.close();
                    }
                });
            }
        }

        /** Asks now and then whether the session is still there; asked under the lock. */
        void watch() {
            if (!watched) {
                watched = true;
                todo.add(() -> after(heartbeat, this::ask));
            }
        }

        private void ask() {
            Session open = session;
            if (open == null || open.shutdownReason().isPresent()) {
                return;
            }
            boolean[] answered = new boolean[1];
            after(
                    options.checkTimeout(),
                    () -> input(() -> {
                        if (!answered[0]) {
                            todo.add(open::close);
                        }
                    }));
            say("", () -> {
                answered[0] = true;
                failuresInRow = 0;
                lastHeard = timers.now();
                watched = false;
                watch();
            });
        }

        @Override
        public void pgNotification(Session from, Notification notification) {
            input(() -> {
                Channel channel = post == this ? channels.get(notification.channel()) : null;
                lastHeard = timers.now();
                if (channel != null && channel.heard(notification)) {
                    todo.add(() -> channel.tell(listener -> listener.notified(notification), false));
                }
            });
        }

        void close() {
            closeThen(() -> {});
        }

        void closeThen(Runnable then) {
            Session open = session;
            if (open == null) {
                then.run();
                return;
            }
            open.close();
            CompletionStage<ShutdownReason> ended = open.ended();
            ended.thenRun(then);
        }
    }
}
