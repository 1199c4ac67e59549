package org.pgreel.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionAttempt;
import org.pgreel.client.Session;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.type.DatabaseTypes;
import org.pgreel.type.TypeRegistry;

/** What the owner of a session has published of it last; every view of the session reads it, from any thread. */
final class SessionFacts {
    final CompletableFuture<Session> ready = new CompletableFuture<>();
    final CompletableFuture<ShutdownReason> ended = new CompletableFuture<>();
    /** Those of the options until it is known which server there is. */
    volatile DatabaseTypes types;

    volatile List<ConnectionAttempt> attempts = List.of();

    /** Its own lock: a login reports a dozen and more, one by one, so a copy is made for who asks and not for each. */
    private final Map<String, String> reported = new LinkedHashMap<>();

    /** Null if it is older than {@link #reported}. */
    private volatile @Nullable Map<String, String> parameters = Map.of();

    volatile Set<String> channels = Set.of();
    volatile @Nullable TransactionStatus transactionStatus;
    volatile @Nullable Integer processId;
    volatile @Nullable ShutdownReason shutdownReason;

    SessionFacts(TypeRegistry known) {
        types = new DatabaseTypes(known);
    }

    void attempted(List<ConnectionAttempt> all) {
        attempts = all;
    }

    /** What a server reported that was given up is not the session's. */
    void forget() {
        synchronized (reported) {
            reported.clear();
            parameters = Map.of();
        }
        processId = null;
    }

    void servedBy(int process) {
        processId = process;
    }

    /** The reason is published before anyone hears of the end. */
    void over(ShutdownReason reason) {
        shutdownReason = reason;
    }

    void reported(TransactionStatus status) {
        transactionStatus = status;
    }

    void reported(String name, String value) {
        synchronized (reported) {
            reported.put(name, value);
            parameters = null;
        }
    }

    /** Returns what the server has reported so far, which does not change any more. */
    Map<String, String> parameters() {
        Map<String, String> published = parameters;
        if (published != null) {
            return published;
        }
        synchronized (reported) {
            Map<String, String> copy = Collections.unmodifiableMap(new LinkedHashMap<>(reported));
            parameters = copy;
            return copy;
        }
    }
}
