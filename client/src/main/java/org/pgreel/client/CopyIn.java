package org.pgreel.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.wire.Bytes;

/**
 * A {@code COPY … FROM STDIN} under way, which the application feeds piece by piece.
 *
 * <p>It lasts until {@link #finish} or {@link #abort}, or until it fails; no other operation of the session is sent meanwhile.
 * Whatever is asked behind that sends nothing. Thread-safe; of several threads that send, one goes first.
 */
public interface CopyIn {

    /**
     * Completes when the server wants data. Nobody needs to wait for it: what is sent before waits here.
     *
     * @return the format of the whole and of each column; or a {@link PgException} if it never comes to that
     */
    CompletableFuture<CopyInResponse> ready();

    /**
     * Sends a piece of the data, of any length; it need not end where a row does.
     *
     * @param data the piece
     * @return completes when the transport has taken it and would take more: who waits for that never has more than the
     *     transport's own buffers under way. Fails as the COPY does, or with {@link IllegalStateException} behind
     *     {@code finish} or {@code abort}
     * @throws IllegalStateException if 4 MiB wait already, since the caller does not wait for the futures; the COPY goes on
     *     without this piece
     */
    CompletableFuture<Void> send(Bytes data);

    /**
     * Sends a piece of the data.
     *
     * @param data the piece, which may not be changed until the future is done
     * @return as in {@link #send(Bytes)}
     */
    default CompletableFuture<Void> send(byte[] data) {
        return send(Bytes.wrap(data));
    }

    /**
     * Ends the data, behind what was sent before.
     *
     * @return the outcome, as in {@link #done}
     */
    CompletableFuture<QueryResult> finish();

    /**
     * Gives the COPY up; what was sent and not taken yet is dropped. The server undoes it and answers with an error.
     *
     * @param reason why, for the server's message and log
     * @return the outcome, as in {@link #done}: a {@link ServerErrorException} with SQLSTATE 57014
     * @throws IllegalArgumentException if the reason holds a NUL
     */
    CompletableFuture<QueryResult> abort(String reason);

    /**
     * Completes when the COPY has ended.
     *
     * @return its command tag, which tells the count of rows; or a {@link PgException}
     */
    CompletableFuture<QueryResult> done();

    /**
     * Feeds the COPY from a publisher, asking for one piece after the other, and finishes it behind the last. The publisher is
     * subscribed to when the server wants data. If it fails the COPY is aborted; if the COPY fails the subscription is
     * cancelled.
     *
     * @param data gives the pieces
     * @return the outcome, as in {@link #done}; what the publisher failed with is suppressed in it
     */
    default CompletableFuture<QueryResult> feed(Flow.Publisher<Bytes> data) {
        return CopyFeed.from(data, this);
    }

    /**
     * Feeds the COPY from a stream on the caller's thread, and finishes it at the stream's end. It waits, so it may not be
     * called on an event loop. If the stream fails the COPY is aborted and has ended when this method throws.
     *
     * @param data read to its end, and not closed
     * @return the outcome
     * @throws IOException if the stream fails
     * @throws PgException if the COPY fails
     */
    default QueryResult feed(InputStream data) throws IOException {
        try {
            ready().join();
            for (byte[] piece = read(data); piece.length > 0; piece = read(data)) {
                send(piece).join();
            }
            return finish().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PgException failure ? failure : e;
        }
    }

    private byte[] read(InputStream data) throws IOException {
        try {
            return data.readNBytes(CopyFeed.PIECE);
        } catch (IOException | RuntimeException unreadable) {
            CompletableFuture<Boolean> over = abort("the data could not be read: "
                            + unreadable.getClass().getSimpleName())
                    .handle((result, failure) -> true);
            over.join();
            throw unreadable;
        }
    }
}
