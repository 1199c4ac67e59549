package org.pgreel.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The part of a session that has the server stop what it is doing. Thread-safe. */
public interface Cancellation {

    /**
     * Asks the server to cancel the oldest operation on the wire, over a connection of its own: to the same address, under
     * TLS if the session is, with the session's key. A server that declines TLS there gets no request if
     * {@link SslMode#demandsTls()}.
     *
     * <p>The operation then fails with 57014, or it ends as it would have: a request may come too late, and the server
     * does not say so. It never hits a later operation, because none is put on the wire until the server has ended the
     * request's connection; with {@link ConnectOptions#pipelineDepth()} above 1 it may hit one that was on the wire
     * already. Calls for the same operation while a request is under way share it.
     *
     * @return what became of the request; never completed exceptionally
     */
    CompletableFuture<CancelOutcome> cancel();

    /**
     * Has the server cancel an operation whose answer nobody waits for any more. It is asked as by {@link #cancel()}, but
     * for that operation alone, when it is the oldest on the wire, and again after pauses that double from 250 ms until
     * the operation is answered: a server ignores a request that reaches it before the statement does.
     *
     * @param answer the future that the operation gave when it was submitted; if it is no operation's of this session, or
     *     null, the oldest on the wire is meant. Nothing happens if it is done
     */
    void cancelUnawaited(@Nullable CompletableFuture<?> answer);
}
