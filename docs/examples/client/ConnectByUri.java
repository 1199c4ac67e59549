import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionAttempt;
import org.pgreel.client.Session;
import org.pgreel.client.TargetSessionAttrs;

/**
 * A connection string with two hosts, as libpq reads it: nobody listens at the first, so the second is taken. Arguments:
 * host, port, user, password, database.
 */
public final class ConnectByUri {

    private ConnectByUri() {}

    public static void main(String[] arguments) throws Exception {
        String uri = "postgresql://" + arguments[2] + "@127.0.0.1:1," + arguments[0] + ":" + arguments[1] + "/"
                + arguments[4] + "?application_name=example&connect_timeout=10";
        ConnectOptions options = ConnectOptions.builder(uri)
                .password(arguments[3])
                .targetSessionAttrs(TargetSessionAttrs.READ_WRITE)
                .build();
        try (PgClient client = PgClient.create();
                Session session = client.connect(options).ready().get()) {
            for (ConnectionAttempt attempt : session.attempts()) {
                System.out.println(attempt.server() + " was given up: " + attempt.reason().name());
            }
            System.out.println("application_name is " + session.parameters().get("application_name"));
        }
        try {
            ConnectOptions.parse("host=localhost sslmod=require");
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
// prints: 127.0.0.1:1 was given up: ConnectionFailedTcp
// prints: application_name is example
// prints: connection string, position 16: "sslmod" is no keyword of libpq; did you mean sslmode?
