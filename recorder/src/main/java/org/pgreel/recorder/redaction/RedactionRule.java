package org.pgreel.recorder.redaction;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a session is to be redacted. Each kind that is named applies by itself; the statement narrows columns and
 * parameters.
 *
 * @param name what reports call it
 * @param statement found in the SQL of the statements whose columns and parameters are meant; null for all
 * @param columns the names of columns, as a result describes them
 * @param parameters the numbers of parameters, from 1
 * @param types the OIDs of the types of columns, and of parameters that are given a type when they are prepared
 * @param regex what is replaced wherever it is found in text: values, SQL, COPY, messages of errors; of a match the group
 *     "value", else the first group, else all; null for nothing
 * @param keepSmall whether values stay of which there are too few to hide among, instead of the redaction being refused
 */
public record RedactionRule(
        String name,
        @Nullable Pattern statement,
        Set<String> columns,
        Set<Integer> parameters,
        Set<Integer> types,
        @Nullable Pattern regex,
        boolean keepSmall) {

    /** Keeps its own copies of the sets. */
    public RedactionRule {
        columns = Set.copyOf(columns);
        parameters = Set.copyOf(parameters);
        types = Set.copyOf(types);
    }

    private boolean means(String sql) {
        return statement == null || statement.matcher(sql).find();
    }

    boolean column(String sql, String column, int type) {
        return (columns.contains(column) || types.contains(type)) && means(sql);
    }

    /** Tells whether it means columns of a statement by their names. */
    boolean columns(String sql) {
        return !columns.isEmpty() && means(sql);
    }

    /** Tells whether it means values of a statement by their types. */
    boolean types(String sql) {
        return !types.isEmpty() && means(sql);
    }

    boolean parameter(String sql, int number, int type) {
        return (parameters.contains(number) || (type != 0 && types.contains(type))) && means(sql);
    }

    /** Tells whether it needs descriptions of rows. */
    boolean needsColumns() {
        return !columns.isEmpty() || !types.isEmpty();
    }

    /** Returns the rule that is first of a list. */
    static @Nullable RedactionRule first(List<RedactionRule> rules, Predicate<RedactionRule> wanted) {
        return rules.stream().filter(wanted).findFirst().orElse(null);
    }
}
