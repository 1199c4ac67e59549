package org.pgreel.replay.volatility;

import java.util.Map;

/** What the wildcards of the notation stand for, as regular expressions over text, each byte of it one character. */
public final class WildcardTypes {
    /** What stands for anything. */
    public static final String ANYTHING = ".*";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("int", "[-+]?[0-9]+"),
            Map.entry("digits", "[0-9]+"),
            Map.entry("oid", "[0-9]+"),
            Map.entry("pid", "-?[0-9]+"),
            Map.entry("nonce", "[!-+\\--~]+"),
            Map.entry("uuid", "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|.{16}"),
            Map.entry("timestamp", "[0-9]{4,}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+(?:[-+Z][0-9:]*)?(?: BC)?|-?infinity|.{8}"),
            Map.entry("date", "[0-9]{4,}-[0-9]{2}-[0-9]{2}(?: BC)?|-?infinity|.{4}"),
            Map.entry("time", "[0-9]{2}:[0-9]{2}[0-9:.]*(?:[-+][0-9:]+)?|.{8}"));

    private WildcardTypes() {}

    /** Returns the regular expression of a type; one that holds for anything if the type says no more. */
    public static String regex(String type) {
        return TYPES.getOrDefault(type, ANYTHING);
    }
}
