import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Row;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/** Rows as a publisher: two are wanted, so the rest is never sent. Arguments: host, port, user, password, database. */
public final class PublishRows {

    private PublishRows() {}

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
            ParameterizedQuery query =
                    ParameterizedQuery.of("SELECT n FROM generate_series(1, 1000000) n", List.of());
            CountDownLatch enough = new CountDownLatch(1);
            session.stream(query, 2).subscribe(new Flow.Subscriber<Row>() {
                private Flow.Subscription subscription;
                private int came;

                @Override
                public void onSubscribe(Flow.Subscription begun) {
                    subscription = begun;
                    begun.request(2);
                }

                @Override
                public void onNext(Row row) {
                    System.out.println(row.text("n"));
                    came++;
                    if (came == 2) {
                        subscription.cancel();
                        enough.countDown();
                    }
                }

                @Override
                public void onError(Throwable thrown) {
                    thrown.printStackTrace();
                    enough.countDown();
                }

                @Override
                public void onComplete() {
                    enough.countDown();
                }
            });
            enough.await();
            System.out.println(session.query("SELECT 'next'").get().results().get(0).onlyRow().text(0));
        }
    }
}
// prints: 1
// prints: 2
// prints: next
