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
    volatile Map<String, String> parameters = Map.of();
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
        parameters = Map.of();
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
        Map<String, String> next = new LinkedHashMap<>(parameters);
        next.put(name, value);
        parameters = Collections.unmodifiableMap(next);
    }
}
