package org.pgreel.scenarios.file;

/**
 * Where a scenario was read from.
 *
 * @param file as the caller named it
 * @param text the whole file
 * @param scriptLine the file's line in which the script begins, 1 being the first
 * @param scriptIndent the columns in front of each line of the script
 */
public record ScenarioSource(String file, String text, int scriptLine, int scriptIndent) {
    /** Returns the file's line of a line of the script, both from 1. */
    public int line(int ofScript) {
        return scriptLine + ofScript - 1;
    }

    /** Returns the file's column of a column of the script, both from 1. */
    public int column(int ofScript) {
        return scriptIndent + ofScript;
    }

    /** Returns {@code FILE:LINE:COLUMN} of a place in the script. */
    public String place(int scriptsLine, int scriptsColumn) {
        return file + ":" + line(scriptsLine) + ":" + column(scriptsColumn);
    }
}
