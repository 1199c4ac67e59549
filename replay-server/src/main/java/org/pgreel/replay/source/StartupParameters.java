package org.pgreel.replay.source;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.WireText;
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

    private static final int WORD_MAX = 63;

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

    /**
     * Says in what a client's parameters differ from those recorded parameters that come nearest.
     *
     * @param recorded the parameters of all recorded connections
     * @return such as "user is postgres and was recorded as shop"; never with a secret
     */
    public static String unlike(List<Map<String, String>> recorded, Map<String, String> live) {
        Map<String, String> nearest = recorded.stream()
                .min(Comparator.comparingInt(each -> differences(each, live).size()))
                .orElse(Map.of());
        return differences(nearest, live).stream()
                .map(name -> name + " is " + word(live.get(name)) + " and was recorded as " + word(nearest.get(name)))
                .collect(Collectors.joining("; "));
    }

    private static String word(@Nullable String value) {
        if (value == null) {
            return "not given";
        }
        return "'" + WireText.printable(value.length() <= WORD_MAX ? value : value.substring(0, WORD_MAX) + "…") + "'";
    }

    private static Map<String, String> deciding(Map<String, String> parameters) {
        var deciding = new TreeMap<String, String>(SecretParameters.withoutSecrets(parameters));
        deciding.keySet().removeIf(name -> name.equals("application_name") || name.startsWith(PROTOCOL_OPTION));
        return deciding;
    }
}
