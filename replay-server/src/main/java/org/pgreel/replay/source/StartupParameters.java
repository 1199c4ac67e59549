package org.pgreel.replay.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.recorder.masking.SecretParameters;

/**
 * The parameters of a StartupMessage, as far as they decide which recorded connection a client gets.
 *
 * <p>{@code application_name} names the program and not what it wants, and {@code _pq_.} options speak about the
 * protocol; neither decides. What was
 * overwritten when it was recorded does not decide either. The database is the user's name when it is not given, as for a server.
 */
public final class StartupParameters {
    private static final String PROTOCOL_OPTION = "_pq_.";

    private StartupParameters() {}

    /** Returns all parameters of the message, the database included. */
    public static Map<String, String> of(StartupMessage message) {
        var parameters = new LinkedHashMap<String, String>();
        message.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
        String user = parameters.get("user");
        if (user != null && parameters.getOrDefault("database", "").isEmpty()) {
            parameters.put("database", user);
        }
        return parameters;
    }

    /** Tells whether a client with the parameters {@code live} may play what was recorded with {@code recorded}. */
    public static boolean equal(Map<String, String> recorded, Map<String, String> live) {
        return deciding(recorded).equals(deciding(live));
    }

    /** Returns the names of the parameters that differ, in alphabetical order. */
    public static List<String> differences(Map<String, String> recorded, Map<String, String> live) {
        Map<String, String> left = deciding(recorded);
        Map<String, String> right = deciding(live);
        var names = new TreeSet<String>(left.keySet());
        names.addAll(right.keySet());
        names.removeIf(name -> Objects.equals(left.get(name), right.get(name)));
        return List.copyOf(names);
    }

    private static Map<String, String> deciding(Map<String, String> parameters) {
        var deciding = new TreeMap<String, String>(SecretParameters.withoutSecrets(parameters));
        deciding.keySet().removeIf(name -> name.equals("application_name") || name.startsWith(PROTOCOL_OPTION));
        return deciding;
    }
}
