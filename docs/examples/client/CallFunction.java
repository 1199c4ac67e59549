import java.util.List;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.FunctionResult;
import org.pgreel.client.Parameter;
import org.pgreel.client.Session;

/**
 * A function is called by its OID, without SQL: a legacy of the protocol, here for those who have it.
 *
 * <pre>
 * java -cp CLASSPATH CallFunction.java HOST PORT USER PASSWORD DATABASE
 * </pre>
 */
public final class CallFunction {
    private CallFunction() {}

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
            String oid = session.query("SELECT 'int4pl(int4, int4)'::regprocedure::oid")
                    .get()
                    .results()
                    .get(0)
                    .onlyRow()
                    .text(0);
            FunctionResult sum = session.callFunction(
                            Integer.parseUnsignedInt(oid), List.of(Parameter.text("40"), Parameter.text("2")), false)
                    .get();
            System.out.println("40 + 2 = " + sum.value().text());
        }
    }
}
// prints: 40 + 2 = 42
