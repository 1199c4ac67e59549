package org.pgreel.recorder.projection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;

/**
 * The requests of one connection that the backend has not answered to the end, oldest first. What it makes of them is the
 * caller's to tell: only the messages that end a request are handled here. Mutable; confined to one thread.
 */
final class Requests {

    private final Deque<Request> owed;
    private boolean skipping;

    Requests() {
        this(List.of(), false);
    }

    Requests(Iterable<Request> owed, boolean skipping) {
        this.owed = new ArrayDeque<>();
        owed.forEach(this.owed::add);
        this.skipping = skipping;
    }

    Requests copy() {
        return new Requests(owed, skipping);
    }

    Deque<Request> owed() {
        return owed;
    }

    /** Returns whether the backend discards everything until the next Sync. */
    boolean skipping() {
        return skipping;
    }

    @Nullable
    Request head() {
        return owed.peek();
    }

    /** Takes a message of the frontend; returns it as a request, or null if it is none or will be skipped. */
    @Nullable
    Request sent(long number, long nanos, Message message) {
        Request request = of(number, nanos, message);
        if (request == null || skipping && owed.isEmpty() && request.kind() != Request.Kind.SYNC) {
            return null;
        }
        owed.add(request);
        return request;
    }

    /** Returns a message of the frontend as a request; null if it is none. */
    static @Nullable Request of(long number, long nanos, Message message) {
        if (message instanceof Query query) {
            return new Request(number, nanos, Request.Kind.QUERY, "", "", query.sql(), List.of());
        } else if (message instanceof Parse parse) {
            return new Request(
                    number, nanos, Request.Kind.PARSE, parse.statement(), "", parse.sql(), parse.parameterTypes());
        } else if (message instanceof Bind bind) {
            return new Request(number, nanos, Request.Kind.BIND, bind.portal(), bind.statement(), "", List.of());
        } else if (message instanceof Describe describe) {
            boolean statement = describe.target() == Target.STATEMENT;
            Request.Kind kind = statement ? Request.Kind.DESCRIBE_STATEMENT : Request.Kind.DESCRIBE_PORTAL;
            return new Request(number, nanos, kind, describe.targetName(), "", "", List.of());
        } else if (message instanceof Execute execute) {
            return new Request(number, nanos, Request.Kind.EXECUTE, execute.portal(), "", "", List.of());
        } else if (message instanceof Close close) {
            boolean statement = close.target() == Target.STATEMENT;
            Request.Kind kind = statement ? Request.Kind.CLOSE_STATEMENT : Request.Kind.CLOSE_PORTAL;
            return new Request(number, nanos, kind, close.targetName(), "", "", List.of());
        } else if (message instanceof FunctionCall) {
            return new Request(number, nanos, Request.Kind.FUNCTION_CALL, "", "", "", List.of());
        } else if (message instanceof Sync) {
            return new Request(number, nanos, Request.Kind.SYNC, "", "", "", List.of());
        }
        return null;
    }

    /** The oldest request was answered to its end. */
    void answered() {
        owed.poll();
    }

    /** The oldest failed: an extended-query message takes all before the next Sync with it. */
    void failed() {
        Request head = owed.peek();
        if (head == null || head.kind() == Request.Kind.QUERY || head.kind() == Request.Kind.FUNCTION_CALL) {
            return;
        }
        skipping = true;
        while (!owed.isEmpty() && owed.element().kind() != Request.Kind.SYNC) {
            owed.remove();
        }
    }

    /**
     * ReadyForQuery came.
     *
     * @param nothingOwed whether nothing is owed behind it, so that Syncs that a COPY swallowed are gone too
     */
    void ready(boolean nothingOwed) {
        skipping = false;
        boolean found = false;
        while (!owed.isEmpty() && !found) {
            found = owed.remove().kind().earnsReady();
        }
        if (nothingOwed) {
            owed.clear();
        }
    }

    void clear() {
        owed.clear();
        skipping = false;
    }
}
