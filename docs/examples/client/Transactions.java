import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.IsolationLevel;
import org.pgreel.client.Savepoint;
import org.pgreel.client.Session;
import org.pgreel.client.Transaction;
import org.pgreel.client.TransactionOptions;

/**
 * A transaction step by step, with a savepoint that undoes a part; and the same as work that is committed, rolled back, or
 * tried again when it lost against others.
 *
 * <pre>
 * java -cp CLASSPATH Transactions.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class Transactions {
    private Transactions() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .build();
        try (PgClient client = PgClient.create();
                Session session = client.connect(options)) {
            session.query("CREATE TEMPORARY TABLE orders (id int PRIMARY KEY)").get();

            Transaction transaction = session.begin(TransactionOptions.of(IsolationLevel.REPEATABLE_READ)).get();
            transaction.query("INSERT INTO orders VALUES (1)").get();
            Savepoint savepoint = transaction.savepoint("before_the_second").get();
            String failure = transaction
                    .query("INSERT INTO orders VALUES (1)")
                    .handle((results, thrown) -> thrown == null ? "none" : thrown.getMessage())
                    .get();
            System.out.println(failure.contains("23505") ? "the second order is refused" : failure);
            savepoint.rollbackTo().get();
            transaction.query("INSERT INTO orders VALUES (2)").get();
            transaction.commit().get();

            String count = session.inTransaction(TransactionOptions.of(IsolationLevel.SERIALIZABLE), work -> work
                            .query("INSERT INTO orders VALUES (3)")
                            .thenCompose(inserted -> work.query("SELECT count(*) FROM orders"))
                            .thenApply(results -> results.only().onlyRow().text(0)))
                    .get();
            System.out.println(count + " orders");
        }
    }
}
// prints: the second order is refused
// prints: 3 orders
