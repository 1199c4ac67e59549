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

    void reported(String name, String value) {
        Map<String, String> next = new LinkedHashMap<>(parameters);
        next.put(name, value);
        parameters = Collections.unmodifiableMap(next);
    }
}
