package org.pgreel.client.pool;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** A publisher of a lent session: each subscription is an operation of the loan, from its beginning to its end. */
record LentPublisher<T>(Loan loan, String sql, Flow.Publisher<T> publisher) implements Flow.Publisher<T> {

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<Void> unused = loan.submitted(sql, () -> over);
        publisher.subscribe(new Subscriber<T>(subscriber, over));
    }

    /** Passes everything on, and says when nothing more follows. */
    private record Subscriber<T>(Flow.Subscriber<? super T> to, CompletableFuture<Void> over)
            implements Flow.Subscriber<T> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    subscription.request(count);
                }

                @Override
                public void cancel() {
                    subscription.cancel();
                    over.complete(null);
                }
            });
        }

        @Override
        public void onNext(T item) {
            to.onNext(item);
        }

        @Override
        public void onError(Throwable thrown) {
            over.completeExceptionally(thrown);
            to.onError(thrown);
        }

        @Override
        public void onComplete() {
            over.complete(null);
            to.onComplete();
        }
    }
}
