package org.pgreel.session;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.pgreel.client.CopyIn;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.wire.Bytes;

/** The application's end of a {@link CopyInOperation}; counts what waits, so that a caller who never waits is told. */
final class LiveCopyIn implements CopyIn {

    private static final long WAITING_MAX = 4 << 20;

    private final Ownership owner;
    private final CopyInOperation operation;
    private final AtomicLong waiting = new AtomicLong();

    LiveCopyIn(Ownership owner, CopyInOperation operation) {
        this.owner = owner;
        this.operation = operation;
    }

    @Override
    public CompletableFuture<CopyInResponse> ready() {
        return operation.readiness();
    }

    @Override
    public CompletableFuture<Void> send(Bytes data) {
        Objects.requireNonNull(data, "data");
        int length = data.length();
        long before = waiting.getAndAdd(length);
        if (before > 0 && before + length > WAITING_MAX) {
            waiting.addAndGet(-length);
            throw new IllegalStateException(
                    before + " bytes of COPY data wait to be sent: wait for the future of a piece"
                            + " before the next is sent");
        }
        CompletableFuture<Void> taken = new CompletableFuture<>();
        CompletableFuture<Void> counted = taken.whenComplete((nothing, failure) -> waiting.addAndGet(-length));
        owner.change(() -> operation.give(new CopyInOperation.Piece(data, taken)));
        return counted;
    }

    @Override
    public CompletableFuture<QueryResult> finish() {
        owner.change(operation::finish);
        return operation.future();
    }

    @Override
    public CompletableFuture<QueryResult> abort(String reason) {
        if (reason.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the reason holds a NUL, which ends a string on the wire");
        }
        owner.change(() -> operation.abort(reason));
        return operation.future();
    }

    @Override
    public CompletableFuture<QueryResult> done() {
        return operation.future();
    }
}
