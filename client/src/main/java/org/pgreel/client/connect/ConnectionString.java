package org.pgreel.client.connect;

import java.util.EnumMap;
import java.util.Map;

/**
 * Reads a connection string in one of libpq's two spellings: a URI ({@code postgresql://…}, {@code postgres://…}) or
 * keywords with values.
 *
 * <p>Source: PostgreSQL 18 manual, 32.1.1 "Connection Strings".
 */
public final class ConnectionString {

    private ConnectionString() {}

    /**
     * Reads a string.
     *
     * @param text the string; an empty one names nothing
     * @return what it names, and nothing else; a keyword that is named twice has its last value
     * @throws ConnectionStringException if it cannot be read; the message names the position
     */
    public static Map<Keyword, String> parse(String text) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new ConnectionStringException(nul + 1, "a NUL, which ends a string on the wire");
        }
        return ConnectionUri.isOne(text) ? new ConnectionUri(text).parameters() : new KeywordValues(text).parameters();
    }

    /**
     * Takes a value, with the words that libpq once had or takes from others.
     *
     * @return whether there is such a keyword
     */
    static boolean store(Map<Keyword, String> found, String word, String value) {
        if (word.equals("requiressl")) {
            found.put(Keyword.SSLMODE, value.startsWith("1") ? "require" : "prefer");
            return true;
        }
        return Keyword.of(word)
                .map(keyword -> {
                    found.put(keyword, value);
                    return true;
                })
                .orElse(false);
    }

    static Map<Keyword, String> nothing() {
        return new EnumMap<>(Keyword.class);
    }
}
