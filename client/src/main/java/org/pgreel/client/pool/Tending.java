package org.pgreel.client.pool;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.pgreel.client.Session;
import org.pgreel.protocol.message.TransactionStatus;

/** What is said to a session between two borrowers: whether it is still good, and that it forget the last one. */
final class Tending {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);
    private static final String ON = "on";

    /** What a server reports that takes no writes; PostgreSQL does so since 14. */
    private static final List<String> READ_ONLY_PARAMETERS = List.of("in_hot_standby", "default_transaction_read_only");

    private final PoolOptions options;

    Tending(PoolOptions options) {
        this.options = options;
    }

    /** The server of a session takes no writes, and the pool wants servers that do. */
    static final class StandbyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StandbyException() {
            super(
                    "the server takes no writes (it is a standby, or read only by default), and the pool wants primaries");
        }
    }

    /** Tells whether an answer failed because the server takes no writes. */
    static boolean foundStandby(Throwable failure) {
        return cause(failure) instanceof StandbyException;
    }

    static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** Tells whether a parameter's value says that the server takes no writes. */
    static boolean saysReadOnly(String parameter, String value) {
        return READ_ONLY_PARAMETERS.contains(parameter) && value.equals(ON);
    }

    /** Looks at a session that just got ready. */
    CompletionStage<?> welcome(Place place) {
        if (!options.primariesOnly()) {
            return DONE;
        }
        Session session = place.session();
        List<Optional<String>> told = READ_ONLY_PARAMETERS.stream()
                .map(name -> Optional.ofNullable(session.parameters().get(name)))
                .toList();
        if (told.stream().anyMatch(value -> value.filter(ON::equals).isPresent())) {
            return CompletableFuture.failedStage(new StandbyException());
        }
        return told.stream().allMatch(Optional::isPresent) ? DONE : writesAsked(place);
    }

    /** Asks a session that was idle whether it is still good: an empty query, which every server and pooler answers. */
    CompletionStage<?> check(Place place) {
        return options.primariesOnly() ? writesAsked(place) : place.session().query("");
    }

    private static CompletionStage<Void> writesAsked(Place place) {
        return place.session().query("SHOW transaction_read_only").thenAccept(results -> {
            if (ON.equals(results.only().onlyRow().text(0))) {
                throw new StandbyException();
            }
            place.suspect = false;
        });
    }

    /** Makes a session forget its borrower. */
    CompletionStage<?> reset(Loan loan) {
        Place place = loan.place();
        Session session = place.session();
        if (!loan.wasUsed()) {
            return DONE;
        }
        // What was left under way is done before an empty query is; only then the transaction's status is known.
        CompletionStage<Void> quiet = loan.isBusy() ? said(session, "") : DONE;
        return quiet.thenCompose(now -> inBlock(session) ? said(session, "ROLLBACK") : DONE)
                .thenCompose(idle -> forget(session, loan))
                .thenCompose(clean ->
                        options.primariesOnly() && (loan.sawReadOnly() || place.suspect) ? writesAsked(place) : DONE);
    }

    private static CompletionStage<Void> said(Session session, String sql) {
        return session.query(sql).thenAccept(results -> {});
    }

    private static boolean inBlock(Session session) {
        return session.transactionStatus()
                .filter(status -> status != TransactionStatus.IDLE)
                .isPresent();
    }

    private CompletionStage<Void> forget(Session session, Loan loan) {
        CompletionStage<Void> own = DONE;
        for (String statement : loan.statements()) {
            own = own.thenCompose(before -> session.closeStatement(statement));
        }
        // The session has consumers of its own for these, who are not to hear what the next borrower listens to.
        for (String channel : session.channels()) {
            own = own.thenCompose(before -> session.unlisten(channel));
        }
        Optional<String> sql = options.reset().sql();
        if (sql.isPresent()) {
            return own.thenCompose(before -> said(session, sql.get()));
        }
        return loan.mayListen() ? own.thenCompose(before -> said(session, "UNLISTEN *")) : own;
    }
}
