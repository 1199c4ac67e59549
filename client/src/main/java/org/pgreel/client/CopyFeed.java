package org.pgreel.client;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** Takes what a publisher gives to a COPY, one piece under way at a time. */
final class CopyFeed implements Flow.Subscriber<Bytes> {

    /** Large enough to be cheap, small enough for the transport to hold a few of them. */
    static final int PIECE = 64 << 10;

    private final CopyIn copy;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Throwable failure;

    private CopyFeed(CopyIn copy) {
        this.copy = copy;
    }

    static CompletableFuture<QueryResult> from(Flow.Publisher<Bytes> data, CopyIn copy) {
        Objects.requireNonNull(data, "data");
        CopyFeed feed = new CopyFeed(copy);
        CompletableFuture<Void> begun = copy.ready().thenAccept(format -> feed.subscribeTo(data));
        CompletableFuture<QueryResult> outcome = copy.done().whenComplete((result, failed) -> feed.ended(failed));
        return begun.handle((ready, failed) -> true).thenCompose(any -> outcome);
    }

    private void subscribeTo(Flow.Publisher<Bytes> data) {
        try {
            data.subscribe(this);
        } catch (RuntimeException thrown) {
            onError(thrown);
        }
    }

    private void ended(@Nullable Throwable failed) {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        Throwable first = failure;
        if (failed != null && first != null) {
            Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
            (cause == null ? failed : cause).addSuppressed(first);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        Objects.requireNonNull(begun, "subscription");
        if (subscription != null || copy.done().isDone()) {
            begun.cancel();
            return;
        }
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(Bytes data) {
        Objects.requireNonNull(data, "data");
        Flow.Subscription open = subscription;
        if (open != null) {
            CompletableFuture<Void> unused = copy.send(data).thenRun(() -> open.request(1));
        }
    }

    @Override
    public void onError(Throwable thrown) {
        failure = Objects.requireNonNull(thrown, "thrown");
        CompletableFuture<QueryResult> unused =
                copy.abort("the data's publisher failed: " + thrown.getClass().getSimpleName());
    }

    @Override
    public void onComplete() {
        CompletableFuture<QueryResult> unused = copy.finish();
    }
}
