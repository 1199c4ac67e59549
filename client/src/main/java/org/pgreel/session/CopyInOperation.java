package org.pgreel.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.wire.Bytes;

/** COPY FROM STDIN by the simple protocol, with data that the application gives piece by piece. */
final class CopyInOperation extends Operation<QueryResult> {

    /** Large enough to be cheap, small enough for the transport to hold a few of them. */
    private static final int CHUNK = 64 << 10;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final Deque<CompletableFuture<Void>> handedOver = new ArrayDeque<>();
    private final CompletableFuture<CopyInResponse> readiness = new CompletableFuture<>();
    private int position;
    private boolean finishing;
    private @Nullable String abortion;
    private boolean wanted;
    private boolean fed;

    /**
     * A piece of the data.
     *
     * @param taken completes when the transport has it and takes more
     */
    record Piece(Bytes data, CompletableFuture<Void> taken) {}

    CopyInOperation(String sql) {
        super(sql, List.of(new Query(sql)));
        CompletableFuture<QueryResult> unused = future().whenComplete((result, failure) -> over(failure));
    }

    @Override
    String kind() {
        return "copy-in";
    }

    @Override
    boolean leavesRoomBehind() {
        return false;
    }

    @Override
    boolean commitsBehindCompletion() {
        return false;
    }

    @Override
    QueryResult result() {
        List<QueryResult> all = results().results();
        return all.get(all.size() - 1);
    }

    CompletableFuture<CopyInResponse> readiness() {
        return readiness;
    }

    /** The application gives a piece; behind the end of the data it is refused. */
    void give(Piece piece) {
        if (finishing || abortion != null || future().isDone()) {
            refuse(piece);
        } else {
            pieces.add(piece);
        }
    }

    /** The application has no more data; it may have none after this. */
    void finish() {
        finishing |= abortion == null;
    }

    /** The application gives the COPY up; nothing happens behind {@link #finish}. */
    void abort(String reason) {
        if (!finishing && abortion == null) {
            abortion = reason;
        }
    }

    @Override
    void copyInBegins(CopyInResponse format) {
        readiness.complete(format);
    }

    @Override
    void copyInAsked(Outbound outbound) {
        if (fed) {
            outbound.send(new CopyFail("a second COPY FROM STDIN in one text has no data: call copyIn for each"));
            return;
        }
        // Sent when all that came is heard: what came together with this message came before any data.
        wanted = true;
    }

    @Override
    void proceed(Outbound outbound) {
        if (!wanted || hasFailed()) {
            return;
        }
        String reason = abortion;
        if (reason != null) {
            ended();
            outbound.send(new CopyFail(reason));
            return;
        }
        do {
            sendPieces(outbound);
            // Who hears of it may give the next piece at once.
            settleHandedOver(outbound);
        } while (!pieces.isEmpty() && outbound.takesMore() && abortion == null);
        if (pieces.isEmpty() && finishing && outbound.takesMore()) {
            ended();
            outbound.send(new CopyDone());
        }
    }

    private void ended() {
        wanted = false;
        fed = true;
    }

    private void sendPieces(Outbound outbound) {
        for (Piece piece = pieces.peek(); piece != null && outbound.takesMore(); piece = pieces.peek()) {
            int to = Math.min(piece.data().length(), position + CHUNK);
            if (position < to) {
                outbound.send(new CopyData(piece.data().slice(position, to)));
                outbound.transmit();
                position = to;
            }
            if (to == piece.data().length()) {
                position = 0;
                handedOver.add(pieces.remove().taken());
            }
        }
    }

    private void settleHandedOver(Outbound outbound) {
        while (outbound.takesMore() && !handedOver.isEmpty()) {
            handedOver.remove().complete(null);
        }
    }

    private void over(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        readiness.completeExceptionally(
                cause == null ? new IllegalStateException("the statement asked for no data") : cause);
        handedOver.forEach(taken -> taken.complete(null));
        handedOver.clear();
        for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            refuse(piece);
        }
    }

    private void refuse(Piece piece) {
        CompletableFuture<Void> taken = piece.taken();
        if (!future().isCompletedExceptionally()) {
            taken.completeExceptionally(new IllegalStateException("the COPY takes no more data"));
            return;
        }
        CompletableFuture<QueryResult> unused = future().whenComplete((result, failure) -> {
            if (failure != null) {
                taken.completeExceptionally(failure);
            }
        });
    }
}
