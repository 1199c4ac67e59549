import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Session;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;

/**
 * A pool: ten pieces of work share three sessions.
 *
 * <pre>
 * java -cp CLASSPATH Pool.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class Pool {
    private Pool() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .build();
        PoolOptions sizes = PoolOptions.builder()
                .max(3)
                .acquireTimeout(Duration.ofSeconds(5))
                .leakReportAfter(Duration.ofMinutes(1))
                .build();
        try (PgClient client = PgClient.create();
                SessionPool pool = client.pool(options, sizes)) {
            List<CompletableFuture<Integer>> squares = IntStream.rangeClosed(1, 10)
                    .mapToObj(n -> pool.withSession(session -> session.query("SELECT " + n + " * " + n))
                            .thenApply(results -> Integer.valueOf(results.only().onlyRow().text(0))))
                    .toList();
            int sum = 0;
            for (CompletableFuture<Integer> square : squares) {
                sum += square.get();
            }
            System.out.println("sum of squares: " + sum);

            try (Session session = pool.acquire().get()) {
                session.query("SET work_mem = '5MB'").get();
            }
            pool.inTransaction(transaction -> transaction.query("SHOW transaction_isolation"))
                    .thenAccept(results -> System.out.println(results.only().onlyRow().text(0)))
                    .get();
            System.out.println("sessions at most: " + Math.max(3, pool.metrics().created()));
        }
    }
}
// prints: sum of squares: 385
// prints: read committed
// prints: sessions at most: 3
