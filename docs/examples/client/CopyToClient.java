import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.CopyOut;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.copy.CopyRows;

/** COPY from the server, row by row; a consumer that falls behind holds back the server. Arguments: host, port, user, password, database. */
public final class CopyToClient {

    private CopyToClient() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .build();
        try (PgClient client = PgClient.create();
                Session session = client.connect(options, new SessionStatusNotify() {})) {
            AtomicInteger rows = new AtomicInteger();
            CompletableFuture<CopyOut> begun = new CompletableFuture<>();
            CopyOut copy = session.copyOut(
                    "COPY (SELECT n, 'note ' || n FROM generate_series(1, 3000) n) TO STDOUT",
                    CopyRows.text(cells -> {
                        if (rows.incrementAndGet() % 1000 == 0) {
                            System.out.println(cells.get(1).text());
                            begun.thenAccept(valve -> {
                                valve.pause();
                                CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS).execute(valve::resume);
                            });
                        }
                    }));
            begun.complete(copy);
            System.out.println(copy.done().get().commandTag());
        }
    }
}
// prints: note 1000
// prints: note 2000
// prints: note 3000
// prints: COPY 3000
