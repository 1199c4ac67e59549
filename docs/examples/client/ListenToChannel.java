import java.util.concurrent.CountDownLatch;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Session;

/**
 * Notifications are pushed to a consumer as they come.
 *
 * <pre>
 * java -cp CLASSPATH ListenToChannel.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class ListenToChannel {
    private ListenToChannel() {}

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
            CountDownLatch two = new CountDownLatch(2);
            session.listen("jobs", notification -> {
                        System.out.println(notification.channel() + ": " + notification.payload());
                        two.countDown();
                    })
                    .get();
            session.notify("jobs", "one").get();
            session.query("NOTIFY jobs, 'two'").get();
            two.await();
            session.unlisten("jobs").get();
            System.out.println("channels left: " + session.channels());
        }
    }
}
// prints: jobs: one
// prints: jobs: two
// prints: channels left: []
