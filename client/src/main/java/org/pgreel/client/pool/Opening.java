package org.pgreel.client.pool;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.message.ParameterStatus;

/** Opens sessions for a pool's places and tells the book what becomes of them. */
final class Opening {
    private final SessionSource source;
    private final PoolOptions options;
    private final Tending tending;
    private final Consumer<ObjLongConsumer<PoolBook>> inputs;
    private volatile @Nullable Throwable lastFailure;

    Opening(SessionSource source, PoolOptions options, Tending tending, Consumer<ObjLongConsumer<PoolBook>> inputs) {
        this.source = source;
        this.options = options;
        this.tending = tending;
        this.inputs = inputs;
    }

    /** Returns why the last session that failed to get ready did; null if none did. */
    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }

    void open(Place place) {
        Session session;
        try {
            session = source.connect(new Watch(place));
        } catch (RuntimeException refused) {
            failed(place, refused);
            inputs.accept((book, now) -> book.ended(place, now));
            return;
        }
        place.attach(session);
        CompletionStage<?> good = session.ready().thenCompose(ready -> tending.welcome(place));
        good.whenComplete((ready, failure) -> {
            if (failure == null) {
                long life = lifeNanos();
                inputs.accept((book, now) -> book.connected(place, now + life, now));
            } else {
                failed(place, Tending.cause(failure));
            }
        });
        CompletionStage<?> end = session.ended();
        end.whenComplete((reason, never) -> inputs.accept((book, now) -> book.ended(place, now)));
    }

    private long lifeNanos() {
        double part = 1 - options.lifeJitter() * options.random().getAsDouble();
        return Math.max(1, (long) (PoolOptions.nanos(options.maxLife()) * part));
    }

    private void failed(Place place, Throwable failure) {
        lastFailure = failure;
        double random = options.random().getAsDouble();
        RuntimeException lasting =
                failure instanceof RuntimeException known && ConnectFailures.isLasting(known) ? known : null;
        inputs.accept((book, now) -> {
            if (Tending.foundStandby(failure)) {
                book.foundStandby();
            }
            Duration delay = options.connectRetry().delay(book.failuresInRow() + 1, random);
            book.connectFailed(place, delay.toNanos(), lasting, now);
        });
    }

    /** Hears from a session what it says by itself. */
    private final class Watch implements SessionStatusNotify {
        private final Place place;

        Watch(Place place) {
            this.place = place;
        }

        @Override
        public void pgParameterStatus(Session session, ParameterStatus status) {
            if (options.primariesOnly() && Tending.saysReadOnly(status.parameter(), status.value())) {
                place.suspect = true;
                inputs.accept((book, now) -> book.doomedIfIdle(place, now));
            }
        }
    }
}
