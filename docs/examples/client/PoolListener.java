import java.util.concurrent.CountDownLatch;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Notification;
import org.pgreel.client.pool.ChannelListener;
import org.pgreel.client.pool.NotificationGap;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.client.pool.Subscription;

/**
 * A listener that outlives its session, and is told when notifications may have been missed.
 *
 * <pre>
 * java -cp CLASSPATH PoolListener.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class PoolListener {
    private PoolListener() {}

    public static void main(String[] arguments) throws Exception {
        String name = "PoolListener " + System.nanoTime();
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .parameter("application_name", name)
                .build();
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch listensAgain = new CountDownLatch(1);
        ChannelListener listener = new ChannelListener() {
            @Override
            public void notified(Notification notification) {
                System.out.println(notification.channel() + ": " + notification.payload());
                heard.countDown();
            }

            @Override
            public void gap(NotificationGap gap) {
                System.out.println("something may have been missed on " + gap.channel());
                listensAgain.countDown();
            }
        };
        try (PgClient client = PgClient.create();
                SessionPool pool = client.pool(options, PoolOptions.defaults());
                Subscription orders = pool.listen("orders", listener)) {
            orders.listening().get();
            pool.withSession(session -> session.notify("orders", "42")).get();
            heard.await();

            // An administrator ends the session that listens.
            pool.withSession(session -> session.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE application_name = '" + name + "' AND pid <> pg_backend_pid()"))
                    .get();
            listensAgain.await();
        }
    }
}
// prints: orders: 42
// prints: something may have been missed on orders
