package org.pgreel.replay.exchange;

import java.util.regex.Pattern;

/** Tells statements of drivers and pools from those of applications: settings, pings, look-ups of types. */
final class HousekeepingStatements {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    private static final Pattern KNOWN = Pattern.compile(
            "\\s*((SET|SHOW|RESET|DISCARD|DEALLOCATE|UNLISTEN|CLOSE\\s+ALL)\\b[^;]*"
                    + "|SELECT\\s+(1|'1'|)"
                    + "|SELECT\\s+(pg_catalog\\.)?(version|current_schema|current_user|current_database)\\s*(\\(\\s*\\))?"
                    + "|)\\s*;?\\s*",
            FLAGS);

    private static final Pattern LOOK_UP = Pattern.compile(
            "\\s*(SELECT|WITH)\\b.*\\b(pg_catalog\\s*\\.|pg_type\\b|pg_class\\b|pg_namespace\\b|pg_attribute\\b"
                    + "|pg_settings\\b|pg_range\\b|information_schema\\s*\\.).*",
            FLAGS);

    private HousekeepingStatements() {}

    /** Tells whether the statement is housekeeping, which is never left over. */
    static boolean is(String sql) {
        return KNOWN.matcher(sql).matches() || looksUp(sql);
    }

    /** Tells whether the statement reads the catalogue, so that its rows tell one database from another. */
    static boolean looksUp(String sql) {
        return LOOK_UP.matcher(sql).matches();
    }
}
