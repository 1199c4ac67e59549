package org.pgreel.recorder.redaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/** Applies rules to single values and texts, and counts. Confined to one thread. */
final class ValueRedactor {

    private static final int WALKS_MAX = 1000;

    /** json, jsonb and xml: their punctuation and words are not exchanged, but a regular expression may. */
    private static final List<Integer> STRUCTURED = List.of(114, 3802, 142);

    private static final int JSONB = 3802;
    private static final int BOOL = 16;

    /** What a rule came to so far. */
    private static final class Count {
        private long values;
        private long kept;
        private long places;
        private String first = "";
        private String last = "";
    }

    private final List<RedactionRule> rules;
    private final Pseudonyms pseudonyms;
    private final List<String> warnings;
    private final boolean lenient;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final Set<String> unreached = new HashSet<>();
    private String place = "";

    /**
     * Begins to redact.
     *
     * @param lenient whether what cannot be redacted stays, instead of being a failure
     */
    ValueRedactor(List<RedactionRule> rules, Pseudonyms pseudonyms, List<String> warnings, boolean lenient) {
        this.rules = rules;
        this.pseudonyms = pseudonyms;
        this.warnings = warnings;
        this.lenient = lenient;
        rules.forEach(rule -> counts.put(rule.name(), new Count()));
    }

    void begin(String where) {
        place = where;
    }

    void warn(String sentence) {
        if (!warnings.contains(sentence)) {
            warnings.add(sentence);
        }
    }

    boolean needColumns() {
        return rules.stream().anyMatch(RedactionRule::needsColumns);
    }

    List<RedactionTouch> touches() {
        List<RedactionTouch> touches = new ArrayList<>();
        counts.forEach((name, count) ->
                touches.add(new RedactionTouch(name, count.values, count.kept, count.places, count.first)));
        return touches;
    }

    /** Tells the type and the rule of the value at an index. */
    interface Meant {
        Predicate<RedactionRule> rule(int index);

        int type(int index);

        int format(int index);
    }

    /** Returns the values redacted; the same object if none is touched. */
    Values values(Values values, Meant meant) {
        List<@Nullable Bytes> redacted = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < values.count(); i++) {
            Bytes value = values.value(i);
            Bytes now = value == null ? null : value(value, meant.rule(i), meant.type(i), meant.format(i));
            redacted.add(now);
            changed |= !Objects.equals(now, value);
        }
        return changed ? Values.of(redacted) : values;
    }

    private Bytes value(Bytes value, Predicate<RedactionRule> wanted, int type, int format) {
        RedactionRule rule = RedactionRule.first(rules, wanted);
        if (rule != null) {
            return whole(rule, value, type, format);
        }
        boolean text = format == FormatCode.TEXT || STRUCTURED.contains(type) || textual(type);
        if (value.isEmpty()) {
            return value;
        }
        if (!text) {
            unsearched(type);
            return value;
        }
        // Binary jsonb begins with the version of its form.
        int from = format != FormatCode.TEXT && type == JSONB ? 1 : 0;
        String before = value.slice(from, value.length()).text();
        String after = text(before);
        return before.equals(after) ? value : value.slice(0, from).plus(Bytes.wrap(WireText.encode(after)));
    }

    /** Says once of each type that its binary values were not searched. */
    private void unsearched(int type) {
        if (type != BOOL && rules.stream().anyMatch(rule -> rule.regex() != null)) {
            String what = type == 0 ? "a type that nobody told" : "the type of OID " + type;
            warn("There are values of " + what + " in binary, which regular expressions do not reach; rules by column,"
                    + " parameter or type do.");
        }
    }

    /** Says once of each rule and kind of place that its regular expression finds something where nothing is redacted. */
    void unreached(String text, String where) {
        for (RedactionRule rule : rules) {
            Pattern regex = rule.regex();
            if (regex != null && regex.matcher(text).find() && unreached.add(rule.name() + '\n' + where)) {
                warn("The rule \"" + rule.name() + "\" finds something in " + where + ", first in " + place
                        + ", where nothing is redacted.");
            }
        }
    }

    /** Returns the rule of a column of a COPY, whose type is not told. */
    @Nullable
    RedactionRule copied(String sql, String column) {
        return RedactionRule.first(rules, rule -> rule.column(sql, column, 0));
    }

    /** Tells whether any rule may touch the data of a COPY. */
    boolean reaches(String sql) {
        return rules.stream().anyMatch(rule -> rule.regex() != null || rule.columns(sql));
    }

    /** Says of each rule once that it does not reach the data of a COPY, if it may mean some. */
    void copying(String sql, boolean named) {
        for (RedactionRule rule : rules) {
            if (!named && rule.columns(sql)) {
                uncopied(
                        rule,
                        sql,
                        "of which nobody tells the columns; name them in the statement, or copy text with a header, or use"
                                + " a regular expression");
            }
            if (rule.types(sql)) {
                uncopied(rule, sql, "of which nobody tells the types; name columns");
            }
        }
    }

    private void uncopied(RedactionRule rule, String sql, String why) {
        if (unreached.add(rule.name() + '\n' + why)) {
            String shown = sql.isEmpty() ? "an unknown statement" : '"' + shortened(sql) + '"';
            warn("The rule \"" + rule.name() + "\" does not reach the data of COPY, first in " + place + " (" + shown
                    + "), " + why + ".");
        }
    }

    static String shortened(String sql) {
        return sql.length() <= 60 ? sql : sql.substring(0, 60) + "…";
    }

    /**
     * Returns the pseudonym of a value, as text.
     *
     * @param mark what it may not become
     */
    String pseudonym(RedactionRule rule, String value, Predicate<String> mark) {
        if (value.isEmpty()) {
            return value;
        }
        try {
            String now = pseudonyms.text(value);
            for (int i = 0; i < WALKS_MAX && mark.test(now); i++) {
                now = pseudonyms.text(now);
            }
            count(rule, false);
            return now;
        } catch (TooFewValuesException e) {
            refused(rule, e);
            return value;
        }
    }

    /** Returns what stays, if it may, because it is written in a way in which no other value can be. */
    String unusual(RedactionRule rule, String written) {
        refused(rule, new TooFewValuesException("it is written in an unusual way"));
        return written;
    }

    /** Refuses what cannot be read, unless it may stay. */
    void unreadable(String what) {
        if (!lenient) {
            throw new RedactionException("In " + place + ", " + what
                    + " cannot be read and may hold what the rules mean; leave the session out.");
        }
    }

    /** Returns a binary value of unknown type redacted, if it is text. */
    Bytes guessed(RedactionRule rule, Bytes value) {
        String text = value.text();
        if (!plain(text)) {
            refused(rule, new TooFewValuesException("it is binary, and of a type that a COPY does not tell"));
            return value;
        }
        return Bytes.wrap(WireText.encode(pseudonym(rule, text, never -> false)));
    }

    /** Returns a binary value of unknown type with what regular expressions find in it redacted, if it is text. */
    Bytes searched(Bytes value) {
        String before = value.text();
        if (!plain(before)) {
            unsearched(0);
            return value;
        }
        String after = text(before);
        return before.equals(after) ? value : Bytes.wrap(WireText.encode(after));
    }

    private static boolean plain(String text) {
        return text.codePoints()
                .noneMatch(c -> c != '\t' && c != '\n' && c != '\r' && Character.isISOControl(c)
                        || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static boolean textual(int type) {
        return type == 25 || type == 1043 || type == 1042 || type == 19;
    }

    private Bytes whole(RedactionRule rule, Bytes value, int type, int format) {
        if (value.isEmpty()) {
            return value;
        }
        try {
            if (STRUCTURED.contains(type)) {
                throw new TooFewValuesException("json and xml are redacted by a regular expression only");
            }
            Bytes now = format == FormatCode.TEXT
                    ? Bytes.wrap(WireText.encode(pseudonyms.text(value.text())))
                    : pseudonyms.binary(value, type);
            count(rule, false);
            return now;
        } catch (TooFewValuesException e) {
            refused(rule, e);
            return value;
        }
    }

    private void refused(RedactionRule rule, TooFewValuesException why) {
        if (!rule.keepSmall() && !lenient) {
            throw new RedactionException("The rule \"" + rule.name() + "\" meets a value in " + place
                    + " that no pseudonym can hide: " + why.what()
                    + "; leave it out of the rule, or let such values stay with \"small: keep\".");
        }
        count(rule, true);
    }

    private void count(RedactionRule rule, boolean kept) {
        Count count = counts.get(rule.name());
        if (count == null) {
            return;
        }
        count.values += kept ? 0 : 1;
        count.kept += kept ? 1 : 0;
        if (!kept && !count.last.equals(place)) {
            count.places++;
            count.last = place;
            count.first = count.first.isEmpty() ? place : count.first;
        }
    }

    /** Returns the text with all matches of regular expressions redacted. */
    String text(String text) {
        String now = text;
        for (RedactionRule rule : rules) {
            Pattern regex = rule.regex();
            if (regex != null) {
                now = matches(rule, regex, now);
            }
        }
        return now;
    }

    private String matches(RedactionRule rule, Pattern regex, String text) {
        Matcher found = regex.matcher(text);
        String now = text;
        while (found.find()) {
            int from = from(regex, found);
            int to = to(regex, found);
            if (from >= 0 && to > from) {
                now = replaced(rule, regex, now, from, to, found.start());
            }
        }
        return now;
    }

    private static boolean named(Pattern regex) {
        return regex.pattern().contains("(?<value>");
    }

    private static int from(Pattern regex, Matcher found) {
        return named(regex) ? found.start("value") : found.start(Math.min(1, found.groupCount()));
    }

    private static int to(Pattern regex, Matcher found) {
        return named(regex) ? found.end("value") : found.end(Math.min(1, found.groupCount()));
    }

    /** What comes out must be found again in the same place, or else two texts could become one. */
    private String replaced(RedactionRule rule, Pattern regex, String text, int from, int to, int start) {
        String value = text.substring(from, to);
        try {
            for (int i = 0; i < WALKS_MAX; i++) {
                value = pseudonyms.text(value);
                String now = text.substring(0, from) + value + text.substring(to);
                Matcher again = regex.matcher(now);
                if (again.find(start) && from(regex, again) == from && to(regex, again) == to) {
                    count(rule, false);
                    return now;
                }
            }
            throw new TooFewValuesException("hardly any other text is found by its regular expression");
        } catch (TooFewValuesException e) {
            refused(rule, e);
            return text;
        }
    }
}
