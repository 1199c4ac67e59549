package org.pgreel.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Inflow;

/**
 * One subscriber's share of a publisher: an operation that is submitted at the first request, whose items are given as they
 * are asked for. The first item beyond that is kept, and the session reads no further until it is asked for.
 *
 * <p>Everything is done by the session's owner, so signals are serial as the Reactive Streams demand. What a subscriber's
 * {@code onNext} throws, which it may not, is taken as a cancellation.
 */
abstract sealed class Publication<T> implements Flow.Subscription permits RowPublication, CopyPublication {

    private final Ownership owner;
    private Flow.@Nullable Subscriber<? super T> subscriber;
    private @Nullable Inflow inflow;
    private @Nullable T ahead;
    private long demand;
    private boolean begun;

    Publication(Ownership owner, Flow.Subscriber<? super T> subscriber) {
        this.owner = owner;
        this.subscriber = subscriber;
    }

    /** Submits the operation; its end is told by {@link #ended}. */
    abstract Operation<?> operation();

    /** Something more is wanted. */
    void wanted() {}

    /** Introduces itself to its subscriber. */
    final void begin() {
        owner.change(() -> {
            Flow.Subscriber<? super T> to = subscriber;
            if (to != null) {
                try {
                    to.onSubscribe(this);
                } catch (RuntimeException thrown) {
                    over();
                }
            }
            if (subscriber != null && owner.isOver() && !begun) {
                // Nobody needs to ask for anything to hear that there is nothing.
                submit();
            }
        });
    }

    final void flowsBy(Inflow valve) {
        inflow = valve;
    }

    final boolean hasDemand() {
        return demand > 0;
    }

    /** Gives an item, or keeps it until it is asked for. */
    final void came(T item) {
        if (demand > 0) {
            give(item);
        } else {
            ahead = item;
            if (inflow != null) {
                inflow.pause();
            }
        }
    }

    private void give(T item) {
        Flow.Subscriber<? super T> to = subscriber;
        if (to == null) {
            return;
        }
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
        try {
            to.onNext(item);
        } catch (RuntimeException thrown) {
            over();
        }
    }

    @Override
    public final void request(long count) {
        owner.change(() -> {
            if (subscriber == null) {
                return;
            }
            if (count <= 0) {
                owner.behind(() -> refuse(count));
                return;
            }
            demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            if (!begun) {
                submit();
            } else {
                owner.behind(this::goOn);
            }
        });
    }

    private void submit() {
        begun = true;
        Operation<?> operation = operation();
        CompletableFuture<?> unused = operation.future().whenComplete((result, failure) -> ended(failure));
        owner.submitted(operation);
    }

    private void goOn() {
        T item = ahead;
        if (item != null && demand > 0) {
            ahead = null;
            give(item);
            if (inflow != null) {
                inflow.resume();
            }
        }
        wanted();
    }

    private void refuse(long count) {
        Flow.Subscriber<? super T> to = over();
        if (to != null) {
            to.onError(new IllegalArgumentException("request(" + count + "): at least 1 must be asked for (rule 3.9)"));
        }
    }

    @Override
    public final void cancel() {
        owner.change(this::over);
    }

    /** Nothing more is given; returns who would have got it, once. */
    private Flow.@Nullable Subscriber<? super T> over() {
        Flow.Subscriber<? super T> to = subscriber;
        subscriber = null;
        ahead = null;
        if (inflow != null) {
            inflow.stop();
        }
        return to;
    }

    private void ended(@Nullable Throwable failure) {
        Flow.Subscriber<? super T> to = over();
        if (to == null) {
            return;
        }
        if (failure == null) {
            to.onComplete();
        } else {
            to.onError(failure);
        }
    }
}
