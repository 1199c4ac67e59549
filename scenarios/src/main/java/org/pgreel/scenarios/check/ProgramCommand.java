package org.pgreel.scenarios.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of the program under test, with placeholders for what differs from run to run. Immutable.
 *
 * @param words the program and its arguments
 */
public record ProgramCommand(List<String> words) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)\\}");
    private static final String SQL = "sql";
    private static final Map<String, Function<CaseLogin, String>> VALUES = values();

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no word, or a placeholder that does not exist; the message is a
     *     sentence
     */
    public ProgramCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("there is no program to check");
        }
        for (String name : placeholders(words)) {
            if (!name.equals(SQL) && !VALUES.containsKey(name)) {
                throw new IllegalArgumentException("the placeholder {" + name + "} does not exist; there are {"
                        + String.join("} {", VALUES.keySet()) + "} {" + SQL + "}");
            }
        }
    }

    private static Map<String, Function<CaseLogin, String>> values() {
        var values = new LinkedHashMap<String, Function<CaseLogin, String>>();
        values.put("host", CaseLogin::host);
        values.put("port", login -> String.valueOf(login.port()));
        values.put("user", CaseLogin::user);
        values.put("password", CaseLogin::password);
        values.put("dbname", CaseLogin::database);
        values.put("sslmode", CaseLogin::sslmode);
        values.put("channel-binding", CaseLogin::channelBinding);
        values.put("require-auth", CaseLogin::requireAuth);
        values.put("url", CaseLogin::url);
        values.put("jdbc-url", CaseLogin::jdbcUrl);
        return values;
    }

    private static Set<String> placeholders(List<String> words) {
        var names = new TreeSet<String>();
        for (String word : words) {
            Matcher matcher = PLACEHOLDER.matcher(word);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /** Returns what the program can be told; the two URLs say how much to ask of TLS. */
    public Abilities abilities() {
        Set<String> names = placeholders(words);
        boolean sslMode = names.contains("sslmode") || names.contains("url") || names.contains("jdbc-url");
        return new Abilities(
                names.contains(SQL), sslMode, names.contains("channel-binding"), names.contains("require-auth"));
    }

    /** Tells whether anything differs from run to run. */
    boolean hasPlaceholders() {
        return !placeholders(words).isEmpty();
    }

    /**
     * Returns the words with the placeholders filled. A word with {@code {sql}} comes once for each statement, together
     * with the option in front of it; without statements both are left out.
     */
    public List<String> filled(CaseLogin login) {
        var filled = new ArrayList<String>();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            boolean option = word.startsWith("-") && !word.contains("{" + SQL + "}");
            if (option && at + 1 < words.size() && words.get(at + 1).contains("{" + SQL + "}")) {
                at++;
                repeat(List.of(word, words.get(at)), login, filled);
            } else if (word.contains("{" + SQL + "}")) {
                repeat(List.of(word), login, filled);
            } else {
                filled.add(filled(word, login, ""));
            }
        }
        return filled;
    }

    private static void repeat(List<String> group, CaseLogin login, List<String> filled) {
        for (String statement : login.statements()) {
            group.forEach(word -> filled.add(filled(word, login, statement)));
        }
    }

    private static String filled(String word, CaseLogin login, String statement) {
        return PLACEHOLDER.matcher(word).replaceAll(match -> {
            Function<CaseLogin, String> value = VALUES.get(match.group(1));
            return Matcher.quoteReplacement(value == null ? statement : value.apply(login));
        });
    }

    /** Sets the variables that libpq reads, and removes those that were set for something else. */
    public void setVariables(Map<String, String> environment, CaseLogin login) {
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("PGHOST", login.host());
        environment.put("PGPORT", String.valueOf(login.port()));
        environment.put("PGUSER", login.user());
        environment.put("PGPASSWORD", login.password());
        environment.put("PGDATABASE", login.database());
        environment.put("PGSSLMODE", login.sslmode());
        environment.put("PGCHANNELBINDING", login.channelBinding());
        if (!login.requireAuth().isEmpty()) {
            environment.put("PGREQUIREAUTH", login.requireAuth());
        }
    }

    /** Returns the words as a person would type them. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (String word : words) {
            boolean plain = word.matches("[A-Za-z0-9_@%+=:,./{}-]+");
            text.append(text.isEmpty() ? "" : " ").append(plain ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return text.toString();
    }
}
